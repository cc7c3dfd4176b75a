// Functions that replace SQLite's own. They pay first and then call SQLite's function, or they refuse.
#include <string.h>

#include "Internal.h"

// SQLite marks values that are JSON with this subtype.
static const unsigned json_subtype = 'J';

struct sqlite_guard_library {
  sqlite3 *connection;
  // The owner of the connection, and each function.
  int users;
};

// One function of one connection, and the statement that it used last.
struct delegate {
  struct sqlite_guard_library *library;
  enum sqlite_guard_cost cost;
  sqlite3_stmt *statement;
  // The text of the statement. It determines the number of arguments, and which of them are JSON.
  char *text;
  char name[];
};

sqlite_guard_library *sqlite_guard_open(void) {
  struct sqlite_guard_library *library = sqlite3_malloc(sizeof *library);
  if (!library) return NULL;
  library->users = 1;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY | SQLITE_OPEN_NOMUTEX;
  if (sqlite3_open_v2(":memory:", &library->connection, flags, NULL) == SQLITE_OK) return library;
  sqlite_guard_release(library);
  return NULL;
}

void sqlite_guard_release(sqlite_guard_library *library) {
  if (--library->users > 0) return;
  sqlite3_close_v2(library->connection);
  sqlite3_free(library);
}

void sqlite_guard_limit_values(sqlite_guard_library *library, int byte_count) {
  sqlite3_limit(library->connection, SQLITE_LIMIT_LENGTH, byte_count);
  sqlite3_limit(library->connection, SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1000);
}

static void forget(void *context) {
  struct delegate *function = context;
  sqlite3_finalize(function->statement);
  sqlite3_free(function->text);
  sqlite_guard_release(function->library);
  sqlite3_free(function);
}

// MARK: - Prices

static sqlite3_int64 size_of(sqlite3_value *value) {
  int type = sqlite3_value_type(value);
  return type == SQLITE_TEXT || type == SQLITE_BLOB ? sqlite3_value_bytes(value) : 16;
}

// SQLite treats widths and precisions as 32-bit numbers and ignores their sign.
static sqlite3_int64 width_of(sqlite3_int64 number) {
  sqlite3_int64 width = (int)(unsigned)number;
  return width < 0 ? -width : width;
}

// The sum of all widths and precisions in a format of printf. SQLite pads byte by byte, even beyond its own limit.
static sqlite3_int64 widths(int count, sqlite3_value **arguments) {
  const char *format = count > 0 ? (const char *)sqlite3_value_text(arguments[0]) : NULL;
  sqlite3_int64 sum = 0;
  int next = 1;
  while (format && (format = strchr(format, '%')) != NULL) {
    unsigned number = 0;
    for (format++; *format && strchr("-+ #!,l.*0123456789", *format); format++) {
      if (*format >= '0' && *format <= '9') {
        number = number * 10 + (unsigned)(*format - '0');
        continue;
      }
      sum += width_of(number);
      number = 0;
      if (*format == '*' && next < count) sum += width_of(sqlite3_value_int64(arguments[next++]));
    }
    sum += width_of(number);
    if (!*format) break;
    if (*format != '%' && *format != 'n') next++;
    format++;
  }
  return sum;
}

// The price of a call in addition to its bytes, because a statement runs for it.
static const sqlite3_int64 call_cost = 16;

static sqlite3_int64 price(enum sqlite_guard_cost cost, int count, sqlite3_value **arguments) {
  sqlite3_int64 bytes = 0;
  for (int index = 0; index < count; index++) bytes += size_of(arguments[index]);
  sqlite3_int64 first = count > 0 ? size_of(arguments[0]) : 0;
  sqlite3_int64 pairs = first * (count > 1 ? size_of(arguments[1]) : 1);
  switch (cost) {
    case SQLITE_GUARD_REFUSED:
    case SQLITE_GUARD_BYTES: return call_cost + bytes / 16;
    case SQLITE_GUARD_BYTES_OFTEN: return call_cost + bytes * count / 16;
    case SQLITE_GUARD_PAIRS: return call_cost + bytes / 16 + pairs / 32;
    case SQLITE_GUARD_SEARCH: return call_cost + bytes / 16 + pairs / 512;
    case SQLITE_GUARD_FORMAT: return call_cost + (bytes + widths(count, arguments)) / 16;
  }
}

// MARK: - Calls

// The statement that computes a call with these arguments. Its text must say which of them are JSON, because a bound
// value does not.
static char *statement_text(const char *name, int count, sqlite3_value **arguments) {
  sqlite3_str *text = sqlite3_str_new(NULL);
  sqlite3_str_appendf(text, "SELECT \"%w\"(", name);
  for (int index = 0; index < count; index++) {
    if (index > 0) sqlite3_str_appendchar(text, 1, ',');
    int is_json = sqlite3_value_subtype(arguments[index]) == json_subtype;
    sqlite3_str_appendall(text, is_json ? "json(?)" : "?");
  }
  sqlite3_str_appendchar(text, 1, ')');
  return sqlite3_str_finish(text);
}

// Compiles the statement, unless the last call used the same one.
static int prepare(struct delegate *function, int count, sqlite3_value **arguments) {
  char *text = statement_text(function->name, count, arguments);
  if (!text) return SQLITE_NOMEM;
  if (function->statement && strcmp(text, function->text) == 0) {
    sqlite3_free(text);
    return SQLITE_OK;
  }
  sqlite3_finalize(function->statement);
  function->statement = NULL;
  sqlite3_free(function->text);
  function->text = text;
  return sqlite3_prepare_v2(function->library->connection, text, -1, &function->statement, NULL);
}

static int compute(struct delegate *function, int count, sqlite3_value **arguments) {
  int code = prepare(function, count, arguments);
  for (int index = 0; index < count && code == SQLITE_OK; index++) {
    code = sqlite3_bind_value(function->statement, index + 1, arguments[index]);
  }
  if (code != SQLITE_OK) return code;
  code = sqlite3_step(function->statement);
  return code == SQLITE_ROW ? SQLITE_OK : code;
}

static sqlite3_int64 limit_of(struct delegate *function) {
  return sqlite3_limit(function->library->connection, SQLITE_LIMIT_LENGTH, -1);
}

// Whether a format asks for more than a value may hold.
static int is_too_wide(struct delegate *function, int count, sqlite3_value **arguments) {
  return function->cost == SQLITE_GUARD_FORMAT && widths(count, arguments) > limit_of(function);
}

// Whether the result of a format may be longer than a value may be. SQLite then returns NULL, as it does for an empty
// result.
static int may_be_too_long(struct delegate *function, int count, sqlite3_value **arguments) {
  if (function->cost != SQLITE_GUARD_FORMAT) return 0;
  // Numbers have up to 400 digits, and %q doubles quotes.
  sqlite3_int64 sum = widths(count, arguments) + 400 * (sqlite3_int64)count;
  for (int index = 0; index < count; index++) sum += 2 * size_of(arguments[index]);
  return sum > limit_of(function);
}

static void give(sqlite3_context *context, struct delegate *function, int count, sqlite3_value **arguments) {
  sqlite3_value *value = sqlite3_column_value(function->statement, 0);
  if (sqlite3_value_type(value) == SQLITE_NULL && may_be_too_long(function, count, arguments)) {
    sqlite3_result_error_toobig(context);
    return;
  }
  unsigned subtype = sqlite3_value_subtype(value);
  guard_charge(size_of(value) / 16);
  sqlite3_result_value(context, value);
  if (subtype) sqlite3_result_subtype(context, subtype);
}

static void refuse(sqlite3_context *context, const char *name) {
  char *text = sqlite3_mprintf(
      "%s() is not allowed: what it gives does not follow from the database and the parameters alone; "
      "if it stands in a DEFAULT, give the column a value",
      name);
  sqlite3_result_error(context, text ? text : "the function is not allowed", -1);
  sqlite3_result_error_code(context, SQLITE_AUTH);
  sqlite3_free(text);
}

// Functions that report on their connection. The connection that computes the other functions is a different one.
static int is_of_connection(sqlite3_context *context, const char *name) {
  sqlite3 *connection = sqlite3_context_db_handle(context);
  if (strcmp(name, "last_insert_rowid") == 0) {
    sqlite3_result_int64(context, sqlite3_last_insert_rowid(connection));
  } else if (strcmp(name, "changes") == 0) {
    sqlite3_result_int64(context, sqlite3_changes64(connection));
  } else if (strcmp(name, "total_changes") == 0) {
    sqlite3_result_int64(context, sqlite3_total_changes64(connection));
  } else {
    return 0;
  }
  return 1;
}

static void call(sqlite3_context *context, int count, sqlite3_value **arguments) {
  struct delegate *function = sqlite3_user_data(context);
  if (function->cost == SQLITE_GUARD_REFUSED) {
    if (guard_is_active()) return refuse(context, function->name);
    if (is_of_connection(context, function->name)) return;
  }
  if (!guard_charge(price(function->cost, count, arguments))) {
    sqlite3_result_error(context, "the statement's functions work on too many bytes", -1);
    return;
  }
  int code = is_too_wide(function, count, arguments) ? SQLITE_TOOBIG : compute(function, count, arguments);
  if (code == SQLITE_OK) {
    give(context, function, count, arguments);
  } else if (code == SQLITE_TOOBIG) {
    sqlite3_result_error_toobig(context);
  } else if (code == SQLITE_NOMEM) {
    sqlite3_result_error_nomem(context);
  } else {
    sqlite3_result_error(context, sqlite3_errmsg(function->library->connection), -1);
  }
  if (function->statement) {
    sqlite3_reset(function->statement);
    sqlite3_clear_bindings(function->statement);
  }
}

// MARK: - Registration

// The functions are registered as harmless, so that a schema that names them can be read. The call itself decides
// whether it is allowed.
static const int flags = SQLITE_UTF8 | SQLITE_INNOCUOUS
#ifdef SQLITE_SUBTYPE
                         | SQLITE_SUBTYPE
#endif
#ifdef SQLITE_RESULT_SUBTYPE
                         | SQLITE_RESULT_SUBTYPE
#endif
    ;

int sqlite_guard_replace(
    sqlite3 *connection, sqlite_guard_library *library, const char *name, int count, int is_deterministic,
    enum sqlite_guard_cost cost) {
  size_t size = strlen(name) + 1;
  struct delegate *function = sqlite3_malloc64(sizeof *function + size);
  if (!function) return SQLITE_NOMEM;
  *function = (struct delegate){library, cost, NULL, NULL};
  memcpy(function->name, name, size);
  library->users++;
  int all = flags | (is_deterministic ? SQLITE_DETERMINISTIC : 0);
  return sqlite3_create_function_v2(connection, name, count, all, function, call, NULL, NULL, forget);
}
