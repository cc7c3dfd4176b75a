/// SQLite's own interface, and what of it Swift can't import: macros that are casts, and functions that take a variable
/// number of arguments.
#ifndef CSQLITE_H
#define CSQLITE_H

#include <sqlite3.h>

/// `sqlite3_bind_text64` in UTF-8; SQLite takes a copy.
static inline int csqlite_bind_text(sqlite3_stmt *statement, int index, const char *text, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, text, count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// `sqlite3_bind_blob64`; SQLite takes a copy. No bytes are a blob of length 0, not NULL.
static inline int csqlite_bind_blob(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return count == 0 ? sqlite3_bind_zeroblob(statement, index, 0)
                    : sqlite3_bind_blob64(statement, index, bytes, count, SQLITE_TRANSIENT);
}

/// `sqlite3_db_config` for settings that are on or off.
static inline int csqlite_configure(sqlite3 *connection, int setting, int is_on) {
  return sqlite3_db_config(connection, setting, is_on, (int *)0);
}

/// `sqlite3_file_control`: whether the file is no longer where it was opened.
static inline int csqlite_has_moved(sqlite3 *connection) {
  int has_moved = 0;
  int code = sqlite3_file_control(connection, "main", SQLITE_FCNTL_HAS_MOVED, &has_moved);
  return code != SQLITE_OK || has_moved;
}

#endif
