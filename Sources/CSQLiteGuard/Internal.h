/// What the parts of this target share.
#ifndef CSQLITE_GUARD_INTERNAL_H
#define CSQLITE_GUARD_INTERNAL_H

#include "CSQLiteGuard.h"

/// Takes units from the thread's budget.
///
/// @return 0 if it is spent.
int guard_charge(sqlite3_int64 units);

/// Whether the thread has a budget.
int guard_is_active(void);

/// Notes which budget is spent, unless another was before.
void guard_spend(enum sqlite_guard_reason reason);

#endif
