// Vectors of 256 bits of float32 or float64, under names that templates over the element type can use.
// + - * / and comparisons are the compiler's own operators on vectors.
#pragma once

#include <immintrin.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <type_traits>

// Of a function whose operations are to stay in their order: GCC moves them to where their results are used, so that
// what was to go on side by side waits, and registers are wanting.
#ifdef __clang__
#define DESCENT_AS_WRITTEN
#else
#define DESCENT_AS_WRITTEN __attribute__((optimize("no-tree-ter")))
#endif

namespace descent {

template <class T>
struct VectorOf;
template <>
struct VectorOf<float> {
  using Type = __m256;
};
template <>
struct VectorOf<double> {
  using Type = __m256d;
};
template <class T>
using Vector = typename VectorOf<T>::Type;

/** Elements of a vector. */
template <class T>
inline constexpr int LANES = 32 / sizeof(T);

inline __m256 load(const float* from) { return _mm256_loadu_ps(from); }
inline __m256d load(const double* from) { return _mm256_loadu_pd(from); }
inline void store(float* to, __m256 v) { _mm256_storeu_ps(to, v); }
inline void store(double* to, __m256d v) { _mm256_storeu_pd(to, v); }
inline __m256 broadcast(float x) { return _mm256_set1_ps(x); }
inline __m256d broadcast(double x) { return _mm256_set1_pd(x); }

/** From memory at once: of a number that it has already the compiler may make a detour. */
inline __m256 broadcastAt(const float* from) { return _mm256_broadcast_ss(from); }
inline __m256d broadcastAt(const double* from) { return _mm256_broadcast_sd(from); }

/** A constant in the vector type V, rounded to its elements. */
template <class V>
inline V constantOf(double x) {
  return broadcast(static_cast<std::remove_cvref_t<decltype(V{}[0])>>(x));
}

/** One step of a sum of products: fused in float32, product and sum each rounded in float64. */
inline __m256 multiplyAdd(__m256 a, __m256 b, __m256 c) { return _mm256_fmadd_ps(a, b, c); }
inline __m256d multiplyAdd(__m256d a, __m256d b, __m256d c) { return a * b + c; }
inline float multiplyAdd(float a, float b, float c) { return __builtin_fmaf(a, b, c); }
inline double multiplyAdd(double a, double b, double c) { return a * b + c; }

inline __m256 squareRoot(__m256 v) { return _mm256_sqrt_ps(v); }
inline __m256d squareRoot(__m256d v) { return _mm256_sqrt_pd(v); }

/** `a` in the lanes where `mask` is set, else `b`. */
inline __m256 select(__m256 mask, __m256 a, __m256 b) { return _mm256_blendv_ps(b, a, mask); }
inline __m256d select(__m256d mask, __m256d a, __m256d b) { return _mm256_blendv_pd(b, a, mask); }

// Comparisons with NaN are false.
inline __m256 greater(__m256 a, __m256 b) { return _mm256_cmp_ps(a, b, _CMP_GT_OQ); }
inline __m256d greater(__m256d a, __m256d b) { return _mm256_cmp_pd(a, b, _CMP_GT_OQ); }
inline __m256 less(__m256 a, __m256 b) { return _mm256_cmp_ps(a, b, _CMP_LT_OQ); }
inline __m256d less(__m256d a, __m256d b) { return _mm256_cmp_pd(a, b, _CMP_LT_OQ); }
inline __m256 equal(__m256 a, __m256 b) { return _mm256_cmp_ps(a, b, _CMP_EQ_OQ); }
inline __m256d equal(__m256d a, __m256d b) { return _mm256_cmp_pd(a, b, _CMP_EQ_OQ); }
inline bool anySet(__m256 mask) { return _mm256_movemask_ps(mask) != 0; }
inline bool anySet(__m256d mask) { return _mm256_movemask_pd(mask) != 0; }
inline __m256 both(__m256 a, __m256 b) { return _mm256_and_ps(a, b); }
inline __m256d both(__m256d a, __m256d b) { return _mm256_and_pd(a, b); }

inline __m256 either(__m256 a, __m256 b) { return _mm256_or_ps(a, b); }
inline __m256d either(__m256d a, __m256d b) { return _mm256_or_pd(a, b); }
inline bool hasNoBits(__m256 v) {
  return _mm256_testz_si256(_mm256_castps_si256(v), _mm256_castps_si256(v)) != 0;
}
inline bool hasNoBits(__m256d v) { return hasNoBits(_mm256_castpd_ps(v)); }

/** Several vectors that go through the same operations in turn, so that none waits for its own last result. */
template <class T, int N>
struct Abreast {
  Vector<T> each[N];
};
#define DESCENT_ABREAST(OPERATOR)                                                                            \
  template <class T, int N>                                                                                  \
  __attribute__((always_inline)) inline Abreast<T, N> operator OPERATOR(Abreast<T, N> a, Abreast<T, N> b) {  \
    for (int n = 0; n < N; n++) a.each[n] = a.each[n] OPERATOR b.each[n];                                    \
    return a;                                                                                                \
  }                                                                                                          \
  template <class T, int N, class B>                                                                         \
  __attribute__((always_inline)) inline Abreast<T, N> operator OPERATOR(Abreast<T, N> a, B b) {              \
    for (int n = 0; n < N; n++) a.each[n] = a.each[n] OPERATOR b;                                            \
    return a;                                                                                                \
  }                                                                                                          \
  template <class T, int N, class A>                                                                         \
  __attribute__((always_inline)) inline Abreast<T, N> operator OPERATOR(A a, Abreast<T, N> b) {              \
    for (int n = 0; n < N; n++) b.each[n] = a OPERATOR b.each[n];                                            \
    return b;                                                                                                \
  }
DESCENT_ABREAST(+)
DESCENT_ABREAST(-)
DESCENT_ABREAST(*)
DESCENT_ABREAST(/)
#undef DESCENT_ABREAST
template <class T, int N>
__attribute__((always_inline)) inline Abreast<T, N> operator-(Abreast<T, N> a) {
  for (int n = 0; n < N; n++) a.each[n] = -a.each[n];
  return a;
}

inline constexpr int32_t LANE_MASKS[16] = {-1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 0, 0, 0};
inline constexpr int64_t WIDE_LANE_MASKS[8] = {-1, -1, -1, -1, 0, 0, 0, 0};

/** All bits of the first `count` lanes. */
template <class T>
inline Vector<T> firstLanes(int count) {
  if constexpr (sizeof(T) == 4) {
    return _mm256_loadu_ps(reinterpret_cast<const float*>(LANE_MASKS + 8 - count));
  } else {
    return _mm256_loadu_pd(reinterpret_cast<const double*>(WIDE_LANE_MASKS + 4 - count));
  }
}

/** The first `count` numbers, 0 in the lanes behind them; nothing behind them is read. */
inline __m256 loadPart(const float* from, int count) {
  return _mm256_maskload_ps(from, _mm256_castps_si256(firstLanes<float>(count)));
}
inline __m256d loadPart(const double* from, int count) {
  return _mm256_maskload_pd(from, _mm256_castpd_si256(firstLanes<double>(count)));
}

/** `count` of a vector's numbers; the others are 0. */
template <class T>
inline Vector<T> loadFirst(const T* from, int count) {
  return count >= LANES<T> ? load(from) : loadPart(from, count);
}

/** The first `count` numbers of one column of a matrix; some number behind them. Not through memory, it would
 * stall. */
inline __m256 loadColumn(const float* from, size_t stride, int count) {
  const auto at = [=](int lane) { return from[lane < count ? lane * stride : 0]; };
  return _mm256_setr_ps(at(0), at(1), at(2), at(3), at(4), at(5), at(6), at(7));
}
inline __m256d loadColumn(const double* from, size_t stride, int count) {
  const auto at = [=](int lane) { return from[lane < count ? lane * stride : 0]; };
  return _mm256_setr_pd(at(0), at(1), at(2), at(3));
}

/** Nothing behind the first `count` numbers is touched. In pieces: masked stores are slow on some processors.
 */
inline void storePart(float* to, __m256 v, int count) {
  __m128 rest = _mm256_castps256_ps128(v);
  if (count & 4) {
    _mm_storeu_ps(to, rest);
    to += 4;
    rest = _mm256_extractf128_ps(v, 1);
  }
  if (count & 2) {
    _mm_storel_pi(reinterpret_cast<__m64*>(to), rest);
    to += 2;
    rest = _mm_movehl_ps(rest, rest);
  }
  if (count & 1) _mm_store_ss(to, rest);
}
inline void storePart(double* to, __m256d v, int count) {
  __m128d rest = _mm256_castpd256_pd128(v);
  if (count & 2) {
    _mm_storeu_pd(to, rest);
    to += 2;
    rest = _mm256_extractf128_pd(v, 1);
  }
  if (count & 1) _mm_store_sd(to, rest);
}

/** As many numbers of the vector as there is room for. */
template <class T>
inline void storeFirst(T* to, Vector<T> v, int room) {
  if (room >= LANES<T>) store(to, v);
  else if (room > 0) storePart(to, v, room);
}

template <class T>
inline void copyNumbers(T* to, const T* from, int count) {
  int i = 0;
  for (; i + LANES<T> <= count; i += LANES<T>) store(to + i, load(from + i));
  if (i < count) storePart(to + i, loadPart(from + i, count - i), count - i);
}

/** Adds the squares of 8 numbers to 8 sums in float64. A float32 number's square is exact there. */
inline void addSquares(__m256d sums[2], const __m256 numbers[1]) {
  const __m256d low = _mm256_cvtps_pd(_mm256_castps256_ps128(numbers[0]));
  const __m256d high = _mm256_cvtps_pd(_mm256_extractf128_ps(numbers[0], 1));
  sums[0] = _mm256_fmadd_pd(low, low, sums[0]);
  sums[1] = _mm256_fmadd_pd(high, high, sums[1]);
}
inline void addSquares(__m256d sums[2], const __m256d numbers[2]) {
  sums[0] += numbers[0] * numbers[0];
  sums[1] += numbers[1] * numbers[1];
}
inline void addSquares(__m256d sums[2], const float* from) {
  const __m256d low = _mm256_cvtps_pd(_mm_loadu_ps(from));
  const __m256d high = _mm256_cvtps_pd(_mm_loadu_ps(from + 4));
  sums[0] = _mm256_fmadd_pd(low, low, sums[0]);
  sums[1] = _mm256_fmadd_pd(high, high, sums[1]);
}
inline void addSquares(__m256d sums[2], const double* from) {
  const __m256d numbers[2] = {load(from), load(from + 4)};
  addSquares(sums, numbers);
}

}  // namespace descent
