// Copies the examples of a batch out of the data set.
#pragma once

#include "thread.h"

namespace descent {

template <class T>
inline void copyNumbers(T* to, const T* from, int count) {
  int i = 0;
  for (; i + LANES<T> <= count; i += LANES<T>) store(to + i, load(from + i));
  for (; i < count; i++) to[i] = from[i];
}

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
inline void gather(const Thread& thread, const Operation& op) {
  const int width = op[abi::GATHER_WIDTH];
  const int outputs = op[abi::GATHER_OUTPUTS];
  const size_t ldx = op[abi::GATHER_LDX];
  const size_t ldt = op[abi::GATHER_LDT];
  const uint32_t* order = thread.at<uint32_t>(op[abi::GATHER_ORDER]) + thread.record<int32_t>(abi::STEP_START);
  const bool isBytes = op[abi::GATHER_DATA_KIND] == abi::DATA_BYTES;
  const double divisor = op.number(abi::GATHER_DIVISOR);
  const T* table = thread.at<T>(op[abi::GATHER_TABLE]);
  const int targetKind = op[abi::GATHER_TARGET_KIND];
  for (int row = thread.own.first; row < thread.own.end; row++) {
    const size_t example = order[row];
    T* x = thread.at<T>(op[abi::GATHER_X]) + row * ldx;
    if (!isBytes) {
      copyNumbers(x, thread.at<T>(op[abi::GATHER_DATA]) + example * width, width);
    } else {
      const uint8_t* bytes = thread.at<uint8_t>(op[abi::GATHER_DATA]) + example * width;
      if (divisor != 0) {
        divideBytes(x, bytes, width, divisor);
      } else {
        for (int i = 0; i < width; i++) x[i] = table[bytes[i]];
      }
    }
    T* t = thread.at<T>(op[abi::GATHER_T]) + row * ldt;
    if (targetKind == abi::TARGETS_VALUES) {
      copyNumbers(t, thread.at<T>(op[abi::GATHER_TARGETS]) + example * outputs, outputs);
      continue;
    }
    const int32_t target = thread.at<int32_t>(op[abi::GATHER_TARGETS])[example];
    if (targetKind == abi::TARGETS_BINARY) {
      t[0] = static_cast<T>(target);
    } else {
      for (int j = 0; j < outputs; j++) t[j] = j == target;
    }
  }
}

}  // namespace descent
