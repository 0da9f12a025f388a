// Losses: the value of every row in float64, and the gradients of the outputs (engine/network/losses.ts).
#pragma once

#include "softmax.h"

namespace descent {

inline double boundedLog(double p) {
  const double value = wide::log(p);
  return value < -100 ? -100 : value;
}

inline constexpr double SMALLEST_PROBABILITY = 1e-12;

// Each loss: its term of one output in float64, and the slope of a vector of them. IS_MEAN: divided by the
// outputs. A comparison with NaN is false, and NaN comes through.

struct HalfSse {
  static constexpr bool IS_MEAN = false;
  static double term(double y, double t, double) { return 0.5 * (y - t) * (y - t); }
  template <class V>
  static V slope(V y, V t, V) {
    return y - t;
  }
};
struct Sse {
  static constexpr bool IS_MEAN = false;
  static double term(double y, double t, double) { return (y - t) * (y - t); }
  template <class V>
  static V slope(V y, V t, V) {
    return y - t;
  }
};
/** Losses whose slope is twice what slope() says: gradientOf. */
template <class Loss>
inline constexpr bool IS_DOUBLED = std::is_base_of_v<Sse, Loss>;
struct Mse : Sse {
  static constexpr bool IS_MEAN = true;
};
struct Mae {
  static constexpr bool IS_MEAN = true;
  static double term(double y, double t, double) { return std::fabs(y - t); }
  template <class V>
  static V slope(V y, V t, V) {
    return select(greater(y, t), V{} + 1, select(less(y, t), V{} - 1, y - t));
  }
};
struct Huber {
  static constexpr bool IS_MEAN = true;
  static double term(double y, double t, double delta) {
    const double size = std::fabs(y - t);
    return size <= delta ? 0.5 * size * size : delta * (size - 0.5 * delta);
  }
  template <class V>
  static V slope(V y, V t, V limit) {
    const V e = y - t;
    return select(greater(e, limit), limit, select(less(e, -limit), -limit, e));
  }
};
struct BinaryCrossEntropy {
  static constexpr bool IS_MEAN = true;
  static double term(double y, double t, double) {
    return -(t * boundedLog(y) + (1 - t) * boundedLog(1 - y));
  }
  template <class V>
  static V slope(V y, V t, V) {
    const V smallest = constantOf<V>(SMALLEST_PROBABILITY);
    const V spread = y * (1 - y);
    return (y - t) / select(less(spread, smallest), smallest, spread);
  }
};
struct CategoricalCrossEntropy {
  static constexpr bool IS_MEAN = false;
  static double term(double y, double t, double) { return t == 0 ? 0 : -t * boundedLog(y); }
  template <class V>
  static V slope(V y, V t, V) {
    const V smallest = constantOf<V>(SMALLEST_PROBABILITY);
    return select(equal(t, V{}), V{}, -t / select(less(y, smallest), smallest, y));
  }
};
struct FusedLogistic {
  static constexpr bool IS_MEAN = true;
  static double term(double z, double t, double) {
    return (z > 0 ? z : 0) - t * z + wide::log1p(wide::exp(-std::fabs(z)));
  }
  template <class V>
  static V slope(V y, V t, V) {
    return y - t;
  }
};
/** Its value is no sum of terms: softmaxValue below. */
struct FusedSoftmax : HalfSse {};

/** Four numbers in float64, or the first `count` and zeros. */
inline __m256d wideNumbers(const double* from, int count) { return loadFirst(from, count); }
inline __m256d wideNumbers(const float* from, int count) {
  if (count >= 4) return _mm256_cvtps_pd(_mm_loadu_ps(from));
  return _mm256_cvtps_pd(_mm256_castps256_ps128(loadPart(from, count)));
}

/** sum t (ln sum e^z - z), with the largest z subtracted. */
template <class T>
inline double softmaxValue(const T* z, const T* t, int width) {
  const double largest = largestOf(z, width);
  const auto belowLargest = [=](int i) {
    const __m256d below = wideNumbers(z + i, width - i) - largest;
    return i + 4 <= width ? below : both(below, firstLanes<double>(width - i));
  };
  // Chains of single numbers, which leave vectors by memory.
  alignas(32) double numbers[4];
  const auto addTo = [&](double& sum, int i, __m256d vector) {
    _mm256_store_pd(numbers, vector);
    for (int lane = 0; lane < std::min(4, width - i); lane++) sum += numbers[lane];
  };
  double sum = 0;
  for (int i = 0; i < width; i += 4) addTo(sum, i, wide::exp(belowLargest(i)));
  const double logSum = wide::log(sum);
  double value = 0;
  for (int i = 0; i < width; i += 4) {
    const __m256d target = wideNumbers(t + i, width - i);
    // Nothing where the target is 0, whatever the rest is; which ones are is not to be foretold.
    const __m256d isCounted = _mm256_cmp_pd(target, _mm256_setzero_pd(), _CMP_NEQ_UQ);
    addTo(value, i, both(isCounted, target * (logSum - belowLargest(i))));
  }
  return value;
}

template <class Loss, class T>
inline double lossValue(const T* z, const T* t, int width, double parameter) {
  if constexpr (std::is_same_v<Loss, FusedSoftmax>) {
    return softmaxValue(z, t, width);
  } else {
    double sum = 0;
    for (int i = 0; i < width; i++) sum += Loss::term(z[i], t[i], parameter);
    return Loss::IS_MEAN && width > 1 ? sum / width : sum;
  }
}

/** v / divisor, of which a float32 number's quotient is rounded once. */
inline __m256 quotient(__m256 v, double divisor) {
  const float single = static_cast<float>(divisor);
  if (single == divisor) return v / broadcast(single);
  const __m128 low = _mm256_cvtpd_ps(_mm256_cvtps_pd(_mm256_castps256_ps128(v)) / broadcast(divisor));
  const __m128 high = _mm256_cvtpd_ps(_mm256_cvtps_pd(_mm256_extractf128_ps(v, 1)) / broadcast(divisor));
  return _mm256_set_m128(high, low);
}
inline __m256d quotient(__m256d v, double divisor) { return v / broadcast(divisor); }

/** The gradient of a slope. The reference doubles in float64, where no float32 number becomes infinite. */
template <class Loss>
inline __m256 gradientOf(__m256 slope, double divisor) {
  const double by = IS_DOUBLED<Loss> ? divisor / 2 : divisor;
  // Dividing by 1 takes as long as dividing by anything.
  return by == 1 ? slope : quotient(slope, by);
}
template <class Loss>
inline __m256d gradientOf(__m256d slope, double divisor) {
  if constexpr (IS_DOUBLED<Loss>) slope *= 2;
  return divisor == 1 ? slope : quotient(slope, divisor);
}

/** The class that a row says: engine/metrics/classification.ts. */
template <class T>
inline int predictedClass(const T* row, int width) {
  if (width == 1) return row[0] >= T(0.5) ? 1 : row[0] < T(0.5) ? 0 : -1;
  int best = -1;
  T largest = -std::numeric_limits<T>::infinity();
  for (int i = 0; i < width; i++) {
    const bool isLarger = row[i] > largest;
    best = isLarger ? i : best;
    largest = isLarger ? row[i] : largest;
  }
  return best;
}

template <class T>
struct LossArrays {
  Matrix<T> z;
  Matrix<T> y;
  Matrix<T> t;
  Matrix<T> g;

  LossArrays(const Thread& thread, const Operation& op)
      : z{thread.at<T>(op[abi::LOSS_Z]), static_cast<size_t>(op[abi::LOSS_LDZ])},
        y{thread.at<T>(op[abi::LOSS_Y]), static_cast<size_t>(op[abi::LOSS_LDY])},
        t{thread.at<T>(op[abi::LOSS_T]), static_cast<size_t>(op[abi::LOSS_LDT])},
        g{thread.at<T>(op[abi::LOSS_G]), static_cast<size_t>(op[abi::LOSS_LDG])} {}
};

/** What every gradient of the loss is divided by. */
template <class Loss>
inline double divisorOf(const Thread& thread, int width) {
  const double divisor = thread.record<double>(abi::STEP_DIVISOR);
  return Loss::IS_MEAN ? divisor * width : divisor;
}

template <class T, class Loss>
inline void lossGradients(const Thread& thread, const LossArrays<T>& arrays, int width, T parameter) {
  constexpr int L = LANES<T>;
  const double divisor = divisorOf<Loss>(thread, width);
  const Vector<T> constant = broadcast(parameter);
  const Share own = thread.own;
  const auto slope = [&](Vector<T> y, Vector<T> t) {
    return gradientOf<Loss>(Loss::slope(y, t, constant), divisor);
  };
  if (width == 1) {
    for (int row = own.first; row < own.end; row += L) {
      const int count = std::min(L, own.end - row);
      const auto column = [&](Matrix<T> matrix) { return loadColumn(matrix.row(row), matrix.stride, count); };
      storeColumn(arrays.g.row(row), arrays.g.stride, slope(column(arrays.y), column(arrays.t)), count);
    }
    return;
  }
  for (int row = own.first; row < own.end; row++) {
    const T* y = arrays.y.row(row);
    const T* t = arrays.t.row(row);
    T* g = arrays.g.row(row);
    int i = 0;
    for (; i + L <= width; i += L) store(g + i, slope(load(y + i), load(t + i)));
    if (i < width) storePart(g + i, slope(loadPart(y + i, width - i), loadPart(t + i, width - i)), width - i);
  }
}

template <class T, class Loss>
inline void lossOfRows(const Thread& thread, const Operation& op) {
  const int width = op[abi::LOSS_WIDTH];
  const double parameter = op.number(abi::LOSS_PARAMETER);
  const LossArrays<T> arrays(thread, op);
  double* rowLoss = thread.at<double>(op[abi::LOSS_ROW_LOSS]);
  double* rowCorrect = thread.at<double>(op[abi::LOSS_ROW_CORRECT]);
  for (int row = thread.own.first; row < thread.own.end; row++) {
    rowLoss[row] = lossValue<Loss>(arrays.z.row(row), arrays.t.row(row), width, parameter);
  }
  if (op[abi::LOSS_ACCURACY] == 0) {
    for (int row = thread.own.first; row < thread.own.end; row++) rowCorrect[row] = 0;
  } else {
    for (int row = thread.own.first; row < thread.own.end; row++) {
      const int predicted = predictedClass(arrays.y.row(row), width);
      rowCorrect[row] = predicted >= 0 && predicted == predictedClass(arrays.t.row(row), width);
    }
  }
  if (op[abi::LOSS_G] != 0) lossGradients<T, Loss>(thread, arrays, width, static_cast<T>(parameter));
}

template <class T>
inline void loss(const Thread& thread, const Operation& op) {
  switch (op[abi::LOSS_KIND]) {
    case abi::LOSS_HALF_SSE:
      return lossOfRows<T, HalfSse>(thread, op);
    case abi::LOSS_SSE:
      return lossOfRows<T, Sse>(thread, op);
    case abi::LOSS_MSE:
      return lossOfRows<T, Mse>(thread, op);
    case abi::LOSS_MAE:
      return lossOfRows<T, Mae>(thread, op);
    case abi::LOSS_HUBER:
      return lossOfRows<T, Huber>(thread, op);
    case abi::LOSS_BINARY_CROSS_ENTROPY:
      return lossOfRows<T, BinaryCrossEntropy>(thread, op);
    case abi::LOSS_CATEGORICAL_CROSS_ENTROPY:
      return lossOfRows<T, CategoricalCrossEntropy>(thread, op);
    case abi::LOSS_FUSED_LOGISTIC:
      return lossOfRows<T, FusedLogistic>(thread, op);
    case abi::LOSS_FUSED_SOFTMAX:
      return lossOfRows<T, FusedSoftmax>(thread, op);
  }
}

/** @returns whether the step may go on */
inline bool lossSum(const Thread& thread, const Operation& op) {
  const double* rowLoss = thread.at<double>(op[abi::LOSS_SUM_ROW_LOSS]);
  double sum = 0;
  for (int row = 0; row < thread.rows; row++) sum += rowLoss[row];
  if (thread.index == 0) {
    const double* rowCorrect = thread.at<double>(op[abi::LOSS_SUM_ROW_CORRECT]);
    double correct = 0;
    for (int row = 0; row < thread.rows; row++) correct += rowCorrect[row];
    thread.record<double>(abi::STEP_LOSS) = sum;
    thread.record<double>(abi::STEP_CORRECT) = correct;
  }
  return op[abi::LOSS_SUM_CHECK] == 0 || std::isfinite(sum);
}

}  // namespace descent
