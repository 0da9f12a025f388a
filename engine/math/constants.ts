// Constants split into parts, so that a small integer times the first part is exact.

/** ln 2 to 40 bits, and the rest. */
export const LN2_HIGH = 0.6931471805592082
export const LN2_LOW = 7.371002565167799e-13
/** 1 / ln 2 */
export const INVERSE_LN2 = 1.4426950408889634

/** pi / 2 as 33 + 33 + 33 bits, and the rest. */
export const HALF_PI_1 = 1.5707963267341256
export const HALF_PI_2 = 6.077100506303966e-11
export const HALF_PI_3 = 2.0222662487111665e-21
export const HALF_PI_4 = 8.4784276603689e-32
/** 2 / pi */
export const TWO_OVER_PI = 0.6366197723675814

/** 2 / sqrt(pi) - 1 */
export const TWO_OVER_SQRT_PI_LESS_1 = 0.1283791670955126

export const PI = 3.141592653589793
