// Dense layers of at most eight inputs and outputs, as small networks have. A row of examples, weights or gradients is
// one vector (float64: two) and rows lie side by side, so every loop is over whole rows at fixed distances. The chains
// are those of dense.h.
#pragma once

#include "dense.h"

namespace descent {

/** Numbers of a row, and its vectors. */
inline constexpr int NARROW = 8;
template <class T>
inline constexpr int PARTS = NARROW / LANES<T>;

/** What an operation on a narrow layer works with; it does not use all of it. */
template <class T>
struct NarrowLayer {
  const T* x;
  T* z;
  T* y;
  T* g;
  T* dx;
  /** In rows of outputs; for DENSE_BACKWARD_INPUT in rows of inputs. */
  const T* w;
  const T* b;
  /** Where TRANSPOSE writes the rows of inputs. */
  T* wt;
  T* dw;
  T* db;
  double* squares;
  int inputs;
  int outputs;
  T parameter;
};

template <class T>
using NarrowOperation = void (*)(const NarrowLayer<T>& layer, int rows);

/** The lanes of a row's part that belong to its first `width` numbers. */
template <class T>
inline Vector<T> lanesOfRow(int width, int part) {
  return firstLanes<T>(std::clamp(width - part * LANES<T>, 0, LANES<T>));
}

/** Calls `use(row, std::integral_constant<int, ROWS>)` for all rows, MOST of them at a time, then half as many. */
template <int MOST, class Use>
__attribute__((always_inline)) inline void withRowsTogether(int rows, Use use) {
  int row = 0;
  for (; row + MOST <= rows; row += MOST) use(row, std::integral_constant<int, MOST>());
  if constexpr (MOST > 1) {
    withRowsTogether<MOST / 2>(rows - row, [&](int more, auto together) __attribute__((always_inline)) {
      use(row + more, together);
    });
  }
}

/** sums[r] = start + row r of `from` times w: one chain an element, over `count` rows of w. */
template <class T, int ROWS>
__attribute__((always_inline)) inline void narrowProduct(Vector<T> (&sums)[ROWS][PARTS<T>],
                                                         const Vector<T> (&start)[PARTS<T>], const T* from,
                                                         const T* w, int count) {
  constexpr int P = PARTS<T>;
#pragma GCC unroll 8
  for (int r = 0; r < ROWS; r++) {
    for (int p = 0; p < P; p++) sums[r][p] = start[p];
  }
  for (int i = 0; i < count; i++) {
    Vector<T> right[P];
    for (int p = 0; p < P; p++) right[p] = load(w + i * NARROW + p * LANES<T>);
#pragma GCC unroll 8
    for (int r = 0; r < ROWS; r++) {
      const Vector<T> left = broadcast(from[r * NARROW + i]);
      for (int p = 0; p < P; p++) sums[r][p] = multiplyAdd(left, right[p], sums[r][p]);
    }
  }
}

/** z = x w + b */
template <class T>
__attribute__((noinline)) void narrowSums(const NarrowLayer<T>& layer, int rows) {
  constexpr int P = PARTS<T>;
  constexpr int L = LANES<T>;
  const auto [x, z, y, g, dx, w, b, wt, dw, db, squares, inputs, outputs, parameter] = layer;
  Vector<T> bias[P];
  for (int p = 0; p < P; p++) bias[p] = load(b + p * L);
  withRowsTogether<8 / P>(rows, [&](int row, auto together) __attribute__((always_inline)) {
    constexpr int ROWS = together.value;
    Vector<T> sums[ROWS][P];
    narrowProduct<T, ROWS>(sums, bias, x + row * NARROW, w, inputs);
#pragma GCC unroll 8
    for (int r = 0; r < ROWS; r++) {
      for (int p = 0; p < P; p++) store(z + (row + r) * NARROW + p * L, sums[r][p]);
    }
  });
}

/** DENSE_FORWARD; z may be y. */
template <class T, class Activation>
void narrowForward(const NarrowLayer<T>& layer, int rows) {
  constexpr int P = PARTS<T>;
  constexpr int L = LANES<T>;
  // All sums first: an activation is mostly waiting, during which those of other rows can be computed.
  narrowSums<T>(layer, rows);
  const auto [x, z, y, g, dx, w, b, wt, dw, db, squares, inputs, outputs, parameter] = layer;
  Vector<T> mask[P];
  for (int p = 0; p < P; p++) mask[p] = lanesOfRow<T>(outputs, p);
  const Vector<T> given = broadcast(parameter);
  withRowsTogether<2 / P>(rows, [&](int row, auto together) __attribute__((always_inline)) {
    constexpr int COUNT = together.value * P;
    Vector<T> values[COUNT];
    for (int i = 0; i < COUNT; i++) values[i] = Activation::forward(load(z + row * NARROW + i * L), given);
    // f(0) may not be 0, and what lies behind a row has to stay so.
    for (int i = 0; i < COUNT; i++) store(y + row * NARROW + i * L, both(mask[i % P], values[i]));
  });
}

/** DENSE_BACKWARD_INPUT */
template <class T, class Activation>
void narrowBackwardInput(const NarrowLayer<T>& layer, int rows) {
  constexpr int P = PARTS<T>;
  constexpr int L = LANES<T>;
  const auto [x, z, y, g, dx, w, b, wt, dw, db, squares, inputs, outputs, parameter] = layer;
  Vector<T> zeros[P];
  Vector<T> mask[P];
  for (int p = 0; p < P; p++) {
    zeros[p] = Vector<T>{};
    mask[p] = lanesOfRow<T>(inputs, p);
  }
  const Vector<T> given = broadcast(parameter);
  withRowsTogether<4 / P>(rows, [&](int row, auto together) __attribute__((always_inline)) {
    constexpr int ROWS = together.value;
    Vector<T> sums[ROWS][P];
    narrowProduct<T, ROWS>(sums, zeros, g + row * NARROW, w, outputs);
    for (int r = 0; r < ROWS; r++) {
      for (int p = 0; p < P; p++) {
        const int at = (row + r) * NARROW + p * L;
        if constexpr (!std::is_same_v<Activation, Identity>) {
          sums[r][p] *= Activation::slope(load(z + at), load(y + at), given);
        }
        store(dx + at, both(mask[p], sums[r][p]));
      }
    }
  });
}

/** Most inputs whose sums fit the registers. */
template <class T>
inline constexpr int MOST_NARROW_INPUTS = NARROW / PARTS<T>;

/** DENSE_BACKWARD_WEIGHTS with INPUTS inputs. */
template <class T, int INPUTS>
void narrowBackwardWeights(const NarrowLayer<T>& layer, int rows) {
  constexpr int P = PARTS<T>;
  constexpr int L = LANES<T>;
  const auto [x, z, y, g, dx, w, b, wt, dw, db, squares, inputs, outputs, parameter] = layer;
  Vector<T> sums[INPUTS][P];
  Vector<T> bias[P];
  // One by one, here and below: a whole array would be cleared by a string instruction, which takes long to start.
  for (int p = 0; p < P; p++) {
    bias[p] = Vector<T>{};
#pragma GCC unroll 8
    for (int i = 0; i < INPUTS; i++) sums[i][p] = Vector<T>{};
  }
  for (int r = 0; r < rows; r++) {
    Vector<T> right[P];
    for (int p = 0; p < P; p++) {
      right[p] = load(g + r * NARROW + p * L);
      bias[p] += right[p];
    }
#pragma GCC unroll 8
    for (int i = 0; i < INPUTS; i++) {
      const Vector<T> left = broadcast(x[r * NARROW + i]);
      for (int p = 0; p < P; p++) sums[i][p] = multiplyAdd(left, right[p], sums[i][p]);
    }
  }
  __m256d chains[4][2];
  for (auto& chain : chains) {
    for (__m256d& half : chain) half = _mm256_setzero_pd();
  }
#pragma GCC unroll 8
  for (int i = 0; i < INPUTS; i++) {
    for (int p = 0; p < P; p++) store(dw + i * NARROW + p * L, sums[i][p]);
    addSquares(chains[i % 4], sums[i]);
  }
  // Arrays of outputs have room for a whole row.
  for (int half = 0; half < 2; half++) {
    store(squares + 4 * half,
          (chains[0][half] + chains[1][half]) + (chains[2][half] + chains[3][half]));
  }
  for (int p = 0; p < P; p++) store(db + p * L, bias[p]);
}

/** TRANSPOSE */
template <class T>
void narrowTranspose(const NarrowLayer<T>& layer, int) {
  constexpr int L = LANES<T>;
  const auto [x, z, y, g, dx, w, b, wt, dw, db, squares, inputs, outputs, parameter] = layer;
  for (int i = 0; i < inputs; i += L) {
    const Vector<T> mask = firstLanes<T>(std::min(L, inputs - i));
    for (int j = 0; j < outputs; j += L) {
      Vector<T> v[L];
      // Inputs that are not there are the last one again, and masked out.
#pragma GCC unroll 8
      for (int lane = 0; lane < L; lane++) v[lane] = load(w + std::min(i + lane, inputs - 1) * NARROW + j);
      transposeLanes(v);
      T* to = wt + j * NARROW + i;
      if (outputs - j >= L) {
#pragma GCC unroll 8
        for (int lane = 0; lane < L; lane++) store(to + lane * NARROW, both(mask, v[lane]));
      } else {
        for (int lane = 0; lane < outputs - j; lane++) store(to + lane * NARROW, both(mask, v[lane]));
      }
    }
  }
}

}  // namespace descent
