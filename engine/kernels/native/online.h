// Networks of one dense layer that learn from one example a step. A step of those is a chain of waiting: sums for
// weights, weights for the gradient, the gradient for the sums. So one pass over the weights subtracts an example's
// gradient and adds up the next example's sums at once, and what else is measured goes on beside it. New weights are
// written to another place, so that a step with a number that is not finite has never happened: the operations for
// every size repeat it. They do the last step of a call as well, which leaves all arrays as they are expected.
#pragma once

#include "online-pass.h"
#include "outputs.h"
#include "update.h"

namespace descent {

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

/** An example's targets: its numbers; the class itself where there is one output; else 1 for the class. */
template <class T, int VECTORS, bool HAS_COLUMN>
__attribute__((always_inline)) inline OnlineRow<T, VECTORS + HAS_COLUMN> onlineTargets(
    const OnlineLayer<T>& layer, size_t example, int outputs) {
  constexpr int L = LANES<T>;
  alignas(32) T ofClass[(VECTORS + HAS_COLUMN) * L];
  const T* from = ofClass;
  if (layer.values != nullptr) {
    from = layer.values + example * outputs;
  } else {
    const int32_t right = layer.classes[example];
    for (int j = 0; j < outputs; j++) ofClass[j] = static_cast<T>(outputs == 1 ? right : right == j);
  }
  OnlineRow<T, VECTORS + HAS_COLUMN> targets;
  for (int p = 0; p < VECTORS; p++) {
    // Vectors beside a column are full.
    targets.each[p] = HAS_COLUMN ? load(from + p * L) : loadFirst(from + p * L, std::max(0, outputs - p * L));
  }
  if constexpr (HAS_COLUMN) targets.each[VECTORS] = broadcast(from[VECTORS * L]);
  return targets;
}

/** The gradients of an example's sums. */
template <class T, class Activation, class Loss, int VECTORS, bool HAS_COLUMN>
__attribute__((always_inline)) inline OnlineRow<T, VECTORS + HAS_COLUMN> onlineGradients(
    const OnlineLayer<T>& layer, int outputs, double divisor, const OnlineRow<T, VECTORS + HAS_COLUMN>& z,
    const OnlineRow<T, VECTORS + HAS_COLUMN>& y, const OnlineRow<T, VECTORS + HAS_COLUMN>& targets) {
  constexpr int L = LANES<T>;
  const double scale = Loss::IS_MEAN ? divisor * outputs : divisor;
  const Vector<T> given = broadcast(layer.parameter);
  const Vector<T> lossGiven = broadcast(static_cast<T>(layer.lossParameter));
  OnlineRow<T, VECTORS + HAS_COLUMN> gradients;
  for (int p = 0; p < VECTORS + HAS_COLUMN; p++) {
    Vector<T> gradient = gradientOf<Loss>(Loss::slope(y.each[p], targets.each[p], lossGiven), scale);
    if constexpr (IS_SLOPED<Activation, Loss>) gradient *= Activation::slope(z.each[p], y.each[p], given);
    if constexpr (!HAS_COLUMN) gradient = both(gradient, firstLanes<T>(std::clamp(outputs - p * L, 0, L)));
    gradients.each[p] = gradient;
  }
  return gradients;
}

/** What was computed in a step, for its record. */
template <class T, int USED>
struct OnlineStep {
  alignas(32) T sums[USED * LANES<T>];
  alignas(32) T outputs[USED * LANES<T>];
  alignas(32) T targets[USED * LANES<T>];
  alignas(32) T gradients[USED * LANES<T>];
  alignas(32) double squares[USED * LANES<T>];
};

/** The records of a call's steps. */
struct StepRecords {
  uint8_t* first;

  template <class N>
  N& at(int step, int offset) const {
    return *reinterpret_cast<N*>(first + static_cast<size_t>(step) * abi::STEP_BYTES + offset);
  }
};

/** @returns whether loss and norm are finite */
template <class T, class Loss, int VECTORS, bool HAS_COLUMN>
__attribute__((always_inline)) inline bool recordOnline(const OnlineLayer<T>& layer,
                                                        const OnlineStep<T, VECTORS + HAS_COLUMN>& step, uint8_t* record) {
  const int outputs = HAS_COLUMN ? VECTORS * LANES<T> + 1 : layer.outputs;
  double weights = 0;
  double biases = 0;
  // At most eight gradients of biases: each is a chain of its own (laneSquares).
  for (int j = 0; j < outputs; j++) {
    weights += step.squares[j];
    biases += static_cast<double>(step.gradients[j]) * static_cast<double>(step.gradients[j]);
  }
  const double norm = std::sqrt(weights + biases);
  const double loss = 0.0 + lossValue<Loss>(std::is_same_v<Loss, FusedLogistic> ? step.sums : step.outputs,
                                            step.targets, outputs, layer.lossParameter);
  double correct = 0;
  if (layer.comparesClasses) {
    const int predicted = predictedClass(step.outputs, outputs);
    correct = predicted >= 0 && predicted == predictedClass(step.targets, outputs);
  }
  if (!std::isfinite(loss) || !std::isfinite(norm)) return false;
  *reinterpret_cast<double*>(record + abi::STEP_LOSS) = loss;
  *reinterpret_cast<double*>(record + abi::STEP_CORRECT) = correct;
  *reinterpret_cast<double*>(record + abi::STEP_NORM) = norm;
  return true;
}

template <class T, int USED>
__attribute__((always_inline)) inline bool areFinite(const OnlineRow<T, USED>& row) {
  Vector<T> excess = {};
  for (Vector<T> each : row.each) excess = either(excess, each - each);
  return hasNoBits(excess);
}

/**
 * Trains by the first `count` steps; the record of the one after them is there as well.
 * @returns how many it did; fewer where a number is not finite or a batch has more than one example
 */
template <class T, class Activation, class Loss, int VECTORS, bool HAS_COLUMN>
DESCENT_AS_WRITTEN __attribute__((noinline)) int trainOnline(const OnlineLayer<T>& layer, const StepRecords& steps,
                                                             int count) {
  constexpr int L = LANES<T>;
  constexpr int USED = VECTORS + HAS_COLUMN;
  const int inputs = layer.inputs;
  const int outputs = HAS_COLUMN ? VECTORS * L + 1 : layer.outputs;
  const size_t columnLength = static_cast<size_t>(partsOf(inputs, L)) * L;
  OnlineWeights<T> current = {layer.w, layer.columns};
  OnlineWeights<T> next = {layer.other, layer.columns + columnLength};
  if constexpr (HAS_COLUMN) {
    for (size_t i = 0; i < columnLength; i++) {
      current.column[i] = i < static_cast<size_t>(inputs) ? layer.w[i * ONLINE_ROW + VECTORS * L] : 0;
    }
  }
  const auto exampleOf = [&](int step) { return size_t{layer.order[steps.at<int32_t>(step, abi::STEP_START)]}; };
  OnlineRow<T, USED> bias;
  for (int p = 0; p < VECTORS; p++) bias.each[p] = load(layer.b + p * L);
  if constexpr (HAS_COLUMN) bias.each[VECTORS] = broadcast(layer.b[VECTORS * L]);
  OnlineRow<T, USED> sums = bias;
  size_t example = exampleOf(0);
  onlineSums<T, VECTORS, HAS_COLUMN>(sums, current, layer.data + example * inputs, inputs);

  OnlineStep<T, USED> step;
  int done = 0;
  for (; done < count && steps.at<int32_t>(done, abi::STEP_ROWS) == 1; done++) {
    const OnlineRow<T, USED> y = forwardAbreast<Activation>(sums, broadcast(layer.parameter));
    const OnlineRow<T, USED> targets = onlineTargets<T, VECTORS, HAS_COLUMN>(layer, example, outputs);
    const OnlineRow<T, USED> gradients = onlineGradients<T, Activation, Loss, VECTORS, HAS_COLUMN>(
        layer, outputs, steps.at<double>(done, abi::STEP_DIVISOR), sums, y, targets);
    for (int p = 0; p < USED; p++) {
      store(step.sums + p * L, sums.each[p]);
      store(step.outputs + p * L, y.each[p]);
      store(step.targets + p * L, targets.each[p]);
      store(step.gradients + p * L, gradients.each[p]);
    }
    const Vector<T> rate = broadcast(static_cast<T>(steps.at<double>(done, abi::STEP_RATE)));
    const OnlineRow<T, USED> nextBias = bias - rate * (gradients + Vector<T>{});
    const size_t nextExample = exampleOf(done + 1);
    const T* x = layer.data + example * inputs;
    sums = nextBias;
    onlinePass<T, VECTORS, HAS_COLUMN>(current, next, x, layer.data + nextExample * inputs, inputs, rate,
                                       step.gradients, sums, step.squares);
    // A parameter that is not finite makes its sum not finite, whatever its input is.
    if (!recordOnline<T, Loss, VECTORS, HAS_COLUMN>(layer, step, &steps.at<uint8_t>(done, 0)) ||
        !areFinite<T, USED>(sums)) [[unlikely]] {
      break;
    }
    bias = nextBias;
    std::swap(current, next);
    example = nextExample;
  }
  for (int p = 0; p < USED; p++) storeFirst(layer.b + p * L, bias.each[p], outputs - p * L);
  for (int i = 0; i < inputs; i++) {
    T* to = layer.w + static_cast<size_t>(i) * ONLINE_ROW;
    const T* from = current.rows + static_cast<size_t>(i) * ONLINE_ROW;
    for (int p = 0; p < VECTORS; p++) store(to + p * L, load(from + p * L));
    if constexpr (HAS_COLUMN) to[VECTORS * L] = current.column[i];
  }
  return done;
}

}  // namespace descent
