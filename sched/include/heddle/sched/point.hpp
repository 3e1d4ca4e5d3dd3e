// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include <heddle/sched/object.hpp>
#include <heddle/sched/operation.hpp>
#include <heddle/sched/outcome.hpp>

// What shims call: every function here turns one call of user code into one operation. Inside an
// execution the call returns once the operation has been performed. Outside, it takes effect at
// once as for the only thread there is; one that would block throws std::logic_error.
namespace heddle::sched {

// Ends the calling thread quietly when thrown; never caught by user code that names what it
// catches. Not derived from std::exception on purpose.
struct thread_ended {};

[[nodiscard]] bool in_execution() noexcept;
[[nodiscard]] std::uint32_t execution_number() noexcept;  // 0 outside; another one in each

// atomics
std::uint64_t load(atomic_object& on, std::memory_order order, location where);
void store(atomic_object& on, std::uint64_t value, std::memory_order order, location where);
std::uint64_t modify(atomic_object& on, std::uint64_t operand,
                     std::uint64_t (*function)(std::uint64_t, std::uint64_t),
                     std::memory_order order, location where);
// True and stored, or false and `expected` holds the current value.
bool compare_exchange(atomic_object& on, std::uint64_t& expected, std::uint64_t desired, bool weak,
                      std::memory_order success, std::memory_order failure, location where);

// Blocks until the value differs from `old`, and somebody has said so.
void atomic_wait(atomic_object& on, std::uint64_t old, std::memory_order order, location where);
// The same in one attempt, until `deadline`.
enum class atomic_wait_end : std::uint8_t { differs, notified, timed_out };
atomic_wait_end atomic_wait_until(atomic_object& on, std::uint64_t old, virtual_time deadline,
                                  location where);
void atomic_notify_one(atomic_object& on, location where);
void atomic_notify_all(atomic_object& on, location where);

// mutexes
void lock(mutex_object& on, location where);
bool try_lock(mutex_object& on, location where);
// Waits until all `count` mutexes are free and takes them in one step.
void lock_all(mutex_object* const* mutexes, std::uint32_t count, location where);
// How often a lock of several mutexes gives back what it has before it calls lock_all.
[[nodiscard]] std::uint32_t lock_back_offs() noexcept;
void unlock(mutex_object& on, location where);
void destroy(mutex_object& on) noexcept;  // misuse while locked

// condition variables; `deadline` in virtual time. False: the deadline passed.
bool wait(condition_object& on, mutex_object& with, virtual_time deadline, location where);
// The same in two: from the first on the thread can be notified; the second ends when it has been,
// at once if it has been meanwhile. In between the caller gives its lock up.
struct begun_wait {
  condition_object* on;
  stable_key key;
};
[[nodiscard]] begun_wait begin_wait(condition_object& on, location where);
bool end_wait(const begun_wait& of, virtual_time deadline, location where);
void notify_one(condition_object& on, location where);
void notify_all(condition_object& on, location where);
void destroy(condition_object& on) noexcept;  // misuse while someone waits

// the same with a deadline; false: it passed
bool lock_until(mutex_object& on, virtual_time deadline, location where);

// semaphores
bool acquire(semaphore_object& on, virtual_time deadline, location where);
bool try_acquire(semaphore_object& on, location where);
void release(semaphore_object& on, std::uint64_t permits, location where);

// latches
void count_down(latch_object& on, std::uint64_t by, location where);
bool await_zero(latch_object& on, virtual_time deadline, location where);
bool try_wait(latch_object& on, location where);

// barriers. `arrive` returns the phase it counts for; `last` is set for the arrival that ends the
// phase of a barrier with a completion function: run it, then complete_phase.
std::uint64_t arrive(barrier_object& on, std::uint64_t arrivals, bool drop, bool& last,
                     location where);
void complete_phase(barrier_object& on, location where);
void await_phase(barrier_object& on, std::uint64_t phase, location where);

// shared mutexes
bool lock_exclusive(shared_mutex_object& on, virtual_time deadline, location where);
bool try_lock_exclusive(shared_mutex_object& on, location where);
void unlock_exclusive(shared_mutex_object& on, location where);
bool lock_shared(shared_mutex_object& on, virtual_time deadline, location where);
bool try_lock_shared(shared_mutex_object& on, location where);
void unlock_shared(shared_mutex_object& on, location where);

// Any of these dies: misuse while somebody waits for it, or holds it.
void destroy(semaphore_object& on) noexcept;
void destroy(latch_object& on) noexcept;
void destroy(barrier_object& on) noexcept;
void destroy(shared_mutex_object& on) noexcept;

// plain data: no scheduling points. `value` is for the trace alone.
// Of a value that word(of) gives, for whoever wants to see it: once the access takes place, which
// with races::explore_all is a scheduling point.
void plain_read(plain_object& on, const void* of, std::uint64_t (*word)(const void* of),
                location where);
void plain_write(plain_object& on, const void* value, std::uint64_t (*word)(const void* value),
                 location where);
void plain_write(plain_object& on, location where);  // of a value not known yet
[[nodiscard]] bool tracing() noexcept;  // someone records a trace: values and notes are wanted

// threads
struct spawned {
  thread_id id;
  std::uint32_t execution;
};
// `entry(closure)` runs as a new thread; `closure` must stay valid until it returns.
spawned spawn(void (*entry)(void*), void* closure, const char* name, location where);
// Memory of the execution: freed as a whole when it is over, no destructors run.
void* allocate(std::size_t bytes, std::size_t alignment);
void join(spawned thread, location where);
void detach(spawned thread) noexcept;
// The execution does not wait for it: when only daemons are left, it ends. One that then holds a
// lock is reported as a leak. Call it before the spawning thread's next operation.
void make_daemon(spawned thread) noexcept;
// The handle of a joinable thread dies: reported as a leak; then the thread is waited for, because
// it may still use what its creator is about to destroy.
void abandon_joinable(spawned thread, location where);
[[nodiscard]] thread_id this_thread() noexcept;  // no_thread outside
void name_thread(thread_id thread, std::string_view name);
void name_object(object& on, std::string_view name);
// Names whatever lies there, for the objects in it; inside executions only.
void name_region(const void* begin, std::size_t size, std::string_view name);

// time
[[nodiscard]] virtual_time now(location where);  // a visible read of the clock
[[nodiscard]] virtual_time peek_now() noexcept;  // the same without a scheduling point
void sleep_until(virtual_time deadline, location where);
void yield(location where);

// choices and words of the test author
std::uint32_t choose(std::uint32_t count, location where);  // 0..count-1, count >= 1
// Does this std::async that may be deferred run deferred? A choice, bounded per execution.
bool defers_async(location where);
void point(std::string_view name, location where);
void note(std::string_view text, location where);
void assume(bool condition, location where);
[[noreturn]] void fail(failure_kind kind, std::string_view message, location where);
// Records a failure; the thread goes on.
void report(failure_kind kind, std::string_view message, location where, stable_key object = 0);
[[noreturn]] void end_thread();            // quietly, as if its function had returned
void skip(std::string_view why) noexcept;  // ends the exploration after this execution

}  // namespace heddle::sched
