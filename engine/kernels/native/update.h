// The norm of all gradients, and one optimizer step (engine/optimizers).
#pragma once

#include "thread.h"

namespace descent {

/** Sum of squares in eight chains over the index modulo 8, added in ascending order. */
template <class T>
inline double laneSquares(const T* numbers, int count) {
  constexpr int L = LANES<T>;
  __m256d sums[2] = {};
  int i = 0;
  for (; i + 8 <= count; i += 8) addSquares(sums, numbers + i);
  if (i < count) {
    Vector<T> rest[8 / L];
    for (int n = 0; n < 8 / L; n++) rest[n] = loadFirst(numbers + i + n * L, std::max(0, count - i - n * L));
    addSquares(sums, rest);
  }
  double total = 0;
  for (int lane = 0; lane < 8; lane++) total += sums[lane / 4][lane % 4];
  return total;
}

template <class T>
inline double blockSquares(const Thread& thread, const int32_t* block) {
  if (block[0] == abi::NORM_LANES) return laneSquares(thread.at<T>(block[1]), block[2]);
  const double* squares = thread.at<double>(block[1]);
  double sum = 0;
  for (int unit = 0; unit < block[2]; unit++) sum += squares[unit];
  return sum;
}

/** @returns whether the norm is finite */
template <class T>
inline bool norm(Thread& thread, const Operation& op) {
  constexpr int BLOCK_WORDS = abi::NORM_BLOCK_BYTES / 4;
  const int32_t* block = thread.at<int32_t>(op[abi::NORM_BLOCKS]);
  double weights = 0;
  for (int i = op[abi::NORM_WEIGHT_BLOCKS]; i > 0; i--, block += BLOCK_WORDS)
    weights += blockSquares<T>(thread, block);
  double biases = 0;
  for (int i = op[abi::NORM_BIAS_BLOCKS]; i > 0; i--, block += BLOCK_WORDS)
    biases += blockSquares<T>(thread, block);
  thread.norm = std::sqrt(weights + biases);
  if (thread.index == 0) thread.record<double>(abi::STEP_NORM) = thread.norm;
  return std::isfinite(thread.norm);
}

// ---- optimizers
// -----------------------------------------------------------------------------------------------

/** What an optimizer works with, already rounded to T. */
template <class T>
struct Rates {
  Vector<T> rate;
  Vector<T> spread;
  Vector<T> kept;
  Vector<T> decay;
  Vector<T> first;
  Vector<T> firstRest;
  Vector<T> second;
  Vector<T> secondRest;
  Vector<T> epsilon;
};

// Each optimizer: how many arrays of its own it has, and w after a step on gradient g.

struct Sgd {
  static constexpr int MOMENTS = 0;
  template <class T>
  static Vector<T> step(const Rates<T>& rates, Vector<T> w, Vector<T> g, Vector<T>&, Vector<T>&) {
    return w - rates.rate * g;
  }
};
struct SgdDecay {
  static constexpr int MOMENTS = 0;
  template <class T>
  static Vector<T> step(const Rates<T>& rates, Vector<T> w, Vector<T> g, Vector<T>&, Vector<T>&) {
    return w - rates.rate * (g + rates.decay * w);
  }
};
struct Momentum {
  static constexpr int MOMENTS = 1;
  template <class T>
  static Vector<T> step(const Rates<T>& rates, Vector<T> w, Vector<T> g, Vector<T>& velocity, Vector<T>&) {
    velocity = rates.first * velocity + (g + rates.decay * w);
    return w - rates.rate * velocity;
  }
};
struct Nesterov {
  static constexpr int MOMENTS = 1;
  template <class T>
  static Vector<T> step(const Rates<T>& rates, Vector<T> w, Vector<T> g, Vector<T>& velocity, Vector<T>&) {
    const Vector<T> gradient = g + rates.decay * w;
    velocity = rates.first * velocity + gradient;
    return w - rates.rate * (gradient + rates.first * velocity);
  }
};
struct RmsProp {
  static constexpr int MOMENTS = 1;
  template <class T>
  static Vector<T> step(const Rates<T>& rates, Vector<T> w, Vector<T> g, Vector<T>& square, Vector<T>&) {
    const Vector<T> gradient = g + rates.decay * w;
    square = rates.first * square + rates.firstRest * (gradient * gradient);
    return w - rates.rate * (gradient / (squareRoot(square) + rates.epsilon));
  }
};
struct Adam {
  static constexpr int MOMENTS = 2;
  template <class T>
  static Vector<T> step(const Rates<T>& rates, Vector<T> w, Vector<T> g, Vector<T>& mean, Vector<T>& square) {
    const Vector<T> gradient = g + rates.decay * w;
    mean = rates.first * mean + rates.firstRest * gradient;
    square = rates.second * square + rates.secondRest * (gradient * gradient);
    const Vector<T> size = squareRoot(square) / rates.spread + rates.epsilon;
    return rates.kept * w - rates.rate * (mean / size);
  }
};

struct NoClip {
  static constexpr bool CHANGES = false;
  template <class V>
  static V clip(V g, V) {
    return g;
  }
};
struct ScaleClip {
  static constexpr bool CHANGES = true;
  template <class V>
  static V clip(V g, V factor) {
    return g * factor;
  }
};
struct ValueClip {
  static constexpr bool CHANGES = true;
  template <class V>
  static V clip(V g, V limit) {
    return select(greater(g, limit), limit, select(less(g, -limit), -limit, g));
  }
};

template <class T>
struct Parameters {
  T* w;
  T* g;
  T* m;
  T* v;
  size_t count;
};

/** @returns whether all parameters are finite afterwards */
template <class T, class Optimizer, class Clip>
__attribute__((noinline)) bool updateAll(const Parameters<T>& parameters, const Rates<T>& given,
                                         T clipNumber) {
  constexpr int L = LANES<T>;
  const Rates<T> rates = given;
  const Vector<T> clipWith = broadcast(clipNumber);
  // A finite x gives x - x = 0, whose bits are 0, anything else NaN.
  Vector<T> excess = {};
  const auto [w, g, m, v, count] = parameters;
  const size_t whole = count - count % L;
#pragma GCC unroll 2
  for (size_t i = 0; i < whole; i += L) {
    const Vector<T> gradient = Clip::clip(load(g + i), clipWith);
    Vector<T> first = {};
    Vector<T> second = {};
    if constexpr (Optimizer::MOMENTS > 0) first = load(m + i);
    if constexpr (Optimizer::MOMENTS > 1) second = load(v + i);
    const Vector<T> updated = Optimizer::template step<T>(rates, load(w + i), gradient, first, second);
    store(w + i, updated);
    if constexpr (Clip::CHANGES) store(g + i, gradient);
    if constexpr (Optimizer::MOMENTS > 0) store(m + i, first);
    if constexpr (Optimizer::MOMENTS > 1) store(v + i, second);
    excess = either(excess, updated - updated);
  }
  if (whole < count) {
    const int rest = static_cast<int>(count - whole);
    const Vector<T> gradient = Clip::clip(loadPart(g + whole, rest), clipWith);
    Vector<T> first = {};
    Vector<T> second = {};
    if constexpr (Optimizer::MOMENTS > 0) first = loadPart(m + whole, rest);
    if constexpr (Optimizer::MOMENTS > 1) second = loadPart(v + whole, rest);
    const Vector<T> updated =
        Optimizer::template step<T>(rates, loadPart(w + whole, rest), gradient, first, second);
    storePart(w + whole, updated, rest);
    if constexpr (Clip::CHANGES) storePart(g + whole, gradient, rest);
    if constexpr (Optimizer::MOMENTS > 0) storePart(m + whole, first, rest);
    if constexpr (Optimizer::MOMENTS > 1) storePart(v + whole, second, rest);
    excess = either(excess, updated - updated);
  }
  return hasNoBits(excess);
}

template <class T, class Clip>
inline bool updateBy(int optimizer, const Parameters<T>& parameters, const Rates<T>& rates, bool decays,
                     T clipNumber) {
  switch (optimizer) {
    case abi::OPTIMIZER_MOMENTUM:
      return updateAll<T, Momentum, Clip>(parameters, rates, clipNumber);
    case abi::OPTIMIZER_NESTEROV:
      return updateAll<T, Nesterov, Clip>(parameters, rates, clipNumber);
    case abi::OPTIMIZER_RMSPROP:
      return updateAll<T, RmsProp, Clip>(parameters, rates, clipNumber);
    case abi::OPTIMIZER_ADAM:
      return updateAll<T, Adam, Clip>(parameters, rates, clipNumber);
    default:
      return decays ? updateAll<T, SgdDecay, Clip>(parameters, rates, clipNumber)
                    : updateAll<T, Sgd, Clip>(parameters, rates, clipNumber);
  }
}

/** @returns whether all parameters of this thread's chunks are finite afterwards */
template <class T>
inline bool update(const Thread& thread, const Operation& op) {
  const auto number = [&](int index) { return broadcast(static_cast<T>(op.number(index))); };
  const auto ofStep = [&](int offset) { return broadcast(static_cast<T>(thread.record<double>(offset))); };
  const Rates<T> rates = {
      .rate = ofStep(abi::STEP_RATE),
      .spread = ofStep(abi::STEP_SPREAD),
      .kept = op[abi::UPDATE_SHRINKS] != 0 ? ofStep(abi::STEP_KEPT) : broadcast(T(1)),
      .decay = number(abi::UPDATE_DECAY),
      .first = number(abi::UPDATE_FIRST),
      .firstRest = number(abi::UPDATE_FIRST_REST),
      .second = number(abi::UPDATE_SECOND),
      .secondRest = number(abi::UPDATE_SECOND_REST),
      .epsilon = number(abi::UPDATE_EPSILON),
  };
  const size_t chunk = op[abi::UPDATE_CHUNK];
  const Share chunks = thread.share(op[abi::UPDATE_COUNT] / op[abi::UPDATE_CHUNK]);
  const size_t first = chunks.first * chunk;
  const auto array = [&](int word) { return thread.at<T>(op[word]) + first; };
  const Parameters<T> parameters = {array(abi::UPDATE_W), array(abi::UPDATE_G), array(abi::UPDATE_M),
                                    array(abi::UPDATE_V), (chunks.end - chunks.first) * chunk};
  const int optimizer = op[abi::UPDATE_OPTIMIZER];
  const bool decays = op.number(abi::UPDATE_DECAY) != 0;
  const double threshold = op.number(abi::UPDATE_THRESHOLD);
  if (op[abi::UPDATE_CLIP] == abi::CLIP_VALUE) {
    return updateBy<T, ValueClip>(optimizer, parameters, rates, decays, static_cast<T>(threshold));
  }
  if (op[abi::UPDATE_CLIP] == abi::CLIP_NORM && thread.norm > threshold) {
    return updateBy<T, ScaleClip>(optimizer, parameters, rates, decays,
                                  static_cast<T>(threshold / thread.norm));
  }
  return updateBy<T, NoClip>(optimizer, parameters, rates, decays, T(0));
}

}  // namespace descent
