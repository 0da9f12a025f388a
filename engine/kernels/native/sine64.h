// Sine and cosine in float64, engine/math/sine.ts operation by operation.
#pragma once

#include "functions64.h"

namespace descent::wide {

/** The angle that is left after whole quarter turns, as value + tail, and their number modulo 4. */
struct Angle {
  double value;
  double tail;
  int turns;
};

/** A natural number below 2^256, lowest word first. */
struct Integer {
  uint64_t words[4] = {};

  int bitLength() const {
    for (int i = 3; i >= 0; i--) {
      if (words[i] != 0) return 64 * i + 64 - __builtin_clzll(words[i]);
    }
    return 0;
  }
  bool bit(int index) const { return words[index / 64] >> index % 64 & 1; }
  void subtract(const Integer& other) {
    unsigned __int128 borrow = 0;
    for (int i = 0; i < 4; i++) {
      const unsigned __int128 difference = static_cast<unsigned __int128>(words[i]) - other.words[i] - borrow;
      words[i] = static_cast<uint64_t>(difference);
      borrow = difference >> 64 != 0;
    }
  }
  void addOne() {
    for (uint64_t& word : words) {
      if (++word != 0) return;
    }
  }
};

/** The nearest float64, of two the even one; `left` becomes what the number exceeds it by, with its sign. */
inline double nearest(const Integer& x, Integer& left, bool& isLeftNegative) {
  const int cut = x.bitLength() - 53;
  left = Integer();
  isLeftNegative = false;
  if (cut <= 0) return static_cast<double>(x.words[0]);
  uint64_t kept = x.words[cut / 64] >> cut % 64;
  if (cut % 64 != 0 && cut / 64 < 3) kept |= x.words[cut / 64 + 1] << (64 - cut % 64);
  bool hasMore = false;
  for (int i = 0; i < cut; i++) {
    if (!x.bit(i)) continue;
    left.words[i / 64] |= uint64_t{1} << i % 64;
    hasMore |= i < cut - 1;
  }
  if (x.bit(cut - 1) && (hasMore || (kept & 1) != 0)) {
    kept++;
    Integer whole;
    whole.words[cut / 64] = uint64_t{1} << cut % 64;
    whole.subtract(left);
    left = whole;
    isLeftNegative = true;
  }
  return std::ldexp(static_cast<double>(kept), cut);
}

/** 2/pi over 2^1216, lowest word first. */
inline constexpr uint64_t TWO_OVER_PI_WORDS[19] = {
    0x56033046fc7b6bab, 0x6bfb5fb11f8d5d08, 0x3d0739f78a5292ea, 0x7527bac7ebe5f17b, 0x4f463f669e5fea2d,
    0x6d367ecf27cb09b7, 0xef2f118b5a0a6d1f, 0x1ff897ffde05980f, 0x9c845f8bbdf9283b, 0x3991d639835339f4,
    0xe99c7026b45f7e41, 0xe88235f52ebb4484, 0xfe1deb1cb129a73e, 0x06492eea09d1921c, 0xb7246e3a424dd2e0,
    0xfe5163abdebbc561, 0xdb6295993c439041, 0xfc2757d1f534ddc0, 0xa2f9836e4e441529};
/** pi/2 over 2^192. */
inline constexpr uint64_t HALF_PI_WORDS[4] = {0x52049c1114cf98eb, 0x898cc51701b839a2, 0x921fb54442d18469, 1};

/** For huge x, in exact integers. */
inline Angle reduceExactly(double x) {
  const int64_t bits = bitsOf(std::fabs(x));
  const uint64_t mantissa = (bits & 0x000fffffffffffff) | 0x0010000000000000;
  const int exponent = static_cast<int>(bits >> 52) - 1075;

  uint64_t product[21] = {};
  unsigned __int128 carry = 0;
  for (int i = 0; i < 19; i++) {
    carry += static_cast<unsigned __int128>(mantissa) * TWO_OVER_PI_WORDS[i];
    product[i] = static_cast<uint64_t>(carry);
    carry >>= 64;
  }
  product[19] = static_cast<uint64_t>(carry);

  // 192 bits of the fraction, above them the quarter turns.
  const int shift = 1024 - exponent;
  uint64_t found[4];
  for (int i = 0; i < 4; i++) {
    const int word = shift / 64 + i;
    found[i] = word > 20 ? 0 : product[word] >> shift % 64;
    if (shift % 64 != 0 && word < 20) found[i] |= product[word + 1] << (64 - shift % 64);
  }
  int turns = found[3] & 3;
  Integer fraction = {{found[0], found[1], found[2], 0}};
  const bool isNegative = fraction.bit(191);
  if (isNegative) {
    turns++;
    Integer whole = {{0, 0, 0, 1}};
    whole.subtract(fraction);
    fraction = whole;
  }

  // fraction pi/2, rounded down: for a negative one, away from 0.
  uint64_t wide[8] = {};
  for (int i = 0; i < 4; i++) {
    unsigned __int128 sum = 0;
    for (int j = 0; j < 4; j++) {
      sum += static_cast<unsigned __int128>(fraction.words[i]) * HALF_PI_WORDS[j] + wide[i + j];
      wide[i + j] = static_cast<uint64_t>(sum);
      sum >>= 64;
    }
    wide[i + 4] = static_cast<uint64_t>(sum);
  }
  Integer angle = {{wide[3], wide[4], wide[5], wide[6]}};
  if (isNegative && (wide[0] | wide[1] | wide[2]) != 0) angle.addOne();

  Integer left;
  Integer ignored;
  bool isLeftNegative;
  bool isIgnored;
  const double value = nearest(angle, left, isLeftNegative);
  const double tail = nearest(left, ignored, isIgnored) * (isLeftNegative ? -1 : 1);
  const double sign = (x < 0) != isNegative ? -1 : 1;
  return {sign * std::ldexp(value, -192), sign * std::ldexp(tail, -192), (x < 0 ? -turns : turns) & 3};
}

inline Angle reduce(double x) {
  constexpr double HALF_PI_1 = 1.5707963267341256;
  constexpr double HALF_PI_2 = 6.077100506303966e-11;
  constexpr double HALF_PI_3 = 2.0222662487111665e-21;
  constexpr double HALF_PI_4 = 8.4784276603689e-32;
  constexpr double TWO_OVER_PI = 0.6366197723675814;
  if (std::fabs(x) >= 1647000) return reduceExactly(x);
  const double turns = __builtin_floor(x * TWO_OVER_PI + 0.5);
  const double first = x - turns * HALF_PI_1;
  const double w2 = turns * HALF_PI_2;
  const double second = first - w2;
  const double back2 = first - second;
  const double lost2 = first - (second + back2) + (back2 - w2);
  const double w3 = turns * HALF_PI_3;
  const double third = second - w3;
  const double back3 = second - third;
  const double lost3 = second - (third + back3) + (back3 - w3);
  const double small = lost2 + (lost3 - turns * HALF_PI_4);
  const double value = third + small;
  return {value, third - value + small, static_cast<int>(turns) & 3};
}

inline double sineSeries(double x, double tail) {
  const double z = x * x;
  const double w = z * z;
  const double odd = -1.0 / 6 + w * (-1.0 / 5040 + w * (-1.0 / 39916800 + w * (-1.0 / 1307674368000.0)));
  const double even =
      1.0 / 120 + w * (1.0 / 362880 + w * (1.0 / 6227020800.0 + w * (1.0 / 355687428096000.0)));
  return x + (z * x * (odd + z * even) + tail * (1 - 0.5 * z));
}

inline double cosineSeries(double x, double tail) {
  const double z = x * x;
  const double w = z * z;
  const double even = 1.0 / 24 + w * (1.0 / 40320 + w * (1.0 / 479001600 + w * (1.0 / 20922789888000.0)));
  const double odd =
      -1.0 / 720 + w * (-1.0 / 3628800 + w * (-1.0 / 87178291200.0 + w * (-1.0 / 6402373705728000.0)));
  const double half = 0.5 * z;
  const double sum = 1 - half;
  return sum + (1 - sum - half + (w * (even + z * odd) - x * tail));
}

inline double sin(double x) {
  if (x > -0.78 && x < 0.78) return x == 0 ? x : sineSeries(x, 0);
  if (!std::isfinite(x)) return NOT_A_NUMBER;
  const Angle rest = reduce(x);
  const double y =
      (rest.turns & 1) == 0 ? sineSeries(rest.value, rest.tail) : cosineSeries(rest.value, rest.tail);
  return rest.turns > 1 ? -y : y;
}

inline double cos(double x) {
  if (x > -0.78 && x < 0.78) return cosineSeries(x, 0);
  if (!std::isfinite(x)) return NOT_A_NUMBER;
  const Angle rest = reduce(x);
  const double y =
      (rest.turns & 1) == 0 ? cosineSeries(rest.value, rest.tail) : sineSeries(rest.value, rest.tail);
  return rest.turns == 1 || rest.turns == 2 ? -y : y;
}

}  // namespace descent::wide
