/* Fused multiply-adds from register to register, nothing else: what the machine can do at most on one core.
   Twelve independent chains hide the latency of the unit. Prints {"fma128":GF/s,"fma256":GF/s}. */
#include <immintrin.h>
#include <stdio.h>
#include <time.h>

#define CHAINS 12
#define TURNS 20000

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* The empty assembly keeps the sums in registers and the compiler from seeing that they are never used. */
#define PEAK(NAME, VECTOR, LANES, SET, FMA)                                   \
  static double NAME(void) {                                                  \
    VECTOR s[CHAINS], a = SET(0.999f), b = SET(1e-3f);                        \
    for (int i = 0; i < CHAINS; i++) s[i] = SET((float)i);                    \
    double start = now();                                                     \
    for (int turn = 0; turn < TURNS; turn++) {                                \
      s[0] = FMA(s[0], a, b); s[1] = FMA(s[1], a, b);                         \
      s[2] = FMA(s[2], a, b); s[3] = FMA(s[3], a, b);                         \
      s[4] = FMA(s[4], a, b); s[5] = FMA(s[5], a, b);                         \
      s[6] = FMA(s[6], a, b); s[7] = FMA(s[7], a, b);                         \
      s[8] = FMA(s[8], a, b); s[9] = FMA(s[9], a, b);                         \
      s[10] = FMA(s[10], a, b); s[11] = FMA(s[11], a, b);                     \
    }                                                                         \
    double seconds = now() - start;                                           \
    for (int i = 0; i < CHAINS; i++) __asm__ volatile("" : : "x"(s[i]));      \
    return 2e-9 * LANES * CHAINS * TURNS / seconds;                           \
  }

PEAK(peak128, __m128, 4, _mm_set1_ps, _mm_fmadd_ps)
PEAK(peak256, __m256, 8, _mm256_set1_ps, _mm256_fmadd_ps)

int main(void) {
  double best128 = 0, best256 = 0, end = now() + 0.4;
  while (now() < end) {
    double found = peak128();
    if (found > best128) best128 = found;
    found = peak256();
    if (found > best256) best256 = found;
  }
  printf("{\"fma128\":%.2f,\"fma256\":%.2f}\n", best128, best256);
  return 0;
}
