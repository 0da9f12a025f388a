// Softmax, row by row; its sums are chains in ascending order (engine/network/activations.ts).
#pragma once

#include "activations.h"
#include "thread.h"

namespace descent {

template <class T>
inline T largestOf(const T* row, int width) {
  T largest = row[0];
  for (int i = 1; i < width; i++) largest = row[i] > largest ? row[i] : largest;
  return largest;
}

template <class T>
inline void softmaxForward(const Thread& thread, const Operation& op) {
  constexpr int L = LANES<T>;
  const int width = op[abi::SOFTMAX_FORWARD_WIDTH];
  const Matrix<T> zs = {thread.at<T>(op[abi::SOFTMAX_FORWARD_Z]),
                        static_cast<size_t>(op[abi::SOFTMAX_FORWARD_LDZ])};
  const Matrix<T> ys = {thread.at<T>(op[abi::SOFTMAX_FORWARD_Y]),
                        static_cast<size_t>(op[abi::SOFTMAX_FORWARD_LDY])};
  for (int row = thread.own.first; row < thread.own.end; row++) {
    const T* z = zs.row(row);
    T* y = ys.row(row);
    const Vector<T> largest = broadcast(largestOf(z, width));
    int i = 0;
    for (; i + L <= width; i += L) store(y + i, exp(load(z + i) - largest));
    if (i < width) storePart(y + i, exp(loadPart(z + i, width - i) - largest), width - i);
    T sum = 0;
    for (i = 0; i < width; i++) sum += y[i];
    const Vector<T> divisor = broadcast(sum);
    for (i = 0; i + L <= width; i += L) store(y + i, load(y + i) / divisor);
    if (i < width) storePart(y + i, loadPart(y + i, width - i) / divisor, width - i);
  }
}

template <class T>
inline void softmaxBackward(const Thread& thread, const Operation& op) {
  const int width = op[abi::SOFTMAX_BACKWARD_WIDTH];
  const Matrix<T> gs = {thread.at<T>(op[abi::SOFTMAX_BACKWARD_G]),
                        static_cast<size_t>(op[abi::SOFTMAX_BACKWARD_LDG])};
  const Matrix<T> ys = {thread.at<T>(op[abi::SOFTMAX_BACKWARD_Y]),
                        static_cast<size_t>(op[abi::SOFTMAX_BACKWARD_LDY])};
  for (int row = thread.own.first; row < thread.own.end; row++) {
    T* g = gs.row(row);
    const T* y = ys.row(row);
    T sum = 0;
    for (int i = 0; i < width; i++) sum += g[i] * y[i];
    for (int i = 0; i < width; i++) g[i] = y[i] * (g[i] - sum);
  }
}

}  // namespace descent
