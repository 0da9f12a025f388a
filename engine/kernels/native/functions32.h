// The elementary functions of engine/math/single.ts on vectors, operation by operation.
#pragma once

#include "vectors.h"

namespace descent::single {

using V = __m256;
using I = __m256i;

inline V all(float x) { return _mm256_set1_ps(x); }
inline I allOf(int x) { return _mm256_set1_epi32(x); }
inline I bitsOf(V x) { return _mm256_castps_si256(x); }
inline V ofBits(I bits) { return _mm256_castsi256_ps(bits); }

inline constexpr float MAGIC = 12582912;
inline constexpr int MAGIC_BITS = 0x4b400000;
inline constexpr double MAGIC_64 = 6755399441055744;

inline constexpr float LOG2_E = 1.44269502f;
inline constexpr float LN2_HIGH = 0.693145752f;
inline constexpr float LN2_LOW = 1.42860677e-6f;
inline constexpr float R_LIMIT = 0.7855f;
inline constexpr float NORMAL_DENSITY_AT_0 = 0.39894228f;

// Coefficients from the highest power on.
inline constexpr float E[] = {0.00138698448f, 0.00836644694f, 0.0416674465f, 0.16666545f, 0.49999997f};
inline constexpr float T[] = {-0.0056922962f, 0.0206281673f, -0.0537365153f, 0.133314058f, -0.333332807f};
inline constexpr float L[] = {0.00208454439f, -0.0136916712f, 0.0421148241f, -0.0832389519f, 0.124795295f,
                              -0.161351711f,  0.198996231f,   -0.249888644f, 0.333327144f,   -0.499999881f};
inline constexpr float S[] = {-0.00019518286f, 0.00833218917f, -0.166666552f};
inline constexpr float C[] = {2.44323273e-5f, -0.00138873095f, 0.0416666456f};
inline constexpr float M[] = {0.00146917568f, -0.00339585776f, -0.00750315702f, 0.0603815578f,
                              -0.186524525f,  0.387137979f,    -0.607896626f,   0.755285144f};
inline constexpr float P[] = {-8.16959346e-6f, 0.000115018862f, -0.00118801999f,
                              0.00997416303f,  -0.0664905384f,  0.398942292f};
inline constexpr float D[] = {-8.48879208e-5f, 0.0011175595f, -0.00947522186f,
                              0.0598340444f,   -0.265960544f, 0.797884524f};

inline constexpr double HALF_PI_1 = 1.5707963267341256;
inline constexpr double HALF_PI_2 = 6.077100506303966e-11;
inline constexpr double HALF_PI_3 = 2.0222662487111665e-21;
inline constexpr double TWO_OVER_PI = 0.6366197723675814;

template <int N>
inline V polynomial(const float (&coefficients)[N], V x) {
  V sum = all(coefficients[0]);
  for (int n = 1; n < N; n++) sum = multiplyAdd(sum, x, all(coefficients[n]));
  return sum;
}

inline V negative(V x) { return ofBits(bitsOf(x) ^ bitsOf(all(-0.0f))); }
inline V absolute(V x) { return _mm256_andnot_ps(all(-0.0f), x); }
/** x > limit ? limit : x; NaN stays. */
inline V cutAbove(V x, float limit) { return _mm256_min_ps(all(limit), x); }
inline V cutBelow(V x, float limit) { return _mm256_max_ps(all(limit), x); }

inline V powerOfTwo(I k) { return ofBits(_mm256_slli_epi32(_mm256_add_epi32(k, allOf(127)), 23)); }

inline V scale(V factor, I k) {
  const I half = _mm256_srai_epi32(k, 1);
  return factor * powerOfTwo(half) * powerOfTwo(_mm256_sub_epi32(k, half));
}

inline I countOf(V shifted) { return _mm256_sub_epi32(bitsOf(shifted), allOf(MAGIC_BITS)); }

inline V exp(V x) {
  const V inside = cutBelow(cutAbove(x, 89), -104);
  const V shifted = multiplyAdd(inside, all(LOG2_E), all(MAGIC));
  const V k = shifted - all(MAGIC);
  V r = _mm256_fnmadd_ps(k, all(LN2_HIGH), inside);
  r = _mm256_fnmadd_ps(k, all(LN2_LOW), r);
  const V p = multiplyAdd(multiplyAdd(polynomial(E, r), r, all(1)), r, all(1));
  return scale(p, countOf(shifted));
}

inline V expm1(V x) {
  const V inside = cutBelow(cutAbove(x, 89), -25);
  const V shifted = multiplyAdd(inside, all(LOG2_E), all(MAGIC));
  const V k = shifted - all(MAGIC);
  V r = _mm256_fnmadd_ps(k, all(LN2_HIGH), inside);
  r = _mm256_fnmadd_ps(k, all(LN2_LOW), r);
  const V q = multiplyAdd(r * r, polynomial(E, r), r);
  const V power = powerOfTwo(_mm256_sub_epi32(countOf(shifted), allOf(1)));
  const V half = multiplyAdd(q, power, power - all(0.5f));
  return select(less(absolute(x), all(1e-20f)), x, half + half);
}

/** The polynomial of several vectors, one power after the other. */
template <int N, int COUNT>
__attribute__((always_inline)) inline Abreast<float, N> polynomial(const float (&coefficients)[COUNT],
                                                                   const Abreast<float, N>& x) {
  Abreast<float, N> sums;
  for (V& sum : sums.each) sum = all(coefficients[0]);
  for (int power = 1; power < COUNT; power++) {
    for (int n = 0; n < N; n++) sums.each[n] = multiplyAdd(sums.each[n], x.each[n], all(coefficients[power]));
  }
  return sums;
}

/**
 * exp where x >= 0; what is above 30 is taken for 30. k is then never negative and 2^k one number, so that there is
 * no need to scale in two steps.
 */
template <int N>
__attribute__((always_inline)) inline Abreast<float, N> expUpTo30(Abreast<float, N> x) {
  Abreast<float, N> shifted;
  Abreast<float, N> r;
  for (V& each : x.each) each = cutAbove(each, 30);
  for (int n = 0; n < N; n++) shifted.each[n] = multiplyAdd(x.each[n], all(LOG2_E), all(MAGIC));
  const Abreast<float, N> k = shifted - all(MAGIC);
  for (int n = 0; n < N; n++) r.each[n] = _mm256_fnmadd_ps(k.each[n], all(LN2_HIGH), x.each[n]);
  for (int n = 0; n < N; n++) r.each[n] = _mm256_fnmadd_ps(k.each[n], all(LN2_LOW), r.each[n]);
  Abreast<float, N> p = polynomial(E, r);
  for (int step = 0; step < 2; step++) {
    for (int n = 0; n < N; n++) p.each[n] = multiplyAdd(p.each[n], r.each[n], all(1));
  }
  // The last bits of the shifted number are k; the shift moves them to the exponent and those before them out.
  for (int n = 0; n < N; n++) {
    p.each[n] *= ofBits(_mm256_add_epi32(_mm256_slli_epi32(bitsOf(shifted.each[n]), 23), bitsOf(all(1))));
  }
  return p;
}

template <int N>
__attribute__((always_inline)) inline Abreast<float, N> tanh(Abreast<float, N> x) {
  Abreast<float, N> size;
  for (int n = 0; n < N; n++) size.each[n] = absolute(x.each[n]);
  // 1 from 9.01 on.
  Abreast<float, N> y = all(1) - all(2) / (expUpTo30(size + size) + all(1));
  const Abreast<float, N> z = size * size;
  Abreast<float, N> small = polynomial(T, z) * z;
  for (int n = 0; n < N; n++) small.each[n] = multiplyAdd(small.each[n], size.each[n], size.each[n]);
  for (int n = 0; n < N; n++) {
    y.each[n] = select(less(size.each[n], all(0.625f)), small.each[n], y.each[n]);
    y.each[n] = _mm256_or_ps(y.each[n], _mm256_and_ps(x.each[n], all(-0.0f)));
  }
  return y;
}
__attribute__((always_inline)) inline V tanh(V x) { return tanh(Abreast<float, 1>{{x}}).each[0]; }

inline V logistic(V x) {
  const V e = exp(negative(absolute(x)));
  return select(less(x, all(0)), e, all(1)) / (all(1) + e);
}

inline V softplus(V x) {
  const V u = exp(negative(absolute(x)));
  const V logarithm = multiplyAdd(u * u, polynomial(L, u), u);
  return select(greater(x, all(0)), x, all(0)) + logarithm;
}

/** Half of sineOf: r in float32 and the quarter turns in the last bits, for 4 numbers in float64. */
inline __m128 reduce(__m128 x, __m128i& turns) {
  const __m256d wide = _mm256_cvtps_pd(x);
  const __m256d shifted = wide * broadcast(TWO_OVER_PI) + broadcast(MAGIC_64);
  const __m256d k = shifted - broadcast(MAGIC_64);
  const __m256d r = wide - k * broadcast(HALF_PI_1) - k * broadcast(HALF_PI_2) - k * broadcast(HALF_PI_3);
  const __m256 halves = _mm256_castpd_ps(shifted);
  turns = _mm_castps_si128(
      _mm_shuffle_ps(_mm256_castps256_ps128(halves), _mm256_extractf128_ps(halves, 1), 0x88));
  return _mm256_cvtpd_ps(r);
}

inline V sineOf(V x, int quarters) {
  __m128i low;
  __m128i high;
  const __m128 lowRest = reduce(_mm256_castps256_ps128(x), low);
  const __m128 highRest = reduce(_mm256_extractf128_ps(x, 1), high);
  const V r = cutBelow(cutAbove(_mm256_set_m128(highRest, lowRest), R_LIMIT), -R_LIMIT);
  const I turns = _mm256_add_epi32(_mm256_set_m128i(high, low), allOf(quarters));
  const V z = r * r;
  const V sine = multiplyAdd(r * z, polynomial(S, z), r);
  const V cosine = multiplyAdd(z * z, polynomial(C, z), multiplyAdd(all(-0.5f), z, all(1)));
  // The last bit of the turns, moved to where the selection looks.
  const V isOdd = ofBits(_mm256_slli_epi32(turns, 31));
  const V y = select(isOdd, cosine, sine);
  const I sign = _mm256_slli_epi32(_mm256_and_si256(turns, allOf(2)), 30);
  return ofBits(_mm256_xor_si256(bitsOf(y), sign));
}

inline V sin(V x) { return select(equal(x, all(0)), x, sineOf(x, 0)); }
inline V cos(V x) { return sineOf(x, 1); }

inline V tail(V a) {
  const V q = all(1) / (a + all(4));
  const V v = (a - all(4)) * q;
  return polynomial(M, v) * q;
}

inline V timesDensity(V factor, V a) {
  const V front = ofBits(_mm256_and_si256(bitsOf(a), allOf(static_cast<int>(0xfffff000))));
  const V high = all(-0.5f) * (front * front);
  const V low = all(-0.5f) * ((a - front) * (a + front));
  const V shifted = multiplyAdd(high + low, all(LOG2_E), all(MAGIC));
  const V k = shifted - all(MAGIC);
  V r = _mm256_fnmadd_ps(k, all(LN2_HIGH), high) + low;
  r = _mm256_fnmadd_ps(k, all(LN2_LOW), r);
  const V p = multiplyAdd(multiplyAdd(polynomial(E, r), r, all(1)), r, all(1));
  return scale(factor * p, countOf(shifted));
}

inline V gelu(V x) {
  const V small = x * multiplyAdd(polynomial(P, x * x), x, all(0.5f));
  const V size = absolute(x);
  const V a = cutAbove(size, 15);
  const V m = tail(a);
  const V isNegative = less(x, all(0));
  const V t = timesDensity(select(isNegative, a * m, m), a);
  const V large = select(isNegative, negative(t), x * (all(1) - t));
  return select(less(size, all(1)), small, large);
}

inline V geluSlope(V x) {
  const V small = multiplyAdd(polynomial(D, x * x), x, all(0.5f));
  const V size = absolute(x);
  const V a = cutAbove(size, 15);
  const V t = timesDensity(multiplyAdd(all(-NORMAL_DENSITY_AT_0), a, tail(a)), a);
  const V large = select(less(x, all(0)), t, all(1) - t);
  return select(less(size, all(1)), small, large);
}

}  // namespace descent::single
