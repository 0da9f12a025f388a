// Dense layers: forward, back to their inputs, gradients of their weights, and the transposed weights.
#pragma once

#include "activations.h"
#include "thread.h"

namespace descent {

/** Calls `use` with the vectors of a panel: 8 numbers, or 16 of float32. */
template <class T, class Use>
inline void withPanelVectors(int width, Use use) {
  if constexpr (sizeof(T) == 4) {
    if (width == 8) return use(std::integral_constant<int, 1>());
  }
  use(std::integral_constant<int, 2>());
}

template <class T>
inline void denseForward(const Thread& thread, const Operation& op) {
  const int outputs = op[abi::DENSE_FORWARD_OUTPUTS];
  const int width = op[abi::DENSE_FORWARD_PANEL_WIDTH];
  const int rows = thread.own.end - thread.own.first;
  if (rows == 0) return;
  const Matrix<T> y =
      Matrix<T>{thread.at<T>(op[abi::DENSE_FORWARD_Y]), static_cast<size_t>(op[abi::DENSE_FORWARD_LDY])}.rows(
          thread.own.first);
  const Matrix<T> z =
      op[abi::DENSE_FORWARD_Z] == 0
          ? y
          : Matrix<T>{thread.at<T>(op[abi::DENSE_FORWARD_Z]), static_cast<size_t>(op[abi::DENSE_FORWARD_LDZ])}
                .rows(thread.own.first);
  const size_t ldx = op[abi::DENSE_FORWARD_LDX];
  const Product<T> product = {
      .a = thread.at<T>(op[abi::DENSE_FORWARD_X]) + thread.own.first * ldx,
      .aRow = ldx,
      .aStep = 1,
      .b = thread.at<T>(op[abi::DENSE_FORWARD_W]),
      .bStep = static_cast<size_t>(width),
      .bPanel = static_cast<size_t>(op[abi::DENSE_FORWARD_PANEL_STRIDE]),
      .c = z.at,
      .cRow = z.stride,
      .cPanel = static_cast<size_t>(width),
      .k = op[abi::DENSE_FORWARD_INPUTS],
      .start = thread.at<T>(op[abi::DENSE_FORWARD_B]),
  };
  const int activation = op[abi::DENSE_FORWARD_ACTIVATION];
  const T parameter = static_cast<T>(op.number(abi::DENSE_FORWARD_PARAMETER));
  withPanelVectors<T>(width, [&](auto vectors) {
    constexpr int width = vectors.value * LANES<T>;
    multiply<T, vectors.value>(product, rows, partsOf(outputs, width),
                               [&](int row, int count, int panel, int panels) {
                                 const int first = panel * width;
                                 const int columns = std::min(panels * width, outputs - first);
                                 activate(activation, parameter, z.rows(row).columns(first),
                                          y.rows(row).columns(first), count, columns);
                               });
  });
}

template <class T>
inline void denseBackwardInput(const Thread& thread, const Operation& op) {
  const int inputs = op[abi::DENSE_BACKWARD_INPUT_INPUTS];
  const int width = op[abi::DENSE_BACKWARD_INPUT_T_WIDTH];
  const int rows = thread.own.end - thread.own.first;
  if (rows == 0) return;
  const auto matrix = [&](int address, int stride) {
    return Matrix<T>{thread.at<T>(op[address]), static_cast<size_t>(op[stride])}.rows(thread.own.first);
  };
  const Matrix<T> g = matrix(abi::DENSE_BACKWARD_INPUT_G, abi::DENSE_BACKWARD_INPUT_LDG);
  const Matrix<T> dx = matrix(abi::DENSE_BACKWARD_INPUT_DX, abi::DENSE_BACKWARD_INPUT_LDDX);
  const Matrix<T> z = matrix(abi::DENSE_BACKWARD_INPUT_Z, abi::DENSE_BACKWARD_INPUT_LDZ);
  const Matrix<T> y = matrix(abi::DENSE_BACKWARD_INPUT_Y, abi::DENSE_BACKWARD_INPUT_LDY);
  const Product<T> product = {
      .a = g.at,
      .aRow = g.stride,
      .aStep = 1,
      .b = thread.at<T>(op[abi::DENSE_BACKWARD_INPUT_WT]),
      .bStep = static_cast<size_t>(width),
      .bPanel = static_cast<size_t>(op[abi::DENSE_BACKWARD_INPUT_T_STRIDE]),
      .c = dx.at,
      .cRow = dx.stride,
      .cPanel = static_cast<size_t>(width),
      .k = op[abi::DENSE_BACKWARD_INPUT_OUTPUTS],
      .start = ZEROS<T>,
  };
  const int activation = op[abi::DENSE_BACKWARD_INPUT_ACTIVATION];
  const T parameter = static_cast<T>(op.number(abi::DENSE_BACKWARD_INPUT_PARAMETER));
  withPanelVectors<T>(width, [&](auto vectors) {
    constexpr int width = vectors.value * LANES<T>;
    multiply<T, vectors.value>(
        product, rows, partsOf(inputs, width), [&](int row, int count, int panel, int panels) {
          const int first = panel * width;
          const int columns = std::min(panels * width, inputs - first);
          multiplyBySlope(activation, parameter, dx.rows(row).columns(first), z.rows(row).columns(first),
                          y.rows(row).columns(first), count, columns);
        });
  });
}

// ---- gradients of the weights
// ---------------------------------------------------------------------------------

/** Sums of squares of a panel's columns: for each eight of them four chains of eight float64. */
template <int EIGHTS>
struct SquareSums {
  __m256d chains[EIGHTS][4][2];

  SquareSums() {
    // One by one: as a whole they would be cleared by a string instruction, which takes long to start.
    for (auto& eight : chains) {
      for (auto& chain : eight) {
        for (__m256d& sums : chain) sums = _mm256_setzero_pd();
      }
    }
  }

  void store(double* squares, int columns) const {
    for (int eight = 0; eight < EIGHTS; eight++) {
      for (int half = 0; half < 2; half++) {
        const auto& sums = chains[eight];
        const int first = 8 * eight + 4 * half;
        storeFirst(squares + first, (sums[0][half] + sums[1][half]) + (sums[2][half] + sums[3][half]),
                   columns - first);
      }
    }
  }
};

/**
 * Adds the squares of `count` rows of dw to those of each column: four chains over the inputs, of which the
 * first row belongs to the first.
 */
template <class T, int EIGHTS>
inline void addRowSquares(SquareSums<EIGHTS>& squares, const T* dw, int count) {
  constexpr int width = 8 * EIGHTS;
  for (int eight = 0; eight < EIGHTS; eight++) {
    auto& chains = squares.chains[eight];
    const T* from = dw + 8 * eight;
    int i = 0;
    for (; i + 4 <= count; i += 4, from += 4 * width) {
      for (int m = 0; m < 4; m++) addSquares(chains[m], from + m * width);
    }
    for (int m = 0; i + m < count; m++) addSquares(chains[m], from + m * width);
  }
}

/** Adds rows of g's panel to the sums of its columns, and copies them side by side if they are `packed`. */
template <class T, int N>
inline void addRows(T* packed, const T* g, size_t stride, int rows, Vector<T> (&sums)[N]) {
  constexpr int L = LANES<T>;
  for (int r = 0; r < rows; r++) {
    for (int n = 0; n < N; n++) {
      const Vector<T> v = load(g + r * stride + n * L);
      if (packed != nullptr) store(packed + (r * N + n) * L, v);
      sums[n] += v;
    }
  }
}

/** One panel of a batch of one example: nothing is summed up, so squares are taken from what is being stored.
 */
template <class T, int N>
inline void panelGradientsOfOne(const T* x, const T* g, int inputs, T* dw, T* db, double* squares,
                                int columns) {
  constexpr int L = LANES<T>;
  constexpr int width = N * L;
  constexpr int EIGHTS = width / 8;
  Vector<T> right[N];
  for (int n = 0; n < N; n++) {
    right[n] = load(g + n * L);
    storeFirst(db + n * L, right[n] + Vector<T>{}, columns - n * L);
  }
  SquareSums<EIGHTS> sums;
  const auto addRow = [&](int i, int chain) {
    T* row = dw + static_cast<size_t>(i) * width;
    const Vector<T> left = broadcast(x[i]);
    for (int eight = 0; eight < EIGHTS; eight++) {
      constexpr int EACH = 8 / L;
      Vector<T> products[EACH];
      for (int n = 0; n < EACH; n++) {
        products[n] = multiplyAdd(left, right[eight * EACH + n], Vector<T>{});
        store(row + 8 * eight + n * L, products[n]);
      }
      addSquares(sums.chains[eight][chain], products);
    }
  };
  int i = 0;
  for (; i + 4 <= inputs; i += 4) {
    for (int chain = 0; chain < 4; chain++) addRow(i + chain, chain);
  }
  for (int chain = 0; i + chain < inputs; chain++) addRow(i + chain, chain);
  sums.store(squares, columns);
}

/** One panel: dw, db and squares of `columns` outputs. */
template <class T, int N>
inline void panelGradients(const Thread& thread, const T* x, size_t ldx, const T* g, size_t ldg, int inputs,
                           T* dw, T* db, double* squares, int columns) {
  constexpr int L = LANES<T>;
  constexpr int width = N * L;
  constexpr int EIGHTS = width / 8;
  // Whole fours of inputs, so that a block's first row belongs to the first chain of squares.
  constexpr int BLOCK_INPUTS = 96;
  // Few rows stay in the cache wherever they are.
  constexpr int FEW_ROWS = 16;
  T* packed = thread.rows <= FEW_ROWS ? nullptr : reinterpret_cast<T*>(thread.scratch);
  Vector<T> biasSums[N] = {};
  SquareSums<EIGHTS> squareSums;
  const int depths = partsOf(thread.rows, DEPTH);
  for (int depth = 0; depth < depths; depth++) {
    const Share steps = shareOf(thread.rows, depth, depths);
    const int count = steps.end - steps.first;
    const T* rows = g + steps.first * ldg;
    addRows<T, N>(packed, rows, ldg, count, biasSums);
    const Product<T> product = {
        .a = x + steps.first * ldx,
        .aRow = 1,
        .aStep = ldx,
        .b = packed == nullptr ? rows : packed,
        .bStep = packed == nullptr ? ldg : width,
        .bPanel = 0,
        .c = dw,
        .cRow = width,
        .cPanel = 0,
        .k = count,
        .start = depth == 0 ? ZEROS<T> : nullptr,
    };
    for (int i = 0; i < inputs; i += BLOCK_INPUTS) {
      const int block = std::min(BLOCK_INPUTS, inputs - i);
      multiplyRows<T, N>(product.at(i, 0, 0), block, 1);
      if (depth == depths - 1) addRowSquares(squareSums, dw + static_cast<size_t>(i) * width, block);
    }
  }
  for (int n = 0; n < N; n++) {
    storeFirst(db + n * L, biasSums[n], columns - n * L);
  }
  squareSums.store(squares, columns);
}

template <class T>
inline void denseBackwardWeights(const Thread& thread, const Operation& op) {
  const int outputs = op[abi::DENSE_BACKWARD_WEIGHTS_OUTPUTS];
  const size_t stride = op[abi::DENSE_BACKWARD_WEIGHTS_PANEL_STRIDE];
  const int inputs = op[abi::DENSE_BACKWARD_WEIGHTS_INPUTS];
  const size_t ldx = op[abi::DENSE_BACKWARD_WEIGHTS_LDX];
  const size_t ldg = op[abi::DENSE_BACKWARD_WEIGHTS_LDG];
  const T* x = thread.at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_X]);
  const T* g = thread.at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_G]);
  T* dw = thread.at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_DW]);
  T* db = thread.at<T>(op[abi::DENSE_BACKWARD_WEIGHTS_DB]);
  double* squares = thread.at<double>(op[abi::DENSE_BACKWARD_WEIGHTS_SQUARES]);
  withPanelVectors<T>(op[abi::DENSE_BACKWARD_WEIGHTS_PANEL_WIDTH], [&](auto vectors) {
    constexpr int width = vectors.value * LANES<T>;
    const Share panels = thread.share(partsOf(outputs, width));
    for (int panel = panels.first; panel < panels.end; panel++) {
      const int first = panel * width;
      const int columns = std::min(width, outputs - first);
      if (thread.rows == 1) {
        panelGradientsOfOne<T, vectors.value>(x, g + first, inputs, dw + panel * stride, db + first,
                                              squares + first, columns);
      } else {
        panelGradients<T, vectors.value>(thread, x, ldx, g + first, ldg, inputs, dw + panel * stride,
                                         db + first, squares + first, columns);
      }
    }
  });
}

// ---- transposed weights
// ---------------------------------------------------------------------------------------

/** Turns rows into columns: lane i of v[j] comes from lane j of v[i]. */
inline void transposeLanes(__m256 (&v)[8]) {
  __m256 pairs[8];
  for (int i = 0; i < 8; i += 2) {
    pairs[i] = _mm256_unpacklo_ps(v[i], v[i + 1]);
    pairs[i + 1] = _mm256_unpackhi_ps(v[i], v[i + 1]);
  }
  __m256 fours[8];
  for (int half = 0; half < 8; half += 4) {
    fours[half] = _mm256_shuffle_ps(pairs[half], pairs[half + 2], 0x44);
    fours[half + 1] = _mm256_shuffle_ps(pairs[half], pairs[half + 2], 0xee);
    fours[half + 2] = _mm256_shuffle_ps(pairs[half + 1], pairs[half + 3], 0x44);
    fours[half + 3] = _mm256_shuffle_ps(pairs[half + 1], pairs[half + 3], 0xee);
  }
  for (int j = 0; j < 4; j++) {
    v[j] = _mm256_permute2f128_ps(fours[j], fours[j + 4], 0x20);
    v[j + 4] = _mm256_permute2f128_ps(fours[j], fours[j + 4], 0x31);
  }
}
inline void transposeLanes(__m256d (&v)[4]) {
  const __m256d low01 = _mm256_unpacklo_pd(v[0], v[1]);
  const __m256d high01 = _mm256_unpackhi_pd(v[0], v[1]);
  const __m256d low23 = _mm256_unpacklo_pd(v[2], v[3]);
  const __m256d high23 = _mm256_unpackhi_pd(v[2], v[3]);
  v[0] = _mm256_permute2f128_pd(low01, low23, 0x20);
  v[1] = _mm256_permute2f128_pd(high01, high23, 0x20);
  v[2] = _mm256_permute2f128_pd(low01, low23, 0x31);
  v[3] = _mm256_permute2f128_pd(high01, high23, 0x31);
}

/** An L x L block: to[j][i] = from[i][j]. */
template <class T>
inline void transposeBlock(T* to, size_t toRow, const T* from, size_t fromRow) {
  Vector<T> v[LANES<T>];
  for (int i = 0; i < LANES<T>; i++) v[i] = load(from + i * fromRow);
  transposeLanes(v);
  for (int j = 0; j < LANES<T>; j++) store(to + j * toRow, v[j]);
}

template <class T>
inline void transpose(const Thread& thread, const Operation& op) {
  constexpr int L = LANES<T>;
  const int inputs = op[abi::TRANSPOSE_INPUTS];
  const int outputs = op[abi::TRANSPOSE_OUTPUTS];
  const int width = op[abi::TRANSPOSE_PANEL_WIDTH];
  const int toWidth = op[abi::TRANSPOSE_T_WIDTH];
  const size_t toStride = op[abi::TRANSPOSE_T_STRIDE];
  const Share panels = thread.share(partsOf(outputs, width));
  for (int panel = panels.first; panel < panels.end; panel++) {
    const T* from =
        thread.at<T>(op[abi::TRANSPOSE_W]) + panel * static_cast<size_t>(op[abi::TRANSPOSE_PANEL_STRIDE]);
    const int first = panel * width;
    const int count = std::min(width, outputs - first);
    for (int i = 0; i < inputs; i += L) {
      T* to = thread.at<T>(op[abi::TRANSPOSE_WT]) + i / toWidth * toStride + i % toWidth +
              static_cast<size_t>(first) * toWidth;
      for (int j = 0; j < count; j += L) {
        const T* block = from + static_cast<size_t>(i) * width + j;
        if (i + L <= inputs && j + L <= count) {
          transposeBlock(to + static_cast<size_t>(j) * toWidth, toWidth, block, width);
          continue;
        }
        for (int column = j; column < std::min(j + L, count); column++) {
          for (int row = 0; row < L; row++) {
            to[column * toWidth + row] = i + row < inputs ? from[(i + row) * width + column] : 0;
          }
        }
      }
    }
  }
}

}  // namespace descent
