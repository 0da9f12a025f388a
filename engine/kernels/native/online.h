// Networks of one dense layer that learn from one example a step. A step of those is a chain of waiting: sums for
// weights, weights for the gradient, the gradient for the sums. So one pass over the weights subtracts an example's
// gradient and adds up the next example's sums at once, and what else is measured goes on beside it. New weights are
// written to another place, so that a step with a number that is not finite has never happened: the operations for
// every size repeat it. They do the last step of a call as well, which leaves all arrays as they are expected.
#pragma once

#include "outputs.h"
#include "update.h"

namespace descent {

/** Most outputs: a row of the panel of weights. */
inline constexpr int ONLINE_ROW = 8;
/** Most inputs: the weights of a column are in the scratch, twice. */
inline constexpr int MOST_ONLINE_INPUTS = 1000;

template <class T>
struct OnlineLayer {
  const T* data;
  /** The targets, or the classes that stand for them. */
  const T* values;
  const int32_t* classes;
  const uint32_t* order;
  /** Rows of weights, another place for them, biases. */
  T* w;
  T* other;
  T* b;
  /** Two columns of weights. */
  T* columns;
  int inputs;
  int outputs;
  double lossParameter;
  T parameter;
  bool comparesClasses;
};

/** Weights of the first outputs in vectors, and of one more output as a column over the inputs. */
template <class T>
struct OnlineWeights {
  T* rows;
  T* column;
};

/** Numbers of the outputs in a step; a column's is lane 0 of the last vector. */
template <class T, int USED>
using OnlineRow = Vector<T>[USED];

/** The chains of squares of every output: four, over the inputs modulo 4. */
template <class T, int VECTORS>
struct OnlineSquares {
  static constexpr int HALVES = std::max(1, VECTORS * LANES<T> / 4);
  __m256d chains[4][HALVES];
  /** Those of the column, one a lane. */
  __m256d column;

  OnlineSquares() {
    for (auto& chain : chains) {
      for (__m256d& half : chain) half = _mm256_setzero_pd();
    }
    column = _mm256_setzero_pd();
  }

  void add(int chain, int part, __m256d product) { chains[chain][part] += product * product; }
  void add(int chain, int, __m256 product) { addSquares(chains[chain], &product); }
  void addColumn(__m256d products) { column += products * products; }
  void addColumn(__m256 products) {
    const __m256d first = _mm256_cvtps_pd(_mm256_castps256_ps128(products));
    const __m256d second = _mm256_cvtps_pd(_mm256_extractf128_ps(products, 1));
    column = _mm256_fmadd_pd(second, second, _mm256_fmadd_pd(first, first, column));
  }

  /** Those of all weights: output by output. */
  double sum(int outputs) const {
    alignas(32) double each[4 * HALVES + 4];
    for (int half = 0; half < HALVES; half++) {
      store(each + 4 * half,
            (chains[0][half] + chains[1][half]) + (chains[2][half] + chains[3][half]));
    }
    each[VECTORS * LANES<T>] = (column[0] + column[1]) + (column[2] + column[3]);
    double total = 0;
    for (int output = 0; output < outputs; output++) total += each[output];
    return total;
  }
};

/** sums += x w, one chain an output. */
template <class T, int VECTORS, bool HAS_COLUMN>
inline void onlineSums(OnlineRow<T, VECTORS + HAS_COLUMN>& sums, const OnlineWeights<T>& w, const T* x, int inputs) {
  T column = HAS_COLUMN ? sums[VECTORS + HAS_COLUMN - 1][0] : 0;
  for (int i = 0; i < inputs; i++) {
    for (int p = 0; p < VECTORS; p++) {
      sums[p] = multiplyAdd(broadcast(x[i]), load(w.rows + i * ONLINE_ROW + p * LANES<T>), sums[p]);
    }
    if constexpr (HAS_COLUMN) column = multiplyAdd(x[i], w.column[i], column);
  }
  if constexpr (HAS_COLUMN) sums[VECTORS] = broadcast(column);
}

/** sum + x[0] w[0] + x[1] w[1] ..., one chain. */
inline double chainOfProducts(double sum, const double* x, __m256d w) {
  const __m256d products = load(x) * w;
  for (int lane = 0; lane < 4; lane++) sum += products[lane];
  return sum;
}
inline float chainOfProducts(float sum, const float* x, __m256 w) {
  for (int lane = 0; lane < 8; lane++) sum = multiplyAdd(x[lane], w[lane], sum);
  return sum;
}

/**
 * next = w - rate x g, and sums += nextX next. What the operations for every size write as x g + 0 is x g here: they
 * differ by the sign of a 0, which shows only in a weight of -0, and there is none.
 * @returns the sum of the squares of x g
 */
template <class T, int VECTORS, bool HAS_COLUMN>
inline double onlinePass(const OnlineWeights<T>& w, const OnlineWeights<T>& next, const T* x, const T* nextX,
                         int inputs, int outputs, Vector<T> rate,
                         const OnlineRow<T, VECTORS + HAS_COLUMN>& gradients,
                         OnlineRow<T, VECTORS + HAS_COLUMN>& sums) {
  constexpr int L = LANES<T>;
  constexpr int USED = VECTORS + HAS_COLUMN;
  // Copies: stores of vectors could change what is referred to.
  const auto [rows, columnRows] = w;
  const auto [nextRows, nextColumn] = next;
  OnlineSquares<T, VECTORS> chains;
  Vector<T> z[USED];
  Vector<T> g[USED];
  for (int p = 0; p < USED; p++) {
    z[p] = sums[p];
    g[p] = gradients[p];
  }
  T column = HAS_COLUMN ? z[USED - 1][0] : 0;
  if constexpr (HAS_COLUMN) g[VECTORS] = broadcast(g[VECTORS][0]);
  const auto rowsOf = [&](int i, int chain) __attribute__((always_inline)) {
    for (int p = 0; p < VECTORS; p++) {
      const int at = i * ONLINE_ROW + p * L;
      const Vector<T> product = broadcast(x[i]) * g[p];
      chains.add(chain, p, product);
      const Vector<T> updated = load(rows + at) - rate * product;
      store(nextRows + at, updated);
      z[p] = multiplyAdd(broadcast(nextX[i]), updated, z[p]);
    }
  };
  const auto columnOf = [&](int i, Vector<T> inputsOfColumn) __attribute__((always_inline)) {
    const Vector<T> products = inputsOfColumn * g[USED - 1];
    chains.addColumn(products);
    const Vector<T> updated = load(columnRows + i) - rate * products;
    store(nextColumn + i, updated);
    return updated;
  };
  int i = 0;
  for (; i + L <= inputs; i += L) {
    if constexpr (HAS_COLUMN) column = chainOfProducts(column, nextX + i, columnOf(i, load(x + i)));
#pragma GCC unroll 8
    for (int lane = 0; lane < L; lane++) rowsOf(i + lane, lane % 4);
  }
  if (i < inputs) {
    if constexpr (HAS_COLUMN) columnOf(i, loadPart(x + i, inputs - i));
    for (int lane = 0; i + lane < inputs; lane++) {
      rowsOf(i + lane, lane % 4);
      if constexpr (HAS_COLUMN) column = multiplyAdd(nextX[i + lane], nextColumn[i + lane], column);
    }
  }
  for (int p = 0; p < VECTORS; p++) sums[p] = z[p];
  if constexpr (HAS_COLUMN) sums[VECTORS] = broadcast(column);
  return chains.sum(outputs);
}

struct OnlineResult {
  double loss;
  double correct;
};
/** What leads from an example's sums to the gradient of them. */
template <class T, int USED>
using OnlineOutput = OnlineResult (*)(const OnlineLayer<T>& layer, size_t example, double divisor,
                                      const OnlineRow<T, USED>& sums, OnlineRow<T, USED>& gradients);

/** Target j of an example: its number; the class itself where there is one output; else 1 for the class. */
template <class T>
inline T onlineTarget(const OnlineLayer<T>& layer, size_t example, int j) {
  if (layer.values != nullptr) return layer.values[example * layer.outputs + j];
  const int32_t ofClass = layer.classes[example];
  return static_cast<T>(layer.outputs == 1 ? ofClass : ofClass == j);
}

template <class T, class Activation, class Loss, int USED>
OnlineResult onlineOutput(const OnlineLayer<T>& layer, size_t example, double divisor,
                          const OnlineRow<T, USED>& sums, OnlineRow<T, USED>& gradients) {
  constexpr int L = LANES<T>;
  alignas(32) T z[USED * L];
  alignas(32) T y[USED * L];
  alignas(32) T t[USED * L];
  for (int j = 0; j < USED * L; j++) t[j] = j < layer.outputs ? onlineTarget(layer, example, j) : 0;
  const double scale = Loss::IS_MEAN ? divisor * layer.outputs : divisor;
  const Vector<T> given = broadcast(layer.parameter);
  const Vector<T> lossGiven = broadcast(static_cast<T>(layer.lossParameter));
  for (int p = 0; p < USED; p++) {
    const Vector<T> output = Activation::forward(sums[p], given);
    Vector<T> gradient = gradientOf<Loss>(Loss::slope(output, load(t + p * L), lossGiven), scale);
    if constexpr (IS_SLOPED<Activation, Loss>) gradient *= Activation::slope(sums[p], output, given);
    gradients[p] = both(gradient, firstLanes<T>(std::clamp(layer.outputs - p * L, 0, L)));
    store(z + p * L, sums[p]);
    store(y + p * L, output);
  }
  OnlineResult result = {
      .loss = 0.0 + lossValue<Loss>(std::is_same_v<Loss, FusedLogistic> ? z : y, t, layer.outputs,
                                    layer.lossParameter),
      .correct = 0,
  };
  if (layer.comparesClasses) {
    const int predicted = predictedClass(y, layer.outputs);
    result.correct = predicted >= 0 && predicted == predictedClass(t, layer.outputs);
  }
  return result;
}

template <class T>
inline bool areFinite(Vector<T> v) {
  return hasNoBits(v - v);
}

/** The records of a call's steps. */
struct StepRecords {
  uint8_t* first;

  template <class N>
  N& at(int step, int offset) const {
    return *reinterpret_cast<N*>(first + static_cast<size_t>(step) * abi::STEP_BYTES + offset);
  }
};

/**
 * Trains by the first `count` steps; the record of the one after them is there as well.
 * @returns how many it did; fewer where a number is not finite or a batch has more than one example
 */
template <class T, int VECTORS, bool HAS_COLUMN>
__attribute__((noinline)) int trainOnline(const OnlineLayer<T>& layer,
                                          OnlineOutput<T, VECTORS + HAS_COLUMN> output,
                                          const StepRecords& steps, int count) {
  constexpr int L = LANES<T>;
  constexpr int USED = VECTORS + HAS_COLUMN;
  const int inputs = layer.inputs;
  const int outputs = layer.outputs;
  const size_t columnLength = static_cast<size_t>(partsOf(inputs, L)) * L;
  OnlineWeights<T> current = {layer.w, layer.columns};
  OnlineWeights<T> next = {layer.other, layer.columns + columnLength};
  if constexpr (HAS_COLUMN) {
    for (size_t i = 0; i < columnLength; i++) {
      current.column[i] = i < static_cast<size_t>(inputs) ? layer.w[i * ONLINE_ROW + VECTORS * L] : 0;
    }
  }
  const auto exampleOf = [&](int step) { return size_t{layer.order[steps.at<int32_t>(step, abi::STEP_START)]}; };
  OnlineRow<T, USED> sums;
  OnlineRow<T, USED> bias;
  for (int p = 0; p < USED; p++) {
    bias[p] = load(layer.b + p * L);
    sums[p] = bias[p];
  }
  size_t example = exampleOf(0);
  onlineSums<T, VECTORS, HAS_COLUMN>(sums, current, layer.data + example * inputs, inputs);
  int done = 0;
  for (; done < count && steps.at<int32_t>(done, abi::STEP_ROWS) == 1; done++) {
    OnlineRow<T, USED> gradients;
    const OnlineResult result =
        output(layer, example, steps.at<double>(done, abi::STEP_DIVISOR), sums, gradients);
    const Vector<T> rate = broadcast(static_cast<T>(steps.at<double>(done, abi::STEP_RATE)));
    OnlineRow<T, USED> nextBias;
    alignas(32) T biasGradients[USED * L];
    for (int p = 0; p < USED; p++) {
      const Vector<T> gradient = gradients[p] + Vector<T>{};
      store(biasGradients + p * L, gradient);
      nextBias[p] = bias[p] - rate * gradient;
      sums[p] = nextBias[p];
    }
    const size_t nextExample = exampleOf(done + 1);
    const double weightSquares = onlinePass<T, VECTORS, HAS_COLUMN>(
        current, next, layer.data + example * inputs, layer.data + nextExample * inputs, inputs, outputs, rate,
        gradients, sums);
    const double norm = std::sqrt(weightSquares + laneSquares(biasGradients, outputs));
    // A parameter that is not finite makes its sum not finite, whatever its input is.
    bool isFinite = std::isfinite(result.loss) && std::isfinite(norm);
    for (int p = 0; p < USED; p++) isFinite = isFinite && areFinite<T>(sums[p]);
    if (!isFinite) break;
    steps.at<double>(done, abi::STEP_LOSS) = result.loss;
    steps.at<double>(done, abi::STEP_CORRECT) = result.correct;
    steps.at<double>(done, abi::STEP_NORM) = norm;
    for (int p = 0; p < USED; p++) bias[p] = nextBias[p];
    std::swap(current, next);
    example = nextExample;
  }
  for (int p = 0; p < USED; p++) storeFirst(layer.b + p * L, bias[p], outputs - p * L);
  for (int i = 0; i < inputs; i++) {
    T* to = layer.w + static_cast<size_t>(i) * ONLINE_ROW;
    const T* from = current.rows + static_cast<size_t>(i) * ONLINE_ROW;
    for (int p = 0; p < VECTORS; p++) store(to + p * L, load(from + p * L));
    if constexpr (HAS_COLUMN) to[VECTORS * L] = current.column[i];
  }
  return done;
}

}  // namespace descent
