// The elementary functions of the engine. Use these and not their namesakes of Math, whose last bits
// depend on the version of V8; sqrt, abs, floor, round, min, max and fround of Math are exact everywhere.

export { exp, expm1, logistic, tanh } from './exp'
export { log, log1p } from './log'
export { cos, sin } from './sine'
export { erf, erfc } from './erf'
export { integerPower } from './power'
export { PI } from './constants'
export { arithmeticOf } from './arithmetic'
export type { Arithmetic } from './arithmetic'
