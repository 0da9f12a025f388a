// Grid layers (engine/kernels/grid.ts). Cells that share a kernel or a source are computed from a copy of the
// plane with its border around it, so that every cell has the same neighbours; the rest goes run by run.
#pragma once

#include "activations.h"
#include "thread.h"

namespace descent {

/** Cells [reader, reader + length) read cells [source, source + length) through one place. */
struct Run {
  int place;
  int reader;
  int source;
  int length;
};

struct Grid {
  int sharing;
  int cells;
  int rows;
  int columns;
  int kernelRows;
  int kernelColumns;
  bool isCircular;
  int runs;
  const int32_t* runPlaces;
  const int32_t* runReaders;
  const int32_t* runSources;
  const int32_t* runLengths;

  Grid(const Thread& thread, const Operation& op)
      : sharing(op[abi::GRID_SHARING]),
        cells(op[abi::GRID_CELLS]),
        rows(op[abi::GRID_PLANE_ROWS]),
        columns(op[abi::GRID_PLANE_COLUMNS]),
        kernelRows(op[abi::GRID_KERNEL_ROWS]),
        kernelColumns(op[abi::GRID_KERNEL_COLUMNS]),
        isCircular(op[abi::GRID_CIRCULAR] != 0),
        runs(op[abi::GRID_RUNS]),
        runPlaces(thread.at<int32_t>(op[abi::GRID_RUN_PLACES])),
        runReaders(thread.at<int32_t>(op[abi::GRID_RUN_READERS])),
        runSources(thread.at<int32_t>(op[abi::GRID_RUN_SOURCES])),
        runLengths(thread.at<int32_t>(op[abi::GRID_RUN_LENGTHS])) {}

  int places() const { return kernelRows * kernelColumns; }
  int above() const { return kernelRows / 2; }
  int before() const { return kernelColumns / 2; }
  Run run(int index) const {
    return {runPlaces[index], runReaders[index], runSources[index], runLengths[index]};
  }
};

/** to = a b, number by number. */
template <class T>
inline void multiplyRow(T* to, const T* a, const T* b, int count) {
  constexpr int L = LANES<T>;
  int i = 0;
  for (; i + L <= count; i += L) store(to + i, load(a + i) * load(b + i));
  if (i < count) storePart(to + i, loadPart(a + i, count - i) * loadPart(b + i, count - i), count - i);
}

// ---- by neighbours
// --------------------------------------------------------------------------------------------

template <class T, int N>
inline void storeEach(T* to, const ptrdiff_t (&at)[N], const Abreast<T, N>& vectors) {
  for (int n = 0; n < N; n++) store(to + at[n], vectors.each[n]);
}
template <class T, int N>
inline Abreast<T, N> loadEach(const T* from, const ptrdiff_t (&at)[N]) {
  Abreast<T, N> vectors;
  for (int n = 0; n < N; n++) vectors.each[n] = load(from + at[n]);
  return vectors;
}

/** A plane with its border around it, in the thread's scratch area. */
template <class T>
struct Bordered {
  const Grid& grid;
  T* cells;
  /** Room for a whole vector behind the last column; whole vectors, so that a row's cells begin with one. */
  size_t stride;
  int lines;

  Bordered(const Thread& thread, const Grid& grid)
      : grid(grid),
        cells(reinterpret_cast<T*>(thread.scratch) + wholeVectors(grid.before()) - grid.before()),
        stride(wholeVectors(grid.columns + 2 * grid.before() + LANES<T>)),
        lines(grid.rows + 2 * grid.above()) {}

  static int wholeVectors(int count) { return partsOf(count, LANES<T>) * LANES<T>; }

  /** Whether there is room for it, and its border is no larger than the plane. */
  bool isPossible(const Thread& thread) const {
    return (lines * stride + 2 * LANES<T>)*sizeof(T) <= thread.scratchBytes &&
           (!grid.isCircular || (grid.above() <= grid.rows && grid.before() <= grid.columns));
  }

  /** Zeros beyond an open border; filling leaves them alone. */
  void clear() const {
    if (!grid.isCircular) std::fill(cells, cells + lines * stride, T(0));
  }

  /** First columns of the vectors that cover a row of cells: the last one may overlap the one before. */
  int startOf(int vector) const { return std::max(0, std::min(vector * LANES<T>, grid.columns - LANES<T>)); }
  int vectors() const { return partsOf(grid.columns, LANES<T>); }

  /** Takes over a plane, each number times that of `factors` where there are any. */
  void fill(const T* plane, const T* factors) const {
    if (factors == nullptr) fillWith(plane, [](int, int, Vector<T> numbers) { return numbers; });
    else
      fillWith(plane, [factors](int at, int count, Vector<T> numbers) {
        return numbers * loadFirst(factors + at, count);
      });
    if (!grid.isCircular) return;
    for (int row = 0; row < grid.rows; row++) {
      T* to = firstCell() + row * stride;
      for (int i = 1; i <= grid.before(); i++) to[-i] = to[grid.columns - i];
      for (int i = 0; i < grid.before(); i++) to[grid.columns + i] = to[i];
    }
    const size_t bytes = grid.above() * stride * sizeof(T);
    std::memcpy(cells, cells + grid.rows * stride, bytes);
    std::memcpy(cells + (grid.rows + grid.above()) * stride, cells + grid.above() * stride, bytes);
  }

  /**
   * sums = start + chain over the places of every cell's neighbour, each times its place's weight where there
   * are weights. For what comes back (IS_RETURN) the neighbours are those that read the cell.
   */
  template <bool IS_WEIGHTED, bool IS_RETURN>
  void addNeighbours(T* sums, const T* start, const T* weights) const {
    if (hasThreeLines()) {
      addThrees<IS_WEIGHTED, IS_RETURN>(start, weights, [=](const auto& at, const auto& found) {
        storeEach(sums, at, found);
      });
      return;
    }
    for (int vector = 0; vector < vectors(); vector++) addLines<IS_WEIGHTED, IS_RETURN>(sums, start, weights, vector);
  }

  bool hasThreeLines() const {
    return grid.kernelRows == 3 && grid.kernelColumns == 3 && grid.columns >= LANES<T>;
  }

  /**
   * The same for 3 x 3 places, where hasThreeLines(): `use(at, sums)` gets the sums of vectors of cells, and which
   * cells they begin with. Vectors may overlap, so cells may come twice.
   */
  template <bool IS_WEIGHTED, bool IS_RETURN, class Use>
  __attribute__((always_inline)) void addThrees(const T* start, const T* weights, Use use) const {
    int vector = 0;
    for (; vector + 2 <= vectors(); vector += 2) addThreeLines<IS_WEIGHTED, IS_RETURN, 2>(start, weights, vector, use);
    if (vector < vectors()) addThreeLines<IS_WEIGHTED, IS_RETURN, 1>(start, weights, vector, use);
  }

 private:
  T* firstCell() const { return cells + grid.above() * stride + grid.before(); }

  /** Column of vectors by column: rows are too short for loops of their own. */
  template <class Use>
  __attribute__((always_inline)) void fillWith(const T* plane, Use use) const {
    // Copies: stores of vectors could change what is referred to.
    const int columns = grid.columns;
    const int rows = grid.rows;
    const size_t step = stride;
    for (int vector = 0; vector < vectors(); vector++) {
      const int first = startOf(vector);
      T* to = firstCell() + first;
      for (int at = first, row = 0; row < rows; row++, at += columns, to += step) {
        storeFirst(to, use(at, columns, loadFirst(plane + at, columns)), columns);
      }
    }
  }

  template <bool IS_WEIGHTED>
  static Vector<T> addTerm(Vector<T> weight, Vector<T> value, Vector<T> sum) {
    if constexpr (IS_WEIGHTED) return multiplyAdd(weight, value, sum);
    else return sum + value;
  }

  /** addNeighbours for the columns of one vector. */
  template <bool IS_WEIGHTED, bool IS_RETURN>
  void addLines(T* sums, const T* start, const T* weights, int vector) const {
    constexpr ptrdiff_t step = IS_RETURN ? -1 : 1;
    const int i = startOf(vector);
    const T* corner = cells + i + (IS_RETURN ? (grid.kernelRows - 1) * stride + grid.kernelColumns - 1 : 0);
    for (int row = 0; row < grid.rows; row++, corner += stride) {
      const int at = row * grid.columns + i;
      Vector<T> sum = start == nullptr ? Vector<T>{} : loadFirst(start + at, grid.columns);
      const T* weight = weights;
      for (int line = 0; line < grid.kernelRows; line++) {
        const T* neighbour = corner + step * line * static_cast<ptrdiff_t>(stride);
        for (int column = 0; column < grid.kernelColumns; column++, neighbour += step) {
          sum = addTerm<IS_WEIGHTED>(IS_WEIGHTED ? broadcast(*weight++) : Vector<T>{}, load(neighbour), sum);
        }
      }
      storeFirst(sums + at, sum, grid.columns);
    }
  }

  /**
   * The same for 3 x 3 places and several vectors, line by line: a line's numbers go into the three sums that
   * need them, in the order of the places of each.
   */
  template <bool IS_WEIGHTED, bool IS_RETURN, int VECTORS, class Use>
  __attribute__((always_inline)) void addThreeLines(const T* start, const T* weights, int vector, Use use) const {
    constexpr ptrdiff_t step = IS_RETURN ? -1 : 1;
    const int rows = grid.rows;
    const ptrdiff_t rowStep = step * grid.columns;
    const ptrdiff_t lineStep = step * static_cast<ptrdiff_t>(stride);
    const ptrdiff_t firstRow = IS_RETURN ? static_cast<ptrdiff_t>(rows - 1) * grid.columns : 0;
    const T* line = cells + (IS_RETURN ? (lines - 1) * stride + 2 : 0);
    ptrdiff_t starts[VECTORS];
    for (int n = 0; n < VECTORS; n++) starts[n] = startOf(vector + n);
    Vector<T> factors[3][3] = {};
    if constexpr (IS_WEIGHTED) {
      for (int place = 0; place < 9; place++) factors[place / 3][place % 3] = broadcast(weights[place]);
    }
    Abreast<T, VECTORS> ending = {};
    Abreast<T, VECTORS> middle = {};
    for (int row = 0; row < rows + 2; row++, line += lineStep) {
      Abreast<T, VECTORS> beginning = {};
      if (start != nullptr && row < rows) {
        for (int n = 0; n < VECTORS; n++) beginning.each[n] = load(start + firstRow + row * rowStep + starts[n]);
      }
      for (int column = 0; column < 3; column++) {
        for (int n = 0; n < VECTORS; n++) {
          const Vector<T> value = load(line + starts[n] + step * column);
          beginning.each[n] = addTerm<IS_WEIGHTED>(factors[0][column], value, beginning.each[n]);
          middle.each[n] = addTerm<IS_WEIGHTED>(factors[1][column], value, middle.each[n]);
          ending.each[n] = addTerm<IS_WEIGHTED>(factors[2][column], value, ending.each[n]);
        }
      }
      if (row >= 2) {
        ptrdiff_t at[VECTORS];
        for (int n = 0; n < VECTORS; n++) at[n] = firstRow + (row - 2) * rowStep + starts[n];
        use(at, ending);
      }
      ending = middle;
      middle = beginning;
    }
  }
};

// ---- by runs
// --------------------------------------------------------------------------------------------------

/** Weights of the `count` readers from `reader` on through one place. */
template <class T>
inline Vector<T> weightsOf(const Grid& grid, const T* w, int place, int reader, int count) {
  if (grid.sharing == abi::SHARING_KERNEL) return broadcast(w[place]);
  return loadColumn(w + static_cast<size_t>(reader) * grid.places() + place, grid.places(), count);
}

/** Every run's part of the sums of some rows: to[reader] += w x from[source], or the other way for what
 * returns. */
template <class T>
inline void addRuns(const Grid& grid, const T* w, Matrix<T> from, Matrix<T> to, int rows, bool isReturn) {
  constexpr int L = LANES<T>;
  // Blocks of rows, so that weights are fetched once for several and the rows stay in the cache.
  constexpr int BLOCK = 4;
  for (int row = 0; row < rows; row += BLOCK) {
    const int end = std::min(rows, row + BLOCK);
    for (int s = 0; s < grid.runs; s++) {
      const Run run = grid.run(s);
      const int read = isReturn ? run.reader : run.source;
      const int written = isReturn ? run.source : run.reader;
      for (int i = 0; i < run.length; i += L) {
        const int count = run.length - i;
        const bool isSource = grid.sharing == abi::SHARING_SOURCE;
        const Vector<T> weights = !isSource  ? weightsOf(grid, w, run.place, run.reader + i, count)
                                  : isReturn ? broadcast(T(1))
                                             : loadFirst(w + run.source + i, count);
        for (int r = row; r < end; r++) {
          const Vector<T> value = loadFirst(from.row(r) + read + i, count);
          T* sum = to.row(r) + written + i;
          const Vector<T> old = loadFirst(sum, count);
          storeFirst(sum, isSource ? weights * value + old : multiplyAdd(weights, value, old), count);
        }
      }
    }
  }
}

// ---- operations
// -----------------------------------------------------------------------------------------------

template <class T>
inline Matrix<T> ownRows(const Thread& thread, int address, int stride) {
  return Matrix<T>{thread.at<T>(address), static_cast<size_t>(stride)}.rows(thread.own.first);
}

/** A layer of shared sources behind tanh: what returns to a cell, and the gradient of its sum in the layer before. */
template <class T>
DESCENT_AS_WRITTEN __attribute__((noinline)) void returnThroughTanh(const Bordered<T>& plane, T* returned, T* dx,
                                                                    const T* w, const T* y) {
  const auto finish = [=](const auto& at, const auto& sums) __attribute__((always_inline)) {
    const auto output = loadEach(y, at);
    storeEach(returned, at, sums);
    storeEach(dx, at, loadEach(w, at) * sums * (broadcast(T(1)) - output * output));
  };
  plane.template addThrees<false, true>(nullptr, nullptr, finish);
}

template <class T>
inline void gridForward(const Thread& thread, const Operation& op) {
  const Grid grid(thread, op);
  const int rows = thread.own.end - thread.own.first;
  const Matrix<T> x = ownRows<T>(thread, op[abi::GRID_FORWARD_X], op[abi::GRID_FORWARD_LDX]);
  const Matrix<T> y = ownRows<T>(thread, op[abi::GRID_FORWARD_Y], op[abi::GRID_FORWARD_LDY]);
  const Matrix<T> z = op[abi::GRID_FORWARD_Z] == 0
                          ? y
                          : ownRows<T>(thread, op[abi::GRID_FORWARD_Z], op[abi::GRID_FORWARD_LDZ]);
  const T* w = thread.at<T>(op[abi::GRID_FORWARD_W]);
  const T* b = thread.at<T>(op[abi::GRID_FORWARD_B]);
  const int activation = op[abi::GRID_FORWARD_ACTIVATION];
  const T parameter = static_cast<T>(op.number(abi::GRID_FORWARD_PARAMETER));
  const Bordered<T> plane(thread, grid);
  if (grid.sharing == abi::SHARING_NONE || !plane.isPossible(thread)) {
    for (int row = 0; row < rows; row++) std::copy(b, b + grid.cells, z.row(row));
    addRuns(grid, w, x, z, rows, false);
    activate(activation, parameter, z, y, rows, grid.cells);
    return;
  }
  plane.clear();
  for (int row = 0; row < rows; row++) {
    if (grid.sharing == abi::SHARING_SOURCE) {
      plane.fill(x.row(row), w);
      plane.template addNeighbours<false, false>(z.row(row), b, nullptr);
    } else {
      plane.fill(x.row(row), nullptr);
      plane.template addNeighbours<true, false>(z.row(row), b, w);
    }
    activate(activation, parameter, z.rows(row), y.rows(row), 1, grid.cells);
  }
}

template <class T>
inline void gridBackwardInput(const Thread& thread, const Operation& op) {
  const Grid grid(thread, op);
  const int rows = thread.own.end - thread.own.first;
  const auto matrix = [&](int address, int stride) { return ownRows<T>(thread, op[address], op[stride]); };
  const Matrix<T> g = matrix(abi::GRID_BACKWARD_INPUT_G, abi::GRID_BACKWARD_INPUT_LDG);
  const Matrix<T> dx = matrix(abi::GRID_BACKWARD_INPUT_DX, abi::GRID_BACKWARD_INPUT_LDDX);
  const Matrix<T> z = matrix(abi::GRID_BACKWARD_INPUT_Z, abi::GRID_BACKWARD_INPUT_LDZ);
  const Matrix<T> y = matrix(abi::GRID_BACKWARD_INPUT_Y, abi::GRID_BACKWARD_INPUT_LDY);
  const bool wantsInput = op[abi::GRID_BACKWARD_INPUT_DX] != 0;
  const bool isSource = grid.sharing == abi::SHARING_SOURCE;
  if (!wantsInput && !isSource) return;
  const T* w = thread.at<T>(op[abi::GRID_BACKWARD_INPUT_W]);
  const Matrix<T> sums =
      isSource ? matrix(abi::GRID_BACKWARD_INPUT_RETURNED, abi::GRID_BACKWARD_INPUT_LDR) : dx;
  const int activation = op[abi::GRID_BACKWARD_INPUT_ACTIVATION];
  const T parameter = static_cast<T>(op.number(abi::GRID_BACKWARD_INPUT_PARAMETER));
  const Bordered<T> plane(thread, grid);
  const bool goesByRuns = grid.sharing == abi::SHARING_NONE || !plane.isPossible(thread);
  if (goesByRuns) {
    for (int row = 0; row < rows; row++) std::fill(sums.row(row), sums.row(row) + grid.cells, T(0));
    addRuns(grid, w, g, sums, rows, true);
  } else {
    plane.clear();
  }
  const bool isTanh = isSource && wantsInput && !goesByRuns && plane.hasThreeLines() &&
                      activation == abi::ACTIVATION_TANH;
  for (int row = 0; row < rows; row++) {
    if (isTanh) {
      plane.fill(g.row(row), nullptr);
      returnThroughTanh(plane, sums.row(row), dx.row(row), w, y.row(row));
      continue;
    }
    if (!goesByRuns) {
      plane.fill(g.row(row), nullptr);
      if (isSource) plane.template addNeighbours<false, true>(sums.row(row), nullptr, nullptr);
      else plane.template addNeighbours<true, true>(sums.row(row), nullptr, w);
    }
    if (!wantsInput) continue;
    if (isSource) multiplyRow(dx.row(row), w, sums.row(row), grid.cells);
    multiplyBySlope(activation, parameter, dx.rows(row), z.rows(row), y.rows(row), 1, grid.cells);
  }
}

/**
 * sums[i] = chain over all rows of the batch, for the cells of a share. `add(row, i, count, sum)` is the sum
 * with a row's term.
 */
template <class T, class Add>
inline void sumOverRows(const Thread& thread, T* sums, Share cells, Add add) {
  constexpr int L = LANES<T>;
  constexpr int GROUP = 8;
  int i = cells.first;
  // Chains side by side: the latency of a single one would be the limit.
  for (; i + GROUP * L <= cells.end; i += GROUP * L) {
    Vector<T> chains[GROUP] = {};
    for (int row = 0; row < thread.rows; row++) {
      for (int n = 0; n < GROUP; n++) chains[n] = add(row, i + n * L, L, chains[n]);
    }
    for (int n = 0; n < GROUP; n++) store(sums + i + n * L, chains[n]);
  }
  for (; i < cells.end; i += L) {
    const int count = cells.end - i;
    Vector<T> sum = {};
    for (int row = 0; row < thread.rows; row++) sum = add(row, i, count, sum);
    storeFirst(sums + i, sum, count);
  }
}

/** The weight of one place, shared by all cells: eight chains over the numbers of each run, added in the end.
 */
template <class T>
inline T placeGradient(const Thread& thread, const Grid& grid, int firstRun, int endRun, Matrix<T> x,
                       Matrix<T> g) {
  constexpr int L = LANES<T>;
  constexpr int VECTORS = 8 / L;
  alignas(32) Vector<T> chains[VECTORS] = {};
  for (int row = 0; row < thread.rows; row++) {
    for (int s = firstRun; s < endRun; s++) {
      const Run run = grid.run(s);
      const T* left = g.row(row) + run.reader;
      const T* right = x.row(row) + run.source;
      for (int i = 0; i < run.length; i += 8) {
        for (int n = 0; n < VECTORS; n++) {
          const int count = run.length - i - n * L;
          if (count <= 0) break;
          chains[n] =
              multiplyAdd(loadFirst(left + i + n * L, count), loadFirst(right + i + n * L, count), chains[n]);
        }
      }
    }
  }
  T total = chains[0][0];
  for (int lane = 1; lane < 8; lane++) total += chains[lane / L][lane % L];
  return total;
}

template <class T>
inline void gridBackwardWeights(const Thread& thread, const Operation& op) {
  const Grid grid(thread, op);
  const auto matrix = [&](int address, int stride) {
    return Matrix<T>{thread.at<T>(op[address]), static_cast<size_t>(op[stride])};
  };
  const Matrix<T> x = matrix(abi::GRID_BACKWARD_WEIGHTS_X, abi::GRID_BACKWARD_WEIGHTS_LDX);
  const Matrix<T> g = matrix(abi::GRID_BACKWARD_WEIGHTS_G, abi::GRID_BACKWARD_WEIGHTS_LDG);
  const Matrix<T> returned = matrix(abi::GRID_BACKWARD_WEIGHTS_RETURNED, abi::GRID_BACKWARD_WEIGHTS_LDR);
  T* dw = thread.at<T>(op[abi::GRID_BACKWARD_WEIGHTS_DW]);
  T* db = thread.at<T>(op[abi::GRID_BACKWARD_WEIGHTS_DB]);
  const Share cells = thread.share(grid.cells);
  sumOverRows(thread, db, cells, [&](int row, int i, int count, Vector<T> sum) {
    return sum + loadFirst(g.row(row) + i, count);
  });
  if (grid.sharing == abi::SHARING_SOURCE) {
    sumOverRows(thread, dw, cells, [&](int row, int i, int count, Vector<T> sum) {
      return multiplyAdd(loadFirst(x.row(row) + i, count), loadFirst(returned.row(row) + i, count), sum);
    });
    return;
  }
  const int places = grid.places();
  if (grid.sharing == abi::SHARING_KERNEL) {
    const Share own = thread.share(places);
    int run = 0;
    for (int place = 0; place < own.end; place++) {
      const int first = run;
      while (run < grid.runs && grid.runPlaces[run] == place) run++;
      if (place >= own.first) dw[place] = placeGradient(thread, grid, first, run, x, g);
    }
    return;
  }
  std::fill(dw + static_cast<size_t>(cells.first) * places, dw + static_cast<size_t>(cells.end) * places,
            T(0));
  for (int s = 0; s < grid.runs; s++) {
    const Run run = grid.run(s);
    const int end = std::min(run.length, cells.end - run.reader);
    for (int i = std::max(0, cells.first - run.reader); i < end; i += LANES<T>) {
      const int count = std::min(end - i, LANES<T>);
      Vector<T> sum = {};
      for (int row = 0; row < thread.rows; row++) {
        sum = multiplyAdd(loadFirst(g.row(row) + run.reader + i, count),
                          loadFirst(x.row(row) + run.source + i, count), sum);
      }
      for (int lane = 0; lane < count; lane++) dw[(run.reader + i + lane) * places + run.place] = sum[lane];
    }
  }
}

}  // namespace descent
