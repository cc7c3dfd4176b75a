// What Embedded Swift expects of a C library, for platforms that have none. The platform defines `memory_grow`.
#include "platform.h"

/// Adds at least so many bytes to the end of the memory that was added last, and returns where they begin. It fails if
/// there is no more memory.
void *memory_grow(size_t count);

// MARK: - Memory

// A block begins with its class. Blocks of a class have one size, a power of two, and are kept in a list when they are
// free. Large ones are rounded to pages and reused if they fit.
struct block {
  size_t size;
  struct block *next;
};

enum { header = 16, classes = 21, smallest = 5 };
static struct block *free_small[classes];
static struct block *free_large;
static uint8_t *fresh, *fresh_end;

static struct block *take_fresh(size_t size) {
  if ((size_t)(fresh_end - fresh) < size) {
    size_t wanted = size < 1 << 20 ? 1 << 20 : size;
    uint8_t *start = memory_grow(wanted);
    if (start != fresh_end) fresh = start;
    fresh_end = start + wanted;
  }
  struct block *block = (struct block *)fresh;
  fresh += size;
  block->size = size;
  return block;
}

static int class_of(size_t size) {
  int class = smallest;
  while (class < classes && (size_t)1 << class < size) class++;
  return class;
}

static struct block *take_large(size_t size) {
  for (struct block **link = &free_large; *link; link = &(*link)->next) {
    struct block *block = *link;
    if (block->size < size || block->size / 2 > size) continue;
    *link = block->next;
    return block;
  }
  return take_fresh(size);
}

int posix_memalign(void **pointer, size_t alignment, size_t count) {
  if (alignment > header) platform_fail();
  size_t size = count + header;
  if (size < count) platform_fail();
  int class = class_of(size);
  struct block *block;
  if (class == classes) {
    block = take_large((size + 4095) & ~(size_t)4095);
  } else if ((block = free_small[class])) {
    free_small[class] = block->next;
  } else {
    block = take_fresh((size_t)1 << class);
  }
  *pointer = (uint8_t *)block + header;
  return 0;
}

void free(void *pointer) {
  if (!pointer) return;
  struct block *block = (struct block *)((uint8_t *)pointer - header);
  int class = class_of(block->size);
  struct block **list = class == classes ? &free_large : &free_small[class];
  block->next = *list;
  *list = block;
}

// MARK: - Bytes

#ifdef __wasm_bulk_memory__
void *memcpy(void *target, const void *source, size_t count) { return __builtin_memmove(target, source, count); }
void *memmove(void *target, const void *source, size_t count) { return __builtin_memmove(target, source, count); }
void *memset(void *target, int byte, size_t count) { return __builtin_memset(target, byte, count); }
#else
// Eight bytes at a time; the compiler knows how a processor reads words that are not aligned.
typedef uint64_t __attribute__((aligned(1), may_alias)) word;

void *memcpy(void *target, const void *source, size_t count) {
  uint8_t *to = target;
  const uint8_t *from = source;
  for (; count >= 8; count -= 8, to += 8, from += 8) *(word *)to = *(const word *)from;
  while (count--) *to++ = *from++;
  return target;
}

void *memmove(void *target, const void *source, size_t count) {
  uint8_t *to = target;
  const uint8_t *from = source;
  if (to <= from) return memcpy(target, source, count);
  for (; count >= 8; count -= 8) *(word *)(to + count - 8) = *(const word *)(from + count - 8);
  while (count--) to[count] = from[count];
  return target;
}

void *memset(void *target, int byte, size_t count) {
  uint8_t *to = target;
  const uint64_t pattern = 0x0101010101010101 * (uint8_t)byte;
  for (; count >= 8; count -= 8, to += 8) *(word *)to = pattern;
  while (count--) *to++ = (uint8_t)byte;
  return target;
}
#endif

int memcmp(const void *left, const void *right, size_t count) {
  const unsigned char *a = left, *b = right;
  for (size_t index = 0; index < count; index++) {
    if (a[index] != b[index]) return a[index] < b[index] ? -1 : 1;
  }
  return 0;
}

// MARK: - Hash seeds, stack protection

/// The state from which hash seeds are drawn. A platform may set it: no answer depends on it.
uint64_t hash_seed = 0x9e3779b97f4a7c15;

void arc4random_buf(void *target, size_t count) {
  uint8_t *bytes = target;
  while (count--) {
    hash_seed = hash_seed * 6364136223846793005 + 1442695040888963407;
    *bytes++ = (uint8_t)(hash_seed >> 56);
  }
}

uintptr_t __stack_chk_guard = (uintptr_t)0xe2dee396a7c45d01;

_Noreturn void __stack_chk_fail(void) { platform_fail(); }
