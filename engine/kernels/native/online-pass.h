// One pass over the weights of a layer that learns from one example a step (online.h): an example's gradient is
// subtracted and the next example's sums are added up at once. Its chains of additions decide how long it takes, so
// they have to stay in registers; squares of gradients, which only the record needs, go on beside them.
#pragma once

#include "vectors.h"

namespace descent {

/** Most outputs: a row of the panel of weights. */
inline constexpr int ONLINE_ROW = 8;

/** Weights of the first outputs in vectors, and of one more output as a column over the inputs. */
template <class T>
struct OnlineWeights {
  T* rows;
  T* column;
};

/** Numbers of the outputs in a step; a column's is in every lane of the last vector. */
template <class T, int USED>
using OnlineRow = Abreast<T, USED>;

/** sums += x w, one chain an output. */
template <class T, int VECTORS, bool HAS_COLUMN>
inline void onlineSums(OnlineRow<T, VECTORS + HAS_COLUMN>& sums, const OnlineWeights<T>& w, const T* x, int inputs) {
  T column = HAS_COLUMN ? sums.each[VECTORS + HAS_COLUMN - 1][0] : 0;
  for (int i = 0; i < inputs; i++) {
    for (int p = 0; p < VECTORS; p++) {
      sums.each[p] = multiplyAdd(broadcast(x[i]), load(w.rows + i * ONLINE_ROW + p * LANES<T>), sums.each[p]);
    }
    if constexpr (HAS_COLUMN) column = multiplyAdd(x[i], w.column[i], column);
  }
  if constexpr (HAS_COLUMN) sums.each[VECTORS] = broadcast(column);
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

/** Adds a product's squares to sums in float64, of which float32 needs twice as many. */
inline void addProductSquares(__m256d* sums, __m256d product) { *sums += product * product; }
inline void addProductSquares(__m256d* sums, __m256 product) { addSquares(sums, &product); }
/** The same for a column: four sums, over the inputs modulo 4. */
inline __m256d addColumnSquares(__m256d sums, __m256d products) { return sums + products * products; }
inline __m256d addColumnSquares(__m256d sums, __m256 products) {
  const __m256d first = _mm256_cvtps_pd(_mm256_castps256_ps128(products));
  const __m256d second = _mm256_cvtps_pd(_mm256_extractf128_ps(products, 1));
  return _mm256_fmadd_pd(second, second, _mm256_fmadd_pd(first, first, sums));
}

/**
 * next = w - rate x g, and sums += nextX next. What the operations for every size write as x g + 0 is x g here: they
 * differ by the sign of a 0, which shows only in a weight of -0, and there is none.
 * @param squares of x g, summed up for every output: four chains, over the inputs modulo 4
 */
template <class T, int VECTORS, bool HAS_COLUMN>
__attribute__((always_inline)) inline void onlinePass(const OnlineWeights<T>& w, const OnlineWeights<T>& next,
                                                      const T* x, const T* nextX, int inputs, Vector<T> rate,
                                                      const T* gradients,
                                                      OnlineRow<T, VECTORS + HAS_COLUMN>& sums, double* squares) {
  constexpr int L = LANES<T>;
  constexpr int USED = VECTORS + HAS_COLUMN;
  constexpr int HALVES = L / 4;
  using Chain = Abreast<double, std::max(1, VECTORS * HALVES)>;
  // Copies: stores of vectors could change what is referred to.
  const auto [rows, columnRows] = w;
  const auto [nextRows, nextColumn] = next;
  OnlineRow<T, USED> g;
  for (int p = 0; p < VECTORS; p++) g.each[p] = load(gradients + p * L);
  OnlineRow<T, USED> z = sums;
  T column = HAS_COLUMN ? z.each[USED - 1][0] : 0;
  // By name: an array of them would stay in memory.
  Chain first = {};
  Chain second = {};
  Chain third = {};
  Chain fourth = {};
  __m256d ofColumn = _mm256_setzero_pd();
  const auto rowsOf = [&](int i, Chain& chain) __attribute__((always_inline)) {
    for (int p = 0; p < VECTORS; p++) {
      const int at = i * ONLINE_ROW + p * L;
      const Vector<T> product = broadcastAt(x + i) * g.each[p];
      addProductSquares(chain.each + p * HALVES, product);
      const Vector<T> updated = load(rows + at) - rate * product;
      store(nextRows + at, updated);
      z.each[p] = multiplyAdd(broadcastAt(nextX + i), updated, z.each[p]);
    }
  };
  const auto fourRowsOf = [&](int i) __attribute__((always_inline)) {
    rowsOf(i, first);
    rowsOf(i + 1, second);
    rowsOf(i + 2, third);
    rowsOf(i + 3, fourth);
  };
  const auto columnOf = [&](int i, Vector<T> inputsOfColumn) __attribute__((always_inline)) {
    // From memory each time, or the chain would have to go there for want of a register.
    const Vector<T> products = inputsOfColumn * load(gradients + VECTORS * L);
    ofColumn = addColumnSquares(ofColumn, products);
    const Vector<T> updated = load(columnRows + i) - rate * products;
    store(nextColumn + i, updated);
    return updated;
  };
  int i = 0;
  for (; i + L <= inputs; i += L) {
    if constexpr (HAS_COLUMN) column = chainOfProducts(column, nextX + i, columnOf(i, load(x + i)));
    fourRowsOf(i);
    if constexpr (L > 4) fourRowsOf(i + 4);
  }
  if (i < inputs) {
    if constexpr (HAS_COLUMN) {
      const Vector<T> rest = columnOf(i, loadPart(x + i, inputs - i));
#pragma GCC unroll 8
      for (int lane = 0; lane < L - 1; lane++) {
        if (i + lane < inputs) column = multiplyAdd(nextX[i + lane], rest[lane], column);
      }
    }
    if (i + 4 <= inputs) {
      fourRowsOf(i);
      i += 4;
    }
    if (i < inputs) rowsOf(i, first);
    if (i + 1 < inputs) rowsOf(i + 1, second);
    if (i + 2 < inputs) rowsOf(i + 2, third);
  }
  sums = z;
  if constexpr (HAS_COLUMN) sums.each[VECTORS] = broadcast(column);
  const Chain ofRows = (first + second) + (third + fourth);
  for (int half = 0; half < VECTORS * HALVES; half++) store(squares + 4 * half, ofRows.each[half]);
  if constexpr (HAS_COLUMN) squares[VECTORS * L] = (ofColumn[0] + ofColumn[1]) + (ofColumn[2] + ofColumn[3]);
}

}  // namespace descent
