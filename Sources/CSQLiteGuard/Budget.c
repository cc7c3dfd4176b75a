// The budget of a thread, and an allocator for SQLite that counts against the budget and wipes what is freed.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "Internal.h"

struct budget {
  int is_active;
  sqlite3_int64 memory, memory_limit;
  sqlite3_int64 work;
  int step_cost;
  enum sqlite_guard_reason spent;
  // The compilation of a statement: when it began, its allocations, and the time that was charged, in nanoseconds.
  int is_compiling;
  sqlite3_int64 start, allocations, time_charged;
};

static _Thread_local struct budget budget;

void sqlite_guard_step_cost(int units) { budget.step_cost = units; }

enum sqlite_guard_reason sqlite_guard_spent(void) { return budget.spent; }

sqlite3_int64 sqlite_guard_end(void) {
  sqlite3_int64 work = budget.work;
  budget = (struct budget){0};
  return work > 0 ? work : 0;
}

int guard_is_active(void) { return budget.is_active; }

void guard_spend(enum sqlite_guard_reason reason) {
  if (budget.is_active && budget.spent == SQLITE_GUARD_NONE) budget.spent = reason;
}

int guard_charge(sqlite3_int64 units) {
  if (!budget.is_active) return 1;
  budget.work -= units;
  if (budget.work < 0) guard_spend(SQLITE_GUARD_WORK);
  return budget.spent == SQLITE_GUARD_NONE;
}

// MARK: - Compiling

// While SQLite compiles a statement, it calls nobody but the allocator. So an allocation pays for the work around it.
static const sqlite3_int64 allocation_cost = 8;

// The planner of joins may work for 200 microseconds from one allocation to the next, and nothing that can be counted
// from outside says how long. So time beyond what allocations usually take is charged as time. All nanoseconds are those
// of this thread's processor time, which does not depend on how busy the machine is.
static const sqlite3_int64 usual_nanoseconds = 1000, nanoseconds_per_unit = 20;

static sqlite3_int64 processor_time(void) {
  struct timespec time;
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return (sqlite3_int64)time.tv_sec * 1000000000 + time.tv_nsec;
}

static void charge_unusual_time(void) {
  sqlite3_int64 time = processor_time() - budget.start - budget.allocations * usual_nanoseconds;
  if (time <= budget.time_charged) return;
  guard_charge((time - budget.time_charged) / nanoseconds_per_unit);
  budget.time_charged = time;
}

// Whether SQLite may go on. It looks at the clock after every few allocations, because that takes as long as several of
// them.
static int charge_allocation(void) {
  if (!budget.is_compiling) return 1;
  guard_charge(allocation_cost);
  if (++budget.allocations % 32 == 0) charge_unusual_time();
  return budget.spent != SQLITE_GUARD_WORK;
}

void sqlite_guard_begin_compiling(void) {
  if (!budget.is_active) return;
  budget.is_compiling = 1;
  budget.start = processor_time();
  budget.allocations = budget.time_charged = 0;
}

void sqlite_guard_end_compiling(void) {
  if (budget.is_compiling) charge_unusual_time();
  budget.is_compiling = 0;
}

// MARK: - Memory

// A block begins with its size. The strictest alignment determines how far this is from the memory that SQLite gets.
struct head {
  _Alignas(16) size_t size;
};

// Beyond the budget, SQLite gets as much memory again: the next check of steps ends the statement. A query that ends in
// this way leaves its transaction intact; one that gets no memory does not.
static int has_room(sqlite3_int64 size) {
  if (!budget.is_active || size <= budget.memory) return 1;
  guard_spend(SQLITE_GUARD_MEMORY);
  return size <= budget.memory + budget.memory_limit;
}

static void *allocate(int byte_count) {
  if (!charge_allocation()) return NULL;
  size_t size = (size_t)byte_count + sizeof(struct head);
  struct head *head = has_room((sqlite3_int64)size) ? malloc(size) : NULL;
  if (!head) {
    guard_spend(SQLITE_GUARD_MEMORY);
    return NULL;
  }
  head->size = (size_t)byte_count;
  budget.memory -= (sqlite3_int64)size;
  return head + 1;
}

static void release(void *block) {
  if (!block) return;
  struct head *head = (struct head *)block - 1;
  size_t size = head->size + sizeof *head;
  explicit_bzero(head, size);
  free(head);
  // Memory from before the budget began does not count.
  budget.memory += (sqlite3_int64)size;
  if (budget.memory > budget.memory_limit) budget.memory = budget.memory_limit;
}

static int size_of(void *block) { return block ? (int)((struct head *)block - 1)->size : 0; }

// The old block is wiped, which realloc would not do.
static void *resize(void *block, int byte_count) {
  int size = size_of(block);
  if (byte_count <= size && byte_count >= size / 2) return block;
  void *copy = allocate(byte_count);
  if (!copy) return NULL;
  memcpy(copy, block, (size_t)(size < byte_count ? size : byte_count));
  release(block);
  return copy;
}

static int round_up(int byte_count) { return (byte_count + 7) & ~7; }
static int start(void *context) { return (void)context, SQLITE_OK; }
static void stop(void *context) { (void)context; }

static int installed;

static void install(void) {
  static const sqlite3_mem_methods methods = {allocate, release, resize, size_of, round_up, start, stop, NULL};
  installed = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods);
  // SQLite's lookaside memory is neither counted nor wiped.
  if (installed == SQLITE_OK) installed = sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
  // Nobody reads SQLite's own statistics, which take a lock of the whole process for each block.
  if (installed == SQLITE_OK) installed = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

int sqlite_guard_install(void) {
  static pthread_once_t once = PTHREAD_ONCE_INIT;
  pthread_once(&once, install);
  return installed;
}

// MARK: - Steps, pages, comparisons

static const int step_interval = 100;

// A page that is written goes to the disk twice: to the log and to its place in the file.
static const int written_page_cost = 256;

static int since_last(sqlite3 *connection, int count) {
  int current = 0, highest = 0;
  sqlite3_db_status(connection, count, &current, &highest, 1);
  return current;
}

// The price of the pages that the connection has read or written since the last call. A single step may go through a
// whole table.
static sqlite3_int64 page_costs(sqlite3 *connection) {
  sqlite3_int64 asked = (sqlite3_int64)since_last(connection, SQLITE_DBSTATUS_CACHE_HIT) +
                        since_last(connection, SQLITE_DBSTATUS_CACHE_MISS);
  return asked + (sqlite3_int64)since_last(connection, SQLITE_DBSTATUS_CACHE_WRITE) * written_page_cost;
}

void sqlite_guard_begin(sqlite3 *connection, sqlite3_int64 memory, sqlite3_int64 work) {
  page_costs(connection);
  budget = (struct budget){.is_active = 1, .memory = memory, .memory_limit = memory, .work = work, .step_cost = 1};
}

static int progress(void *connection) {
  sqlite3_int64 steps = (sqlite3_int64)step_interval * budget.step_cost;
  return budget.is_active && !guard_charge(steps + page_costs(connection));
}

// SQLite's own NOCASE and RTRIM look at each byte, and can be called any number of times within a step.
static int nocase(void *context, int left_count, const void *left, int right_count, const void *right) {
  (void)context;
  int count = left_count < right_count ? left_count : right_count;
  guard_charge(count / 16);
  int order = sqlite3_strnicmp(left, right, count);
  return order ? order : left_count - right_count;
}

static int trimmed(const char *text, int count) {
  while (count > 0 && text[count - 1] == ' ') count--;
  return count;
}

static int rtrim(void *context, int left_count, const void *left, int right_count, const void *right) {
  (void)context;
  guard_charge((left_count + right_count) / 16);
  left_count = trimmed(left, left_count);
  right_count = trimmed(right, right_count);
  int order = memcmp(left, right, (size_t)(left_count < right_count ? left_count : right_count));
  return order ? order : left_count - right_count;
}

int sqlite_guard_watch(sqlite3 *connection) {
  sqlite3_progress_handler(connection, step_interval, progress, connection);
  int code = sqlite3_create_collation(connection, "NOCASE", SQLITE_UTF8, NULL, nocase);
  if (code == SQLITE_OK) code = sqlite3_create_collation(connection, "RTRIM", SQLITE_UTF8, NULL, rtrim);
  return code;
}
