// The float64 functions of engine/math, operation by operation: exp, log, erf and tanh of one number, and
// the exponential of a vector for the usual range.
#pragma once

#include <cmath>
#include <limits>

#include "vectors.h"

namespace descent::wide {

inline constexpr double LN2_HIGH = 0.6931471805592082;
inline constexpr double LN2_LOW = 7.371002565167799e-13;
inline constexpr double INVERSE_LN2 = 1.4426950408889634;
inline constexpr double TWO_OVER_SQRT_PI_LESS_1 = 0.1283791670955126;
inline constexpr double SQRT_2 = 1.4142135623730951;
inline constexpr double TWO54 = 18014398509481984;
inline constexpr double NOT_A_NUMBER = std::numeric_limits<double>::quiet_NaN();
inline constexpr double INFINITE = std::numeric_limits<double>::infinity();

inline int64_t bitsOf(double x) {
  int64_t bits;
  std::memcpy(&bits, &x, sizeof bits);
  return bits;
}
inline double ofBits(int64_t bits) {
  double x;
  std::memcpy(&x, &bits, sizeof x);
  return x;
}

/** 2^k for k from -1022 to 1023. */
inline double powerOfTwo(double k) { return ofBits(static_cast<int64_t>(k + 1023) << 52); }
inline __m256d powerOfTwo(__m256d k) {
  // The sum's last bits are k + 1023, which the shift moves to the exponent.
  const __m256d shifted = k + broadcast(4503599627370496.0 + 1023);
  return _mm256_castsi256_pd(_mm256_slli_epi64(_mm256_castpd_si256(shifted), 52));
}

template <class V>
__attribute__((always_inline)) inline V remainderSeries(V r) {
  const V z = r * r;
  const V even =
      1.0 / 2 +
      z * (1.0 / 24 + z * (1.0 / 720 + z * (1.0 / 40320 + z * (1.0 / 3628800 +
                                                               z * (1.0 / 479001600 + z / 87178291200.0)))));
  const V odd =
      1.0 / 6 +
      z * (1.0 / 120 + z * (1.0 / 5040 + z * (1.0 / 362880 + z * (1.0 / 39916800 + z / 6227020800.0))));
  return even + r * odd;
}

/** e^x / 2^k for the k nearest to x / ln 2, which is floor(x / ln 2 + 1/2). */
template <class V>
__attribute__((always_inline)) inline V reducedExp(V x, V k) {
  const V high = x - k * LN2_HIGH;
  const V low = k * LN2_LOW;
  const V r = high - low;
  const V tail = high - r - low;
  const V sum = 1.0 + r;
  return sum + (1.0 - sum + r + (tail * sum + r * r * remainderSeries(r)));
}

inline double exp(double x) {
  if (!(x <= 710)) return x > 0 ? INFINITE : NOT_A_NUMBER;
  if (x < -746) return 0;
  const double k = __builtin_floor(x * INVERSE_LN2 + 0.5);
  const double y = reducedExp(x, k);
  if (k < -1021) return y * powerOfTwo(k + 1000) * powerOfTwo(-1000.0);
  return k == 1024 ? y * 2 * powerOfTwo(1023.0) : y * powerOfTwo(k);
}

/** A function of one number in every lane. */
template <class F>
inline __m256d eachLane(F function, __m256d x) {
  alignas(32) double lanes[4];
  _mm256_store_pd(lanes, x);
  for (double& lane : lanes) lane = function(lane);
  return _mm256_load_pd(lanes);
}

__attribute__((noinline, cold)) inline __m256d expOfEach(__m256d x) {
  return eachLane([](double each) { return exp(each); }, x);
}

/** Inline everywhere: the call of a function costs a fifth of it. */
template <int N>
__attribute__((always_inline)) inline Abreast<double, N> exp(Abreast<double, N> x) {
  // Where a lane is beyond the usual range, or NaN, all go the way of single numbers.
  __m256d isUsual = less(x.each[0], broadcast(700.0));
  for (int n = 1; n < N; n++) isUsual = both(isUsual, less(x.each[n], broadcast(700.0)));
  for (int n = 0; n < N; n++) isUsual = both(isUsual, greater(x.each[n], broadcast(-700.0)));
  if (_mm256_movemask_pd(isUsual) != 15) [[unlikely]] {
    for (__m256d& each : x.each) each = expOfEach(each);
    return x;
  }
  Abreast<double, N> k = x * INVERSE_LN2 + 0.5;
  for (__m256d& each : k.each) each = _mm256_floor_pd(each);
  Abreast<double, N> power = reducedExp(x, k);
  for (int n = 0; n < N; n++) power.each[n] *= powerOfTwo(k.each[n]);
  return power;
}
__attribute__((always_inline)) inline __m256d exp(__m256d x) { return exp(Abreast<double, 1>{{x}}).each[0]; }

inline double expm1(double x) {
  if (x > -0.35 && x < 0.35) return x == 0 ? x : x + x * x * remainderSeries(x);
  if (!(x < 700)) return exp(x);
  if (x < -40) return -1;
  const double k = __builtin_floor(x * INVERSE_LN2 + 0.5);
  const double high = x - k * LN2_HIGH;
  const double low = k * LN2_LOW;
  const double r = high - low;
  const double tail = high - r - low;
  const double sum = 1 + r;
  const double scale = powerOfTwo(k);
  const double a = sum * scale;
  const double b = (1 - sum + r + (tail * sum + r * r * remainderSeries(r))) * scale;
  const double difference = a - 1;
  const double lost = a >= 1 ? a - difference - 1 : a - (difference + 1);
  return difference + (lost + b);
}

inline double tanh(double x) {
  const double size = std::fabs(x);
  if (size < 0.175) {
    if (size < 1e-9) return x;
    const double beyond = 4 * size * size * remainderSeries(2 * size);
    const double t = 2 * size + beyond;
    const double y = size + (beyond - size * t) / (t + 2);
    return x < 0 ? -y : y;
  }
  if (size >= 22) return x > 0 ? 1 : -1;
  const double t = expm1(2 * size);
  const double y = size < 0.55 ? t / (t + 2) : 1 - 2 / (t + 2);
  return x < 0 ? -y : y;
}

inline double seriesTail(double z) {
  const double w = z * z;
  const double odd =
      2.0 / 3 + w * (2.0 / 7 + w * (2.0 / 11 + w * (2.0 / 15 + w * (2.0 / 19 + w * (2.0 / 23)))));
  const double even = 2.0 / 5 + w * (2.0 / 9 + w * (2.0 / 13 + w * (2.0 / 17 + w * (2.0 / 21))));
  return z * (odd + z * even);
}

inline double combine(double k, double f, double correction) {
  const double half = 0.5 * f * f;
  const double s = f / (2 + f);
  const double small = s * (half + seriesTail(s * s)) + (k * LN2_LOW + correction);
  return k * LN2_HIGH + (f - (half - small));
}

/** x = 2^k m with m from sqrt(1/2) to sqrt(2). */
struct Split {
  double k;
  double m;
};
inline Split split(double x) {
  const int64_t bits = bitsOf(x);
  Split parts = {static_cast<double>((bits >> 52) - 1023),
                 ofBits((bits & 0x000fffffffffffff) | 0x3ff0000000000000)};
  if (parts.m > SQRT_2) {
    parts.m *= 0.5;
    parts.k++;
  }
  return parts;
}

inline double log(double x) {
  if (!(x > 0)) return x == 0 ? -INFINITE : NOT_A_NUMBER;
  if (x == INFINITE) return x;
  double below = 0;
  if (x < 2.2250738585072014e-308) {
    x *= TWO54;
    below = -54;
  }
  const Split parts = split(x);
  return combine(below + parts.k, parts.m - 1, 0);
}

inline double log1p(double x) {
  if (x > -0.29 && x < 0.41) return x == 0 ? x : combine(0, x, 0);
  if (!(x > -1)) return x == -1 ? -INFINITE : NOT_A_NUMBER;
  if (x > TWO54) return log(x);
  const double u = 1 + x;
  const double lost = x > 1 ? 1 - (u - x) : x - (u - 1);
  const Split parts = split(u);
  return combine(parts.k, parts.m - 1, lost / u);
}

struct ErfSeries {
  double terms[16];
  constexpr ErfSeries() : terms() {
    double factorial = 1;
    for (int n = 1; n <= 16; n++) {
      factorial *= -n;
      terms[n - 1] = (1 + TWO_OVER_SQRT_PI_LESS_1) / (factorial * (2 * n + 1));
    }
  }
};
inline constexpr ErfSeries ERF_SERIES;

inline constexpr double SCALED_COMPLEMENT[] = {
    0.23539786052806316,    -0.19250356995963763,   0.06240281534215092,    -0.01451023699781934,
    0.002090227935475092,   -7.06686286061568e-5,   -3.453534931301918e-5,  4.058708011274848e-6,
    7.658606648272536e-7,   -1.2775117739194956e-7, -2.6383148205038886e-8, 3.430795589636617e-9,
    1.1624891413917025e-9,  -4.467089196131627e-11, -5.132782536348744e-11, -3.5118753420166557e-12,
    1.8208624948932916e-12, 3.1321025297134553e-13, -3.3370635489012685e-14};

inline double erf(double x) {
  const double size = std::fabs(x);
  if (size < 0.75) {
    const double z = x * x;
    double sum = 0;
    for (int n = 15; n >= 0; n--) sum = ERF_SERIES.terms[n] + z * sum;
    return x + x * (TWO_OVER_SQRT_PI_LESS_1 + z * sum);
  }
  if (size >= 6) return x > 0 ? 1 : -1;
  if (x != x) return x;
  const double u = 47.0 / 21 - 221.0 / 21 / (size + 2.5);
  double scaled = 0;
  for (int n = 18; n >= 0; n--) scaled = SCALED_COMPLEMENT[n] + u * scaled;
  const double y = 1 - scaled * exp(-size * size);
  return x < 0 ? -y : y;
}

}  // namespace descent::wide
