// Running a training program; the layout of its memory is that of engine/kernels/program/abi.ts.
#pragma once

#include <cstdint>

namespace descent {

struct Outcome {
  /** Steps run. */
  int steps;
  /** The kind of an operation that is not known, which ends the program; else 0. */
  int unknownKind;
};

/** Needs AVX2 and FMA. */
Outcome runProgram(uint8_t* arena, uint32_t program, int first, int count, int thread);

}  // namespace descent
