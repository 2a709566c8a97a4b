/*
 * Yardstick of the allocator: the same sharing rules and the same two-level bitmaps as
 * engine/allocator, written plainly in C. One call per bind (never inlined), as the engine's caller
 * makes one; four addresses, ports 1025 to 65535, next-fit with one cursor.
 *
 * usage: allocator ROUNDS   prints one line a workload: name, ns per operation (median of the rounds)
 */
#define _POSIX_C_SOURCE 199309L
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { PORTS = 65536, WORDS = PORTS / 32, ONE = WORDS / 32, LOG = 4096, ADDRESSES = 4 };
enum { START = 1025, COUNT = 64511 };
enum { LEGACY, OPTION };
#define NOINLINE __attribute__((noipa))

typedef struct {
  uint32_t one[ONE];
  uint32_t two[ONE / 32];
} Summary;

typedef struct {
  uint32_t own[WORDS];
  Summary summary; /* of own | everywhere */
  uint32_t seen;
} Slot;

static struct {
  uint32_t counts[PORTS]; /* low 17 bits: bars from needing it free on all; above: barred everywhere */
  uint32_t anywhere[WORDS];
  Summary anywhereSummary;
  uint32_t everywhere[WORDS];
  uint16_t log[LOG];
  uint32_t logged;
  uint32_t cursor;
  Slot slots[ADDRESSES + 1];
} pool;

static const uint32_t WEIGHT[2] = {1 + (1u << 17), 1};
#define LOW ((1u << 17) - 1)

static void mark(Summary *s, uint32_t word) {
  s->one[word >> 5] |= 1u << (word & 31);
  s->two[word >> 10] |= 1u << ((word >> 5) & 31);
}

static void markFull(Summary *s, uint32_t word) {
  s->one[word >> 5] &= ~(1u << (word & 31));
  if (s->one[word >> 5] == 0) s->two[word >> 10] &= ~(1u << ((word >> 5) & 31));
}

static int nextMarked(const Summary *s, uint32_t from) {
  if (from >= WORDS) return -1;
  uint32_t one = from >> 5;
  uint32_t bits = s->one[one] & (~0u << (from & 31));
  if (bits) return (int)(one << 5) + __builtin_ctz(bits);
  for (uint32_t next = one + 1; next < ONE; next = ((next >> 5) + 1) << 5) {
    uint32_t words = s->two[next >> 5] & (~0u << (next & 31));
    if (words) {
      uint32_t found = (next & ~31u) + (uint32_t)__builtin_ctz(words);
      return (int)(found << 5) + __builtin_ctz(s->one[found]);
    }
  }
  return -1;
}

static uint32_t seek(const uint32_t *a, const uint32_t *b, Summary *s, uint32_t after) {
  uint32_t from = after + 1;
  for (int lap = 0; lap < 2; lap++, from = 0) {
    for (int word = nextMarked(s, from); word >= 0; word = nextMarked(s, (uint32_t)word + 1)) {
      uint32_t clear = ~(a[word] | b[word]);
      if (clear) return ((uint32_t)word << 5) + (uint32_t)__builtin_ctz(clear);
      markFull(s, (uint32_t)word);
    }
  }
  return 0;
}

static void catchUp(Slot *slot) {
  if (pool.logged - slot->seen > LOG) {
    memset(&slot->summary, 0xff, sizeof slot->summary);
  } else {
    for (uint32_t e = slot->seen; e != pool.logged; e++) mark(&slot->summary, pool.log[e % LOG]);
  }
  slot->seen = pool.logged;
}

NOINLINE static uint32_t claim(uint32_t address, int kind) {
  Slot *slot = &pool.slots[address];
  const uint32_t *a = pool.anywhere, *b = pool.anywhere;
  Summary *summary = &pool.anywhereSummary;
  if (kind == OPTION) {
    if (slot->seen != pool.logged) catchUp(slot);
    a = slot->own, b = pool.everywhere, summary = &slot->summary;
  }
  uint32_t at = pool.cursor >> 5;
  uint32_t clear = ~(a[at] | b[at]) & (~0u << (pool.cursor & 31));
  uint32_t port = clear ? (at << 5) + (uint32_t)__builtin_ctz(clear) : seek(a, b, summary, at);
  if (port == 0) return 0;
  pool.cursor = (port + 1) % PORTS;
  uint32_t word = port >> 5, bit = 1u << (port & 31);
  slot->own[word] |= bit;
  uint32_t count = pool.counts[port] += WEIGHT[kind];
  if (count & LOW) pool.anywhere[word] |= bit;
  if (count > LOW) pool.everywhere[word] |= bit;
  return port;
}

NOINLINE static void release(uint32_t address, uint32_t port, int kind) {
  Slot *slot = &pool.slots[address];
  uint32_t word = port >> 5, bit = 1u << (port & 31);
  slot->own[word] &= ~bit;
  uint32_t count = pool.counts[port] -= WEIGHT[kind];
  if (!(count & LOW)) {
    pool.anywhere[word] &= ~bit;
    mark(&pool.anywhereSummary, word);
  }
  if (count > LOW) return;
  if (kind == LEGACY) {
    pool.everywhere[word] &= ~bit;
    pool.log[pool.logged++ % LOG] = (uint16_t)word;
  } else {
    mark(&slot->summary, word);
  }
}

static void reset(void) {
  memset(&pool, 0, sizeof pool);
  memset(&pool.anywhereSummary, 0xff, sizeof(Summary));
  for (int i = 0; i <= ADDRESSES; i++) memset(&pool.slots[i].summary, 0xff, sizeof(Summary));
  for (uint32_t port = 0; port < START; port++) {
    pool.counts[port] = WEIGHT[LEGACY];
    pool.anywhere[port >> 5] |= 1u << (port & 31);
    pool.everywhere[port >> 5] |= 1u << (port & 31);
  }
  pool.cursor = START;
}

static uint16_t ports[ADDRESSES * COUNT];
static uint8_t owners[ADDRESSES * COUNT];

static double nowNs(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

/* Fills and returns ns a bind; the ports held are in `ports`. */
static double fill(int kind, int randomStart, int *held) {
  uint32_t n = 0, state = 2463534242u;
  double begin = nowNs();
  for (uint32_t address = 1; address <= ADDRESSES; address++) {
    for (;;) {
      if (randomStart) {
        state ^= state << 13, state ^= state >> 17, state ^= state << 5;
        pool.cursor = START + state % COUNT;
      }
      uint32_t port = claim(address, kind);
      if (port == 0) break;
      ports[n] = (uint16_t)port;
      owners[n++] = (uint8_t)address;
    }
  }
  *held = (int)n;
  return (nowNs() - begin) / n;
}

static double releaseAll(int kind, int held) {
  double begin = nowNs();
  for (int i = 0; i < held; i++) release(owners[i], ports[i], kind);
  return (nowNs() - begin) / held;
}

static double refuse(int kind) {
  enum { TIMES = 20000 };
  double begin = nowNs();
  for (int i = 0; i < TIMES; i++) {
    if (claim(1 + (uint32_t)i % ADDRESSES, kind) != 0) exit(1);
  }
  return (nowNs() - begin) / TIMES;
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
  int rounds = argc > 1 ? atoi(argv[1]) : 9, held;
  if (rounds < 1 || rounds > 1000) return 2;
  double t[8][1000];
  reset();
  for (int r = 0; r < rounds; r++) {
    t[0][r] = fill(LEGACY, 0, &held);
    t[1][r] = refuse(LEGACY);
    t[2][r] = releaseAll(LEGACY, held);
    t[3][r] = fill(OPTION, 0, &held);
    t[4][r] = releaseAll(OPTION, held);
    t[5][r] = fill(OPTION, 1, &held);
    t[6][r] = releaseAll(OPTION, held);
  }
  const char *names[] = {
      "legacy-fill",    "refusal",            "legacy-release",        "option-fill",
      "option-release", "option-random-fill", "option-random-release",
  };
  for (int i = 0; i < 7; i++) report(names[i], t[i], rounds);
  return 0;
}
