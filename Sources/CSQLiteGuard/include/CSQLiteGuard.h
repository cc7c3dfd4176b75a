/// What bounds the work of SQLite where SQLite itself does not: an allocator that counts and wipes, functions that pay
/// for what they do before they do it, and a count of steps and pages. Steps, bytes and pages are counted, and no time.
///
/// A budget belongs to the thread that works, from `sqlite_guard_begin` to `sqlite_guard_end`. Other threads, and
/// statements outside of a budget, are not held to it.
#ifndef CSQLITE_GUARD_H
#define CSQLITE_GUARD_H

#include <sqlite3.h>

/// Which budget of the thread is spent.
enum sqlite_guard_reason {
  SQLITE_GUARD_NONE,
  /// The memory; or the system has no more.
  SQLITE_GUARD_MEMORY,
  /// The work.
  SQLITE_GUARD_WORK
};

/// How the work of a function follows from its arguments. One unit is as long as one step of SQLite's machine takes.
enum sqlite_guard_cost {
  /// A unit for each 16 bytes of the arguments.
  SQLITE_GUARD_BYTES,
  /// The same for each argument anew.
  SQLITE_GUARD_BYTES_OFTEN,
  /// A unit for each 32 pairs of a byte of the first argument and one of the second, and for each 16 bytes.
  SQLITE_GUARD_PAIRS,
  /// A unit for each 512 such pairs, and for each 16 bytes.
  SQLITE_GUARD_SEARCH,
  /// A unit for each 16 bytes of the arguments and of the widths in the first of them, which is a format.
  SQLITE_GUARD_FORMAT,
  /// It refuses every call within a budget, and computes what it is asked for by others.
  SQLITE_GUARD_REFUSED
};

/// Gives SQLite its allocator, once for the process, and before its first use.
///
/// @return `SQLITE_OK`, or why not: `SQLITE_MISUSE` if the process has used SQLite before.
int sqlite_guard_install(void);

/// Begins the thread's budget.
///
/// @param connection the one that will be used.
/// @param memory bytes that SQLite may hold more than now. Beyond them the statement is ended; beyond twice as many it
/// gets none.
/// @param work units.
void sqlite_guard_begin(sqlite3 *connection, sqlite3_int64 memory, sqlite3_int64 work);

/// Says what a step costs from now on, in units.
void sqlite_guard_step_cost(int units);

/// Which budget of the thread is spent.
enum sqlite_guard_reason sqlite_guard_spent(void);

/// Ends the thread's budget.
///
/// @return the work that is left, in units.
sqlite3_int64 sqlite_guard_end(void);

/// Counts steps and pages of this connection against the budget of the thread that uses it; replaces its collations
/// NOCASE and RTRIM by ones that pay.
int sqlite_guard_watch(sqlite3 *connection);

/// The connection that `sqlite_guard_replace` has functions of SQLite's own computed on; it holds no data. Nobody
/// closes it: it goes with the last function that uses it, or with `sqlite_guard_release`.
typedef struct sqlite_guard_library sqlite_guard_library;

/// Opens such a connection; its owner releases it.
sqlite_guard_library *sqlite_guard_open(void);

/// Gives it back.
void sqlite_guard_release(sqlite_guard_library *library);

/// Limits the texts and blobs that its functions take and give, in bytes.
void sqlite_guard_limit_values(sqlite_guard_library *library, int byte_count);

/// Has a function of SQLite pay before it computes, or refuse, wherever it stands: in a statement, in a DEFAULT, in a
/// trigger.
///
/// @param count how many arguments it takes; -1 for any number.
/// @param is_deterministic whether SQLite says so of it.
int sqlite_guard_replace(
    sqlite3 *connection, sqlite_guard_library *library, const char *name, int count, int is_deterministic,
    enum sqlite_guard_cost cost);

#endif
