// Matrix products: C = start + A B with B in panels. Every element of C is one chain of multiply-adds over k
// in ascending order; only the order of the elements is chosen here. A tile of C, some rows of one or more
// panels, stays in registers while k runs.
#pragma once

#include <algorithm>

#include "vectors.h"

namespace descent {

inline constexpr int MOST_PANEL_NUMBERS = 16;
/** Steps of k after which sums go to memory, so that a panel's part stays in the first-level cache. */
inline constexpr int DEPTH = 256;
/** Rows that are taken through all panels together, so that their part of A stays in the second-level cache.
 */
inline constexpr int BLOCK_ROWS = 288;

template <class T>
inline constexpr T ZEROS[6 * MOST_PANEL_NUMBERS] = {};

/** A(m, k) = a[m row + k step]; B(k, j) of panel p = b[p panel + k step + j]; C(m, j) = c[m row + p panel +
 * j]. */
template <class T>
struct Product {
  const T* a;
  size_t aRow;
  size_t aStep;
  const T* b;
  size_t bStep;
  size_t bPanel;
  T* c;
  size_t cRow;
  size_t cPanel;
  int k;
  /** A row of as many numbers as C has columns, that the chains start from; null: from C itself. */
  const T* start;

  Product at(int row, int firstK, int panel) const {
    Product part = *this;
    part.a += row * aRow + firstK * aStep;
    part.b += panel * bPanel + firstK * bStep;
    part.c += row * cRow + panel * cPanel;
    return part;
  }
};

/** M rows of P panels of N vectors. */
template <class T, int M, int N, int P>
__attribute__((noinline)) void multiplyTile(const Product<T>& product) {
  constexpr int L = LANES<T>;
  Vector<T> sums[M][P][N];
  for (int m = 0; m < M; m++) {
    for (int p = 0; p < P; p++) {
      for (int n = 0; n < N; n++) {
        sums[m][p][n] =
            load(product.start != nullptr ? product.start + p * N * L + n * L
                                          : product.c + m * product.cRow + p * product.cPanel + n * L);
      }
    }
  }
  const size_t aRow = product.aRow;
  const size_t aStep = product.aStep;
  const size_t bStep = product.bStep;
  const size_t bPanel = product.bPanel;
  // Rows in groups of three, each by its own pointer: addresses are then a pointer plus a row or two.
  constexpr int GROUPS = (M + 2) / 3;
  const T* a[GROUPS];
  for (int group = 0; group < GROUPS; group++) a[group] = product.a + 3 * group * aRow;
  const T* b = product.b;
  for (int k = product.k; k > 0; k--) {
    // The next panel comes from far away, while this one stays near: by the time it is its turn it is here.
    if constexpr (P == 1 && M > 1) _mm_prefetch(reinterpret_cast<const char*>(b + bPanel), _MM_HINT_T1);
    Vector<T> right[P][N];
    for (int p = 0; p < P; p++) {
      for (int n = 0; n < N; n++) right[p][n] = load(b + p * bPanel + n * L);
    }
    for (int m = 0; m < M; m++) {
      const Vector<T> left = broadcast(a[m / 3][m % 3 * aRow]);
      for (int p = 0; p < P; p++) {
        for (int n = 0; n < N; n++) sums[m][p][n] = multiplyAdd(left, right[p][n], sums[m][p][n]);
      }
    }
    for (int group = 0; group < GROUPS; group++) a[group] += aStep;
    b += bStep;
  }
  for (int m = 0; m < M; m++) {
    for (int p = 0; p < P; p++) {
      for (int n = 0; n < N; n++)
        store(product.c + m * product.cRow + p * product.cPanel + n * L, sums[m][p][n]);
    }
  }
}

/** Most rows of a tile, so that sums, operands and a product fit 16 registers. */
template <int N>
inline constexpr int TILE_ROWS = 12 / N;
/** Most panels beside each other in a tile of so many rows. */
template <int N>
inline constexpr int tilePanels(int rows) {
  return std::max(1, std::min(6, 12 / (N * rows)));
}

template <class T, int N, int M, int P>
inline void dispatchPanels(const Product<T>& product, int panels) {
  if constexpr (P > 1) {
    if (panels < P) return dispatchPanels<T, N, M, P - 1>(product, panels);
  }
  multiplyTile<T, M, N, P>(product);
}

template <class T, int N>
inline void multiplyTileOf(const Product<T>& product, int rows, int panels) {
  switch (rows) {
#define DESCENT_ROWS(M)                                                                          \
  case M:                                                                                        \
    if constexpr (M <= TILE_ROWS<N>) dispatchPanels<T, N, M, tilePanels<N>(M)>(product, panels); \
    break;
    DESCENT_ROWS(1)
    DESCENT_ROWS(2)
    DESCENT_ROWS(3)
    DESCENT_ROWS(4)
    DESCENT_ROWS(5)
    DESCENT_ROWS(6)
    DESCENT_ROWS(7)
    DESCENT_ROWS(8)
    DESCENT_ROWS(9)
    DESCENT_ROWS(10)
    DESCENT_ROWS(11)
    DESCENT_ROWS(12)
#undef DESCENT_ROWS
  }
}

/** The part of `count` things that is number `index` of `parts`: as equal as can be. */
struct Share {
  int first;
  int end;
};
inline Share shareOf(int count, int index, int parts) {
  if (parts == 1) return {0, count};
  return {static_cast<int>(static_cast<int64_t>(count) * index / parts),
          static_cast<int>(static_cast<int64_t>(count) * (index + 1) / parts)};
}
inline int partsOf(int count, int most) { return (count + most - 1) / most; }

/** `rows` rows of one or more panels, in tiles of nearly equal height. */
template <class T, int N>
inline void multiplyRows(const Product<T>& product, int rows, int panels) {
  if (rows <= TILE_ROWS<N>) return multiplyTileOf<T, N>(product, rows, panels);
  const int tiles = partsOf(rows, TILE_ROWS<N>);
  for (int tile = 0; tile < tiles; tile++) {
    const Share share = shareOf(rows, tile, tiles);
    multiplyTileOf<T, N>(product.at(share.first, 0, 0), share.end - share.first, panels);
  }
}

/**
 * All rows and panels. `finish(firstRow, rows, firstPanel, panels)` is called for each part of C when it is
 * done and still in the cache.
 */
template <class T, int N, class Finish>
inline void multiply(const Product<T>& product, int rows, int panels, Finish finish) {
  constexpr int width = N * LANES<T>;
  // Few rows: the latency of their chains is the limit, so several panels go beside each other.
  const int beside = rows <= TILE_ROWS<N> / 2 ? tilePanels<N>(rows) : 1;
  if (beside > 1 || product.k <= DEPTH) {
    const int groups = partsOf(panels, beside);
    for (int group = 0; group < groups; group++) {
      const Share share = shareOf(panels, group, groups);
      Product<T> part = product.at(0, 0, share.first);
      if (product.start != ZEROS<T>) part.start += share.first * width;
      multiplyRows<T, N>(part, rows, share.end - share.first);
      finish(0, rows, share.first, share.end - share.first);
    }
    return;
  }
  const int depths = partsOf(product.k, DEPTH);
  const int blocks = partsOf(rows, BLOCK_ROWS);
  for (int block = 0; block < blocks; block++) {
    const Share blockRows = shareOf(rows, block, blocks);
    for (int depth = 0; depth < depths; depth++) {
      const Share steps = shareOf(product.k, depth, depths);
      for (int panel = 0; panel < panels; panel++) {
        Product<T> part = product.at(blockRows.first, steps.first, panel);
        part.k = steps.end - steps.first;
        if (depth > 0) part.start = nullptr;
        else if (product.start != ZEROS<T>) part.start += panel * width;
        multiplyRows<T, N>(part, blockRows.end - blockRows.first, 1);
        if (depth == depths - 1) finish(blockRows.first, blockRows.end - blockRows.first, panel, 1);
      }
    }
  }
}

}  // namespace descent
