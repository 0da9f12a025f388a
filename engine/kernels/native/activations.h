// Activations: value and slope of a vector of numbers (engine/network/activations.ts), and their loops over
// rows.
#pragma once

#include <algorithm>

#include "abi.h"
#include "functions32.h"
#include "functions64.h"
#include "sine64.h"
#include "vectors.h"

namespace descent {

// ---- elementary functions by element type
// ---------------------------------------------------------------------

inline __m256 exp(__m256 x) { return single::exp(x); }
inline __m256 expm1(__m256 x) { return single::expm1(x); }
inline __m256 tanh(__m256 x) { return single::tanh(x); }
inline __m256 logistic(__m256 x) { return single::logistic(x); }
inline __m256 softplus(__m256 x) { return single::softplus(x); }
inline __m256 sin(__m256 x) { return single::sin(x); }
inline __m256 cos(__m256 x) { return single::cos(x); }
inline __m256 gelu(__m256 x) { return single::gelu(x); }
inline __m256 geluSlope(__m256 x) { return single::geluSlope(x); }

inline __m256d exp(__m256d x) { return wide::exp(x); }
inline __m256d expm1(__m256d x) { return wide::eachLane(wide::expm1, x); }
inline __m256d tanh(__m256d x) { return wide::eachLane(wide::tanh, x); }
inline __m256d logistic(__m256d x) { return 1.0 / (1.0 + wide::exp(-x)); }
template <int N>
__attribute__((always_inline)) inline Abreast<double, N> logistic(Abreast<double, N> x) {
  return 1.0 / (1.0 + wide::exp(-x));
}
inline __m256d softplus(__m256d x) {
  const auto one = [](double each) {
    return each > 0 ? each + wide::log1p(wide::exp(-each)) : wide::log1p(wide::exp(each));
  };
  return wide::eachLane(one, x);
}
inline __m256d sin(__m256d x) { return wide::eachLane(wide::sin, x); }
inline __m256d cos(__m256d x) { return wide::eachLane(wide::cos, x); }
inline constexpr double SQRT_HALF = 0.7071067811865476;
inline constexpr double NORMAL_DENSITY_AT_0 = 0.3989422804014327;
inline __m256d gelu(__m256d x) { return 0.5 * x * (1.0 + wide::eachLane(wide::erf, x * SQRT_HALF)); }
inline __m256d geluSlope(__m256d x) {
  return 0.5 * (1.0 + wide::eachLane(wide::erf, x * SQRT_HALF)) +
         x * NORMAL_DENSITY_AT_0 * wide::exp(-0.5 * x * x);
}

// ---- activations
// ---------------------------------------------------------------------------------------------- forward(z,
// parameter) = f(z); slope(z, y, parameter) = f'(z). A comparison with NaN is false, and NaN comes through.

struct Identity {
  template <class V>
  static V forward(V z, V) {
    return z;
  }
  template <class V>
  static V slope(V, V, V) {
    return V{} + 1;
  }
};
struct Logistic {
  template <class V>
  static V forward(V z, V) {
    return logistic(z);
  }
  template <class V>
  static V slope(V, V y, V) {
    return y * (1 - y);
  }
};
struct Tanh {
  template <class V>
  static V forward(V z, V) {
    return tanh(z);
  }
  template <class V>
  static V slope(V, V y, V) {
    return 1 - y * y;
  }
};
struct Relu {
  template <class V>
  static V forward(V z, V) {
    return select(less(z, V{}), V{}, z);
  }
  template <class V>
  static V slope(V z, V, V) {
    return select(greater(z, V{}), V{} + 1, V{});
  }
};
struct LeakyRelu {
  template <class V>
  static V forward(V z, V slope) {
    return select(less(z, V{}), slope * z, z);
  }
  template <class V>
  static V slope(V z, V, V slope) {
    return select(greater(z, V{}), V{} + 1, slope);
  }
};
struct Elu {
  template <class V>
  static V forward(V z, V alpha) {
    return select(less(z, V{}), alpha * expm1(z), z);
  }
  template <class V>
  static V slope(V z, V, V alpha) {
    return select(greater(z, V{}), V{} + 1, alpha * exp(z));
  }
};
struct Gelu {
  template <class V>
  static V forward(V z, V) {
    return gelu(z);
  }
  template <class V>
  static V slope(V z, V, V) {
    return geluSlope(z);
  }
};
struct Softplus {
  template <class V>
  static V forward(V z, V) {
    return softplus(z);
  }
  template <class V>
  static V slope(V z, V, V) {
    return logistic(z);
  }
};
struct Sine {
  template <class V>
  static V forward(V z, V) {
    return sin(z);
  }
  template <class V>
  static V slope(V z, V, V) {
    return cos(z);
  }
};

/** Whether there is a function of several vectors. */
template <class Activation, class T>
inline constexpr bool GOES_ABREAST = (std::is_same_v<Activation, Logistic> && std::is_same_v<T, double>) ||
                                     (std::is_same_v<Activation, Tanh> && std::is_same_v<T, float>);

/** Activation::forward of several vectors. */
template <class Activation, class T, int N>
__attribute__((always_inline)) inline Abreast<T, N> forwardAbreast(Abreast<T, N> z, Vector<T> parameter) {
  if constexpr (std::is_same_v<Activation, Logistic> && std::is_same_v<T, double>) {
    return logistic(z);
  } else if constexpr (std::is_same_v<Activation, Tanh> && std::is_same_v<T, float>) {
    return single::tanh(z);
  } else {
    for (Vector<T>& each : z.each) each = Activation::forward(each, parameter);
    return z;
  }
}

/** Calls `use` with the activation of that code. */
template <class Use>
__attribute__((always_inline)) inline void withActivation(int code, Use use) {
  switch (code) {
    case abi::ACTIVATION_LOGISTIC:
      return use(Logistic());
    case abi::ACTIVATION_TANH:
      return use(Tanh());
    case abi::ACTIVATION_RELU:
      return use(Relu());
    case abi::ACTIVATION_LEAKY_RELU:
      return use(LeakyRelu());
    case abi::ACTIVATION_ELU:
      return use(Elu());
    case abi::ACTIVATION_GELU:
      return use(Gelu());
    case abi::ACTIVATION_SOFTPLUS:
      return use(Softplus());
    case abi::ACTIVATION_SINE:
      return use(Sine());
    default:
      return use(Identity());
  }
}

/** A row-major array of examples, or a part of one. */
template <class T>
struct Matrix {
  T* at;
  /** Numbers from one row to the next. */
  size_t stride;

  T* row(int index) const { return at + index * stride; }
  Matrix rows(int first) const { return {row(first), stride}; }
  Matrix columns(int first) const { return {at + first, stride}; }
};

/** The other way round of loadColumn. */
template <class T>
inline void storeColumn(T* to, size_t stride, Vector<T> v, int count) {
  T lanes[LANES<T>];
  store(lanes, v);
  for (int lane = 0; lane < count; lane++) to[lane * stride] = lanes[lane];
}

template <class Activation, class T>
inline void activateRows(Vector<T> parameter, Matrix<T> z, Matrix<T> y, int rows, int width) {
  constexpr int L = LANES<T>;
  // One vector alone is slowed down by the latency of its own operations.
  constexpr int BESIDE = GOES_ABREAST<Activation, T> ? 4 : 2;
  if (width == 1) {
    for (int r = 0; r < rows; r += L) {
      const int count = std::min(L, rows - r);
      storeColumn(y.row(r), y.stride, Activation::forward(loadColumn(z.row(r), z.stride, count), parameter),
                  count);
    }
    return;
  }
  const int whole = width - width % L;
  for (int r = 0; r < rows; r++) {
    const T* from = z.row(r);
    T* to = y.row(r);
    int i = 0;
    for (; i + BESIDE * L <= whole; i += BESIDE * L) {
      Abreast<T, BESIDE> vectors;
      for (int n = 0; n < BESIDE; n++) vectors.each[n] = load(from + i + n * L);
      vectors = forwardAbreast<Activation>(vectors, parameter);
      for (int n = 0; n < BESIDE; n++) store(to + i + n * L, vectors.each[n]);
    }
    for (; i < whole; i += L) store(to + i, Activation::forward(load(from + i), parameter));
    if (whole == width) continue;
    storePart(to + whole, Activation::forward(loadPart(from + whole, width - whole), parameter),
              width - whole);
  }
}

/** y = f(z) over rows x width; y may be z. */
template <class T>
DESCENT_AS_WRITTEN __attribute__((noinline)) void activate(int code, T parameter, Matrix<T> z, Matrix<T> y, int rows,
                                        int width) {
  if (code == abi::ACTIVATION_IDENTITY && z.at == y.at) return;
  if (z.stride == static_cast<size_t>(width) && y.stride == z.stride) {
    width *= rows;
    rows = 1;
  }
  withActivation(code, [&](auto activation) __attribute__((always_inline)) {
    activateRows<decltype(activation), T>(broadcast(parameter), z, y, rows, width);
  });
}

template <class Activation, class T>
inline void multiplyRowsBySlope(Vector<T> parameter, Matrix<T> g, Matrix<T> z, Matrix<T> y, int rows,
                                int width) {
  constexpr int L = LANES<T>;
  if (width == 1) {
    for (int r = 0; r < rows; r += L) {
      const int count = std::min(L, rows - r);
      const auto column = [&](Matrix<T> matrix) { return loadColumn(matrix.row(r), matrix.stride, count); };
      storeColumn(g.row(r), g.stride, column(g) * Activation::slope(column(z), column(y), parameter), count);
    }
    return;
  }
  const int whole = width - width % L;
  for (int r = 0; r < rows; r++) {
    const T* input = z.row(r);
    const T* output = y.row(r);
    T* to = g.row(r);
    for (int i = 0; i < whole; i += L) {
      store(to + i, load(to + i) * Activation::slope(load(input + i), load(output + i), parameter));
    }
    if (whole == width) continue;
    const auto part = [&](const T* from) { return loadPart(from + whole, width - whole); };
    storePart(to + whole, part(to) * Activation::slope(part(input), part(output), parameter), width - whole);
  }
}

/** g = g f'(z) over rows x width. */
template <class T>
__attribute__((noinline)) void multiplyBySlope(int code, T parameter, Matrix<T> g, Matrix<T> z, Matrix<T> y,
                                               int rows, int width) {
  if (code == abi::ACTIVATION_IDENTITY) return;
  if (g.stride == static_cast<size_t>(width) && z.stride == g.stride && y.stride == g.stride) {
    width *= rows;
    rows = 1;
  }
  withActivation(code, [&](auto activation) __attribute__((always_inline)) {
    multiplyRowsBySlope<decltype(activation), T>(broadcast(parameter), g, z, y, rows, width);
  });
}

}  // namespace descent
