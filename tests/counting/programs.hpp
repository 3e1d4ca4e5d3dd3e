// SPDX-License-Identifier: MIT
//
// Programs of the literature on model checking whose classes of executions have been counted, each
// for a parameter n; all accesses are sequentially consistent. "await c" in their descriptions is
// one evaluation of c; where it is false, the thread blocks for ever: heddle::assume.
//
// Each is a test body. Programs that do not join leave their threads behind, which share what they
// use.
#pragma once

namespace counting {

// atomics.cpp
void ainc(int n);       // n threads: fetch_add x. join
void binc(int n);       // n threads: fetch_add x; fetch_add y
void casrot(int n);     // n threads: compare_exchange x from i-1 to i
void readers(int n);    // 1 thread: x = 42; n threads: load x
void nwriters(int n);   // n threads: x = i
void lastwrite(int n);  // n threads: x = i. join; the body loads x
void floatread(int n);  // n threads: x = i; the body loads x meanwhile
void race2(int n);      // 2 threads: n times x = k, load x
void corr_deep(int n);  // 1 thread: x = 1..n; 1 thread: load x n times
void fib(int n);        // 2 threads: n times load x, load y, store the sum to x or to y
void lastzero(int n);   // 1 thread looks for the last zero; n threads: a[j] = a[j-1] + 1
void sb(int n);         // a ring of n threads: x[i] = 1; load x[i+1]
void lb(int n);         // a ring of n threads: load x[i]; x[i+1] = 1
void mp(int n);         // 1 thread: d = 1; f = 1; n threads: load f; load d
void account(int n);    // n threads: x += 100 without atomicity; one x -= 10. join
void airline(int n);    // n threads sell, one too many. join
void arc(int n);        // n threads read the data and give up their reference

// lock_free.cpp
void indexer(int n);      // n threads put 4 numbers each into a hash table with a lock per slot
void indexer_cas(int n);  // the same with compare_exchange
void treiber(int n);      // n threads push to a stack, then pop
void dcl(int n);          // n threads initialise a singleton with double-checked locking
void spsc(int n);         // n items through a ring of 2
void seqlock_a(int n);    // n writers, one reader
void barrier_a(int n);    // a sense-reversing barrier

// mutual_exclusion.cpp
void peterson_a(int n);    // 2 threads, n times
void dekker_t(int n);      // the same; without waiting
void lamport(int n);       // Lamport's fast mutex: n threads
void ticketlock_a(int n);  // n threads
void caslock_a(int n);
void ttaslock_a(int n);

// mutexes.cpp
void mutexcnt(int n);    // n threads: lock; c++; unlock. join
void mutexcnt2(int n);   // 2 threads: the same n times. join
void mutexrd(int n);     // n threads: lock; read c; unlock
void trylock(int n);     // n threads: try_lock; c++; unlock. join
void philo(int n);       // n philosophers who take the lower fork first. join
void philo_dl(int n);    // n philosophers who take the left fork first. join
void prodcons_m(int n);  // n threads produce, n consume. join
void circbuf(int n);     // n items put and taken, if the ring has room, under one mutex
void filesystem(int n);  // n threads allocate blocks for inodes. join

// conditions.cpp
void condvar1(int n);        // n threads wait for a flag; the body sets it and notifies all. join
void cv_sigunlocked(int n);  // the same, but notifies after the unlock
void condvar2(int n);        // a buffer of one: n producers of one item, one consumer of n. join
void cv_lost(int n);         // n threads wait without a condition; the body notifies one
void cv_tokens(int n);       // n threads take a token; the body makes n, one by one. join

// synchronisers.cpp
void sem_writes(int permits);  // x = 1; release, and acquire; x = 2
void sem_tokens(int n);        // n threads acquire, then x++; the body releases n times
void sem_greedy(int n);        // n threads acquire one permit and keep it
void sem_try(int n);           // n threads: if try_acquire { x++; release }
void shared_greedy(int n);     // one lock and n - 1 lock_shared, kept
void shared_mixed(int n);      // one writer, n - 1 readers that try

}  // namespace counting
