/// Declarations that the parts of this target share.
#ifndef CSQLITE_GUARD_INTERNAL_H
#define CSQLITE_GUARD_INTERNAL_H

#include "CSQLiteGuard.h"

/// Takes units from the thread's budget.
///
/// @return 0 if the budget is spent.
int guard_charge(sqlite3_int64 units);

/// Whether the thread has a budget.
int guard_is_active(void);

/// Records which budget is spent, unless another one was spent before.
void guard_spend(enum sqlite_guard_reason reason);

#endif
