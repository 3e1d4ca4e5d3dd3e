// SPDX-License-Identifier: MIT
//
// Programs with known counts: from the literature on partial-order reduction, or small enough to
// count by hand. `n` is the number of threads besides the body unless said otherwise.
#pragma once

#include "program.hpp"

namespace oracle {

program independent(int n, int k);  // n threads, k stores each, to variables of their own
program points(int n, int k);       // the same with points

program ainc(int n);       // fetch_add x
program binc(int n);       // fetch_add x; fetch_add y
program casrot(int n);     // compare_exchange x from i-1 to i
program readers(int n);    // one more thread stores x; the n load it
program nwriters(int n);   // store x
program lastwrite(int n);  // store x
program floatread(int n);  // store x; the body loads it meanwhile
program race2(int n);      // 2 threads of n times {store x; load x}
program corr_deep(int n);  // one thread stores 1..n, one loads n times
program sb(int n);         // a ring of {store own; load next}
program lb(int n);         // a ring of {load own; store next}
program mp(int n);         // {store d; store f}, and n threads of {load f; load d}
program account(int n);    // n threads and one more: load x; store x

program mutexcnt(int n);   // lock; count; unlock
program mutexcnt2(int n);  // 2 threads, n times
program trylock(int n);    // try_lock; count; unlock
program philosophers(int n, bool ordered);
program prodcons_m(int n);  // n threads that produce, n that consume, one mutex

program condvar1(int n, bool notify_under_lock = true);  // a gate: wait while flag is 0; broadcast
program condvar2(int n);                                 // a buffer of one slot, two conditions
program cv_lost(int n);                                  // waits without a predicate
program cv_tokens(int n);                                // wait while there are no tokens
program cv_requeue(int n);                               // each waits twice; n + 1 notify_one

}  // namespace oracle
