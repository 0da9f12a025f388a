// The last layer of a small network where it has one output. What it computes is a column, of which eight examples
// (float64: four) are a vector, instead of one number of a row each: its sums, outputs, losses and gradients.
#pragma once

#include "narrow.h"
#include "outputs.h"

namespace descent {

/** Such a layer and the loss behind it. Columns are those of rows NARROW apart. */
template <class T>
struct ColumnLayer {
  NarrowLayer<T> layer;
  const T* targets;
  double* rowLoss;
  double* rowCorrect;
  double lossParameter;
  bool comparesClasses;
};

template <class T>
using ColumnOperation = void (*)(const ColumnLayer<T>& column, int rows, double divisor);

template <class T>
inline void storeNarrowColumn(T* to, Vector<T> v, int count) {
  alignas(32) T lanes[LANES<T>];
  store(lanes, v);
  if (count == LANES<T>) {
    for (int lane = 0; lane < LANES<T>; lane++) to[lane * NARROW] = lanes[lane];
  } else {
    for (int lane = 0; lane < count; lane++) to[lane * NARROW] = lanes[lane];
  }
}

/** The losses of all rows, and whether their class is right. @param values what the losses are computed from */
template <class T, class Loss>
inline void columnLosses(const ColumnLayer<T>& column, const T* values, int rows) {
  // A sum of one term, which is 0 where the term is -0.
  for (int r = 0; r < rows; r++) {
    column.rowLoss[r] =
        0.0 + Loss::term(values[r * NARROW], column.targets[r * NARROW], column.lossParameter);
  }
  if (!column.comparesClasses) {
    for (int r = 0; r < rows; r++) column.rowCorrect[r] = 0;
    return;
  }
  for (int r = 0; r < rows; r++) {
    const int predicted = predictedClass(column.layer.y + r * NARROW, 1);
    column.rowCorrect[r] = predicted >= 0 && predicted == predictedClass(column.targets + r * NARROW, 1);
  }
}

/** DENSE_FORWARD, LOSS and ACTIVATION_BACKWARD. @param divisor of the gradients of the loss */
template <class T, class Activation, class Loss>
void columnOutput(const ColumnLayer<T>& column, int rows, double divisor) {
  constexpr int L = LANES<T>;
  const auto [x, z, y, g, dx, w, b, wt, dw, db, squares, inputs, outputs, parameter] = column.layer;
  const Vector<T> given = broadcast(parameter);
  const Vector<T> lossGiven = broadcast(static_cast<T>(column.lossParameter));
  for (int row = 0; row < rows; row += L) {
    const int count = std::min(L, rows - row);
    Vector<T> sums = broadcast(b[0]);
    for (int i = 0; i < inputs; i += L) {
      Vector<T> v[L];
      // Rows that are not there are the first one again.
      for (int r = 0; r < L; r++) v[r] = load(x + (row + (r < count ? r : 0)) * NARROW + i);
      transposeLanes(v);
#pragma GCC unroll 8
      for (int lane = 0; lane < L; lane++) {
        if (i + lane < inputs) sums = multiplyAdd(v[lane], broadcast(w[(i + lane) * NARROW]), sums);
      }
    }
    const Vector<T> output = Activation::forward(sums, given);
    const Vector<T> target = loadColumn(column.targets + row * NARROW, NARROW, count);
    Vector<T> gradient = gradientOf<Loss>(Loss::slope(output, target, lossGiven), divisor);
    if constexpr (IS_SLOPED<Activation, Loss>) gradient *= Activation::slope(sums, output, given);
    // The gradients first, which the layers before wait for.
    storeNarrowColumn(g + row * NARROW, gradient, count);
    if (z != nullptr) storeNarrowColumn(z + row * NARROW, sums, count);
    storeNarrowColumn(y + row * NARROW, output, count);
  }
  columnLosses<T, Loss>(column, std::is_same_v<Loss, FusedLogistic> ? z : y, rows);
}

/** DENSE_BACKWARD_WEIGHTS of a layer with one output, whose weights are a vector of inputs. */
template <class T>
void columnBackwardWeights(const NarrowLayer<T>& layer, int rows) {
  constexpr int P = PARTS<T>;
  constexpr int L = LANES<T>;
  const auto [x, z, y, g, dx, w, b, wt, dw, db, squares, inputs, outputs, parameter] = layer;
  Vector<T> sums[P];
  for (int p = 0; p < P; p++) sums[p] = Vector<T>{};
  T bias = 0;
  for (int r = 0; r < rows; r++) {
    const T gradient = g[r * NARROW];
    bias += gradient;
    for (int p = 0; p < P; p++) {
      sums[p] = multiplyAdd(load(x + r * NARROW + p * L), broadcast(gradient), sums[p]);
    }
  }
  alignas(32) T lanes[NARROW];
  for (int p = 0; p < P; p++) {
    sums[p] = both(lanesOfRow<T>(inputs, p), sums[p]);
    store(lanes + p * L, sums[p]);
  }
  for (int i = 0; i < inputs; i++) dw[i * NARROW] = lanes[i];
  db[0] = bias;
  // Lane m of both halves belongs to chain m.
  __m256d halves[2] = {_mm256_setzero_pd(), _mm256_setzero_pd()};
  addSquares(halves, sums);
  const __m256d chains = halves[0] + halves[1];
  squares[0] = (chains[0] + chains[1]) + (chains[2] + chains[3]);
}

}  // namespace descent
