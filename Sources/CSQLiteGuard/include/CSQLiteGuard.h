/// Limits the work of SQLite where SQLite itself does not: an allocator that counts and wipes, functions that pay for
/// their work before they do it, and a count of steps and pages. It counts steps, bytes, pages and allocations. It
/// charges time only for statements that take unusually long to compile.
///
/// A budget belongs to the thread that works, from `sqlite_guard_begin` to `sqlite_guard_end`. It does not apply to
/// other threads, or to statements outside a budget.
#ifndef CSQLITE_GUARD_H
#define CSQLITE_GUARD_H

#include <sqlite3.h>

/// Which budget of the thread is spent.
enum sqlite_guard_reason {
  SQLITE_GUARD_NONE,
  /// The memory; or the system has no more memory.
  SQLITE_GUARD_MEMORY,
  /// The work.
  SQLITE_GUARD_WORK
};

/// How the work of a function depends on its arguments. A unit takes about as long as one step of SQLite's virtual
/// machine.
enum sqlite_guard_cost {
  /// A unit for each 16 bytes of the arguments.
  SQLITE_GUARD_BYTES,
  /// The same, again for each argument.
  SQLITE_GUARD_BYTES_OFTEN,
  /// A unit for each 32 pairs of a byte of the first argument and a byte of the second, and for each 16 bytes.
  SQLITE_GUARD_PAIRS,
  /// A unit for each 512 such pairs, and for each 16 bytes.
  SQLITE_GUARD_SEARCH,
  /// A unit for each 16 bytes of the arguments, and of the widths in the first argument, which is a format.
  SQLITE_GUARD_FORMAT,
  /// It refuses every call within a budget. Outside a budget, it computes its result.
  SQLITE_GUARD_REFUSED
};

/// Installs the allocator, once for the process, before SQLite is used for the first time.
///
/// @return `SQLITE_OK`, or the reason for failure: `SQLITE_MISUSE` if the process has already used SQLite.
int sqlite_guard_install(void);

/// Begins the thread's budget.
///
/// @param connection the connection that will be used.
/// @param memory bytes that SQLite may hold in addition to what it holds now. Beyond that, the statement is ended;
/// beyond twice that, SQLite gets no memory.
/// @param work units.
void sqlite_guard_begin(sqlite3 *connection, sqlite3_int64 memory, sqlite3_int64 work);

/// Sets the price of a step from now on, in units.
void sqlite_guard_step_cost(int units);

/// Begins the compilation of a statement: allocations and unusual processor time are charged until
/// `sqlite_guard_end_compiling`. If the work is spent, SQLite gets no memory. Does nothing outside a budget.
void sqlite_guard_begin_compiling(void);

/// Ends the compilation of a statement.
void sqlite_guard_end_compiling(void);

/// Which budget of the thread is spent.
enum sqlite_guard_reason sqlite_guard_spent(void);

/// Ends the thread's budget.
///
/// @return the remaining work, in units.
sqlite3_int64 sqlite_guard_end(void);

/// Counts steps and pages of this connection against the budget of the thread that uses it. Replaces its collations
/// NOCASE and RTRIM with versions that pay.
int sqlite_guard_watch(sqlite3 *connection);

/// The connection on which `sqlite_guard_replace` computes SQLite's own functions. It holds no data. Nobody closes it:
/// it goes away with the last function that uses it, or with `sqlite_guard_release`.
typedef struct sqlite_guard_library sqlite_guard_library;

/// Opens such a connection. Its owner must release it.
sqlite_guard_library *sqlite_guard_open(void);

/// Releases it.
void sqlite_guard_release(sqlite_guard_library *library);

/// Limits the texts and blobs that its functions take and return, in bytes.
void sqlite_guard_limit_values(sqlite_guard_library *library, int byte_count);

/// Makes a function of SQLite pay before it computes, or refuse, wherever it occurs: in a statement, in a DEFAULT, in a
/// trigger.
///
/// @param count the number of arguments that it takes; -1 for any number.
/// @param is_deterministic whether SQLite declares it deterministic.
int sqlite_guard_replace(
    sqlite3 *connection, sqlite_guard_library *library, const char *name, int count, int is_deterministic,
    enum sqlite_guard_cost cost);

#endif
