/*
 * Yardstick of the 4-tuple table: the same set as engine/allocator/tuple-table.ts (open addressing,
 * linear probing, two 32-bit words a slot, at most 70 % full, gaps closed on removal), written plainly
 * in C. One call per connect or close, never inlined.
 *
 * usage: tuples ROUNDS   prints one line a workload: name, ns per operation (median of the rounds)
 */
#define _POSIX_C_SOURCE 199309L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { LIVE = 1000000, PAIRS = 500000, FEWEST = 64 };
#define NOINLINE __attribute__((noipa))

static struct {
  uint32_t *slots;
  uint32_t mask;
  uint32_t size;
} table;

static uint32_t hash(uint32_t local, uint32_t remote) {
  uint32_t mixed = (local * 0x9e3779b1u) ^ (remote * 0x85ebca77u);
  mixed = (mixed ^ (mixed >> 15)) * 0x2c1b3c6du;
  return mixed ^ (mixed >> 13);
}

static void makeTable(uint32_t capacity) {
  table.slots = calloc(capacity, 8);
  if (table.slots == NULL) exit(1);
  table.mask = capacity - 1;
}

static void grow(void) {
  uint32_t *old = table.slots, capacity = table.mask + 1;
  makeTable(2 * capacity);
  for (uint32_t from = 0; from < capacity; from++) {
    uint32_t local = old[2 * from], remote = old[2 * from + 1];
    if (local == 0) continue;
    uint32_t at = hash(local, remote) & table.mask;
    while (table.slots[2 * at] != 0) at = (at + 1) & table.mask;
    table.slots[2 * at] = local;
    table.slots[2 * at + 1] = remote;
  }
  free(old);
}

NOINLINE static int add(uint32_t local, uint32_t remote) {
  uint32_t at = hash(local, remote) & table.mask;
  for (;; at = (at + 1) & table.mask) {
    uint32_t held = table.slots[2 * at];
    if (held == 0) break;
    if (held == local && table.slots[2 * at + 1] == remote) return 0;
  }
  table.slots[2 * at] = local;
  table.slots[2 * at + 1] = remote;
  if (++table.size > 0.7 * (table.mask + 1)) grow();
  return 1;
}

NOINLINE static int removeTuple(uint32_t local, uint32_t remote) {
  uint32_t gap = hash(local, remote) & table.mask;
  for (;; gap = (gap + 1) & table.mask) {
    uint32_t held = table.slots[2 * gap];
    if (held == 0) return 0;
    if (held == local && table.slots[2 * gap + 1] == remote) break;
  }
  for (uint32_t at = (gap + 1) & table.mask;; at = (at + 1) & table.mask) {
    uint32_t held = table.slots[2 * at], other = table.slots[2 * at + 1];
    if (held == 0) break;
    uint32_t home = hash(held, other) & table.mask;
    if (((at - home) & table.mask) < ((at - gap) & table.mask)) continue;
    table.slots[2 * gap] = held;
    table.slots[2 * gap + 1] = other;
    gap = at;
  }
  table.slots[2 * gap] = 0;
  table.size--;
  return 1;
}

static uint32_t locals[LIVE], remotes[LIVE];

/* The i-th connection: four local addresses, ports counting up, sixteen remote endpoints. */
static uint32_t localOf(uint32_t i) { return (1 + (i & 3)) << 16 | (1025 + (i >> 6) % 64511); }
static uint32_t remoteOf(uint32_t i) { return (5 + ((i >> 2) & 15)) << 16 | 443; }

static double nowNs(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int byValue(const void *x, const void *y) {
  double a = *(const double *)x, b = *(const double *)y;
  return (a > b) - (a < b);
}

static void report(const char *name, double *values, int count) {
  qsort(values, (size_t)count, sizeof *values, byValue);
  printf("%s %.3f\n", name, values[count / 2]);
}

int main(int argc, char **argv) {
  int rounds = argc > 1 ? atoi(argv[1]) : 9;
  if (rounds < 1 || rounds > 1000) return 2;
  double connects[1000], pairs[1000];
  for (int r = 0; r < rounds; r++) {
    makeTable(FEWEST);
    table.size = 0;
    double begin = nowNs();
    for (uint32_t i = 0; i < LIVE; i++) {
      locals[i] = localOf(i), remotes[i] = remoteOf(i);
      if (!add(locals[i], remotes[i])) return 1;
    }
    connects[r] = (nowNs() - begin) / LIVE;
    uint32_t state = 88172645u;
    begin = nowNs();
    for (uint32_t i = 0; i < PAIRS; i++) {
      state ^= state << 13, state ^= state >> 17, state ^= state << 5;
      uint32_t victim = state % LIVE;
      if (!removeTuple(locals[victim], remotes[victim])) return 1;
      locals[victim] = localOf(LIVE + i), remotes[victim] = remoteOf(LIVE + i);
      if (!add(locals[victim], remotes[victim])) return 1;
    }
    pairs[r] = (nowNs() - begin) / PAIRS;
    free(table.slots);
  }
  report("connect", connects, rounds);
  report("connect-close", pairs, rounds);
  return 0;
}
