// Waiting for all threads of a program: those that have arrived are counted, the last one opens the barrier.
#pragma once

#include <immintrin.h>
#ifndef _WIN32
#include <sched.h>
#endif

#include <atomic>
#include <cstdint>

namespace descent {

inline void waitForAll(uint8_t* barrier, int threads) {
  // Some microseconds; then the core is offered to whoever waits for it, most often the very thread that is missing.
  constexpr int MOST_SPINS = 400;
  auto& arrivals = *reinterpret_cast<std::atomic<int32_t>*>(barrier);
  auto& generation = *reinterpret_cast<std::atomic<int32_t>*>(barrier + 64);
  const int32_t current = generation.load(std::memory_order_acquire);
  if (arrivals.fetch_add(1, std::memory_order_acq_rel) + 1 == threads) {
    arrivals.store(0, std::memory_order_relaxed);
    generation.store(current + 1, std::memory_order_release);
    return;
  }
  for (int spins = 0; generation.load(std::memory_order_acquire) == current; spins++) {
    if (spins < MOST_SPINS) _mm_pause();
    else sched_yield();
  }
}

}  // namespace descent
