// What an operation works with: the arena, its words, and the part of the step that its thread does.
#pragma once

#include <cstddef>
#include <cstdint>

#include "abi.h"
#include "product.h"

namespace descent {

struct Operation {
  const int32_t* words;

  int operator[](int word) const { return words[word]; }
  double number(int index) const {
    return reinterpret_cast<const double*>(words + abi::OPERATION_NUMBERS / 4)[index];
  }
};

/** One thread in one step. */
struct Thread {
  uint8_t* arena;
  int index;
  int threads;
  uint8_t* scratch;
  size_t scratchBytes;
  /** The step's record. */
  uint8_t* step;
  /** Examples of the batch, and those of them that are this thread's. */
  int rows;
  Share own;
  /** The norm of all gradients, once NORM has computed it. */
  double norm;

  template <class T>
  T* at(int address) const {
    return reinterpret_cast<T*>(arena + static_cast<uint32_t>(address));
  }
  template <class T>
  T& record(int offset) const {
    return *reinterpret_cast<T*>(step + offset);
  }
  Share share(int count) const { return shareOf(count, index, threads); }
};

}  // namespace descent
