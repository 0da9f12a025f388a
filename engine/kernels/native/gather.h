// Copies the examples of a batch out of the data set.
#pragma once

#include "thread.h"

namespace descent {

/** Eight bytes as numbers. */
inline void storeBytes(float* to, __m256i bytes, float divisor) {
  store(to, _mm256_cvtepi32_ps(bytes) / broadcast(divisor));
}
inline void storeBytes(double* to, __m256i bytes, double divisor) {
  store(to, _mm256_cvtepi32_pd(_mm256_castsi256_si128(bytes)) / broadcast(divisor));
  store(to + 4, _mm256_cvtepi32_pd(_mm256_extracti128_si256(bytes, 1)) / broadcast(divisor));
}

template <class T>
inline void divideBytes(T* to, const uint8_t* from, int count, double divisor) {
  int i = 0;
  // The rounded quotient of two numbers of T is that of the division in float64, rounded again.
  if (static_cast<T>(divisor) == divisor) {
    for (; i + 8 <= count; i += 8) {
      const __m128i bytes = _mm_loadl_epi64(reinterpret_cast<const __m128i*>(from + i));
      storeBytes(to + i, _mm256_cvtepu8_epi32(bytes), static_cast<T>(divisor));
    }
  }
  for (; i < count; i++) to[i] = static_cast<T>(from[i] / divisor);
}

template <class T>
inline void gatherInputs(const Thread& thread, const Operation& op, const uint32_t* order) {
  const int width = op[abi::GATHER_WIDTH];
  const size_t ldx = op[abi::GATHER_LDX];
  T* x = thread.at<T>(op[abi::GATHER_X]);
  if (op[abi::GATHER_DATA_KIND] == abi::DATA_NUMBERS) {
    const T* data = thread.at<T>(op[abi::GATHER_DATA]);
    for (int row = thread.own.first; row < thread.own.end; row++) {
      copyNumbers(x + row * ldx, data + static_cast<size_t>(order[row]) * width, width);
    }
    return;
  }
  const uint8_t* data = thread.at<uint8_t>(op[abi::GATHER_DATA]);
  const double divisor = op.number(abi::GATHER_DIVISOR);
  const T* table = thread.at<T>(op[abi::GATHER_TABLE]);
  for (int row = thread.own.first; row < thread.own.end; row++) {
    const uint8_t* bytes = data + static_cast<size_t>(order[row]) * width;
    if (divisor != 0) {
      divideBytes(x + row * ldx, bytes, width, divisor);
    } else {
      for (int i = 0; i < width; i++) x[row * ldx + i] = table[bytes[i]];
    }
  }
}

template <class T>
inline void gatherTargets(const Thread& thread, const Operation& op, const uint32_t* order) {
  const int outputs = op[abi::GATHER_OUTPUTS];
  const size_t ldt = op[abi::GATHER_LDT];
  T* t = thread.at<T>(op[abi::GATHER_T]);
  const int kind = op[abi::GATHER_TARGET_KIND];
  if (kind == abi::TARGETS_VALUES) {
    const T* values = thread.at<T>(op[abi::GATHER_TARGETS]);
    for (int row = thread.own.first; row < thread.own.end; row++) {
      copyNumbers(t + row * ldt, values + static_cast<size_t>(order[row]) * outputs, outputs);
    }
    return;
  }
  const int32_t* classes = thread.at<int32_t>(op[abi::GATHER_TARGETS]);
  for (int row = thread.own.first; row < thread.own.end; row++) {
    T* target = t + row * ldt;
    const int32_t ofClass = classes[order[row]];
    if (kind == abi::TARGETS_BINARY) {
      target[0] = static_cast<T>(ofClass);
    } else {
      for (int j = 0; j < outputs; j++) target[j] = j == ofClass;
    }
  }
}

template <class T>
inline void gather(const Thread& thread, const Operation& op) {
  const uint32_t* order =
      thread.at<uint32_t>(op[abi::GATHER_ORDER]) + thread.record<int32_t>(abi::STEP_START);
  gatherInputs<T>(thread, op, order);
  gatherTargets<T>(thread, op, order);
}

}  // namespace descent
