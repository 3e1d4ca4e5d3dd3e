// SPDX-License-Identifier: MIT
//
// To the compiler, Heddle's types are the standard's: what can be made, copied, moved and called, what
// it returns and whether it may throw. Atomics, futures, stop tokens, streams and clocks are compared
// in their own tests.
#include <gtest/gtest.h>

#include <barrier>
#include <condition_variable>
#include <latch>
#include <mutex>
#include <semaphore>
#include <shared_mutex>
#include <thread>

#include "heddle/heddle.hpp"

namespace {

using namespace std::chrono_literals;
using time_point = std::chrono::steady_clock::time_point;

// --- special members, of both or of none ---
template <class A, class B>
constexpr bool alike =
    std::is_default_constructible_v<A> == std::is_default_constructible_v<B> &&
    std::is_nothrow_default_constructible_v<A> == std::is_nothrow_default_constructible_v<B> &&
    std::is_copy_constructible_v<A> == std::is_copy_constructible_v<B> &&
    std::is_move_constructible_v<A> == std::is_move_constructible_v<B> &&
    std::is_nothrow_move_constructible_v<A> == std::is_nothrow_move_constructible_v<B> &&
    std::is_copy_assignable_v<A> == std::is_copy_assignable_v<B> &&
    std::is_move_assignable_v<A> == std::is_move_assignable_v<B> &&
    std::is_nothrow_move_assignable_v<A> == std::is_nothrow_move_assignable_v<B> &&
    std::is_swappable_v<A> == std::is_swappable_v<B>;
static_assert(alike<heddle::thread, std::thread> && alike<heddle::jthread, std::jthread>);
static_assert(alike<heddle::thread::id, std::thread::id>);
static_assert(alike<heddle::mutex, std::mutex> && alike<heddle::timed_mutex, std::timed_mutex>);
static_assert(alike<heddle::shared_mutex, std::shared_mutex>);
static_assert(alike<heddle::latch, std::latch> && alike<heddle::barrier<>, std::barrier<>>);
static_assert(alike<heddle::binary_semaphore, std::binary_semaphore>);
static_assert(alike<heddle::once_flag, std::once_flag>);
static_assert(alike<heddle::stop_source, std::stop_source>);
static_assert(alike<heddle::stop_token, std::stop_token>);
static_assert(alike<heddle::unique_lock<heddle::mutex>, std::unique_lock<std::mutex>>);
static_assert(alike<heddle::shared_lock<heddle::shared_mutex>, std::shared_lock<std::shared_mutex>>);
static_assert(alike<heddle::lock_guard<heddle::mutex>, std::lock_guard<std::mutex>>);
static_assert(alike<heddle::scoped_lock<>, std::scoped_lock<>>);
static_assert(alike<heddle::promise<int>, std::promise<int>>);
static_assert(alike<heddle::future<int>, std::future<int>>);
static_assert(alike<heddle::shared_future<int>, std::shared_future<int>>);
static_assert(alike<heddle::packaged_task<int()>, std::packaged_task<int()>>);
static_assert(alike<heddle::condition_variable, std::condition_variable>);

static_assert(std::is_trivially_copyable_v<heddle::thread::id>);

// --- lockables ---
template <class T>
concept basic_lockable = requires(T& on) {
  { on.lock() } -> std::same_as<void>;
  { on.unlock() } -> std::same_as<void>;
};
template <class T>
concept lockable = basic_lockable<T> && requires(T& on) {
  { on.try_lock() } -> std::same_as<bool>;
};
template <class T>
concept timed = lockable<T> && requires(T& on) {
  { on.try_lock_for(1s) } -> std::same_as<bool>;
  { on.try_lock_until(time_point()) } -> std::same_as<bool>;
};
template <class T>
concept sharable = lockable<T> && requires(T& on) {
  { on.lock_shared() } -> std::same_as<void>;
  { on.try_lock_shared() } -> std::same_as<bool>;
  { on.unlock_shared() } -> std::same_as<void>;
};
template <class T>
concept timed_sharable = sharable<T> && timed<T> && requires(T& on) {
  { on.try_lock_shared_for(1s) } -> std::same_as<bool>;
  { on.try_lock_shared_until(time_point()) } -> std::same_as<bool>;
};
template <class A, class B>
constexpr bool lock_alike = basic_lockable<A> == basic_lockable<B> && lockable<A> == lockable<B> &&
                            timed<A> == timed<B> && sharable<A> == sharable<B> &&
                            timed_sharable<A> == timed_sharable<B>;
static_assert(lock_alike<heddle::mutex, std::mutex> && lockable<heddle::mutex>);
static_assert(lock_alike<heddle::recursive_mutex, std::recursive_mutex>);
static_assert(lock_alike<heddle::timed_mutex, std::timed_mutex> && timed<heddle::timed_mutex>);
static_assert(lock_alike<heddle::recursive_timed_mutex, std::recursive_timed_mutex>);
static_assert(lock_alike<heddle::shared_mutex, std::shared_mutex> && !timed<heddle::shared_mutex>);
static_assert(lock_alike<heddle::shared_timed_mutex, std::shared_timed_mutex>);
static_assert(timed_sharable<heddle::shared_timed_mutex>);
static_assert(lock_alike<heddle::unique_lock<heddle::timed_mutex>,
                         std::unique_lock<std::timed_mutex>>);
static_assert(lock_alike<heddle::shared_lock<heddle::shared_timed_mutex>,
                         std::shared_lock<std::shared_timed_mutex>>);

// --- guards: their constructors and what is deduced ---
template <class Lock, class Mutex>
constexpr bool holds =
    std::is_constructible_v<Lock, Mutex&> && !std::is_convertible_v<Mutex&, Lock> &&
    std::is_nothrow_constructible_v<Lock, Mutex&, std::defer_lock_t> &&
    std::is_constructible_v<Lock, Mutex&, std::try_to_lock_t> &&
    std::is_constructible_v<Lock, Mutex&, std::adopt_lock_t> &&
    std::is_constructible_v<Lock, Mutex&, std::chrono::seconds> &&
    std::is_constructible_v<Lock, Mutex&, time_point> && !std::is_constructible_v<Lock, Mutex&&> &&
    std::is_same_v<typename Lock::mutex_type, Mutex> &&
    std::is_same_v<decltype(std::declval<const Lock&>().mutex()), Mutex*> &&
    std::is_same_v<decltype(std::declval<Lock&>().release()), Mutex*> &&
    noexcept(std::declval<Lock&>().release()) && noexcept(std::declval<const Lock&>().owns_lock()) &&
    noexcept(std::declval<const Lock&>().mutex()) && std::is_constructible_v<bool, Lock> &&
    !std::is_convertible_v<Lock, bool> && std::is_nothrow_swappable_v<Lock>;
static_assert(holds<std::unique_lock<std::timed_mutex>, std::timed_mutex>);
static_assert(holds<heddle::unique_lock<heddle::timed_mutex>, heddle::timed_mutex>);
static_assert(holds<std::shared_lock<std::shared_timed_mutex>, std::shared_timed_mutex>);
static_assert(holds<heddle::shared_lock<heddle::shared_timed_mutex>, heddle::shared_timed_mutex>);
static_assert(holds<heddle::unique_lock<std::timed_mutex>, std::timed_mutex>);  // of any mutex
using m = heddle::mutex;
static_assert(std::is_constructible_v<heddle::scoped_lock<m, m>, m&, m&>);
static_assert(std::is_constructible_v<heddle::scoped_lock<m, m>, std::adopt_lock_t, m&, m&>);
static_assert(std::is_same_v<heddle::scoped_lock<m>::mutex_type, m>);

// --- conditions, semaphores, latches, barriers ---
template <class C, class Lock>
concept condition = requires(C& on, Lock& with, bool (*until)()) {
  { on.notify_one() } noexcept -> std::same_as<void>;
  { on.notify_all() } noexcept -> std::same_as<void>;
  { on.wait(with) } -> std::same_as<void>;
  { on.wait(with, until) } -> std::same_as<void>;
  { on.wait_for(with, 1s) } -> std::same_as<std::cv_status>;
  { on.wait_for(with, 1s, until) } -> std::same_as<bool>;
  { on.wait_until(with, time_point()) } -> std::same_as<std::cv_status>;
  { on.wait_until(with, time_point(), until) } -> std::same_as<bool>;
};
static_assert(condition<std::condition_variable, std::unique_lock<std::mutex>>);
static_assert(condition<heddle::condition_variable, heddle::unique_lock<m>>);
static_assert(!condition<heddle::condition_variable, heddle::unique_lock<heddle::shared_mutex>>);
static_assert(condition<std::condition_variable_any, std::shared_lock<std::shared_mutex>>);
static_assert(condition<heddle::condition_variable_any, heddle::shared_lock<heddle::shared_mutex>>);
template <class C, class Lock, class Token>
concept stoppable_condition = requires(C& on, Lock& with, Token stop, bool (*until)()) {
  { on.wait(with, stop, until) } -> std::same_as<bool>;
  { on.wait_for(with, stop, 1s, until) } -> std::same_as<bool>;
  { on.wait_until(with, stop, time_point(), until) } -> std::same_as<bool>;
};
static_assert(stoppable_condition<std::condition_variable_any, std::mutex, std::stop_token>);
static_assert(stoppable_condition<heddle::condition_variable_any, m, heddle::stop_token>);

template <class S>
concept semaphore = requires(S& on) {
  { S::max() } noexcept -> std::same_as<std::ptrdiff_t>;
  { on.release() } -> std::same_as<void>;
  { on.release(2) } -> std::same_as<void>;
  { on.acquire() } -> std::same_as<void>;
  { on.try_acquire() } noexcept -> std::same_as<bool>;
  { on.try_acquire_for(1s) } -> std::same_as<bool>;
  { on.try_acquire_until(time_point()) } -> std::same_as<bool>;
} && std::is_constructible_v<S, std::ptrdiff_t> && !std::is_convertible_v<std::ptrdiff_t, S>;
static_assert(semaphore<std::counting_semaphore<3>> && semaphore<heddle::counting_semaphore<3>>);
static_assert(heddle::binary_semaphore::max() == 1);

template <class T>
concept latch_like = requires(T& on, const T& same) {
  { T::max() } noexcept -> std::same_as<std::ptrdiff_t>;
  { on.count_down() } -> std::same_as<void>;
  { on.count_down(2) } -> std::same_as<void>;
  { same.try_wait() } noexcept -> std::same_as<bool>;
  { same.wait() } -> std::same_as<void>;
  { on.arrive_and_wait() } -> std::same_as<void>;
  { on.arrive_and_wait(2) } -> std::same_as<void>;
} && std::is_constructible_v<T, std::ptrdiff_t> && !std::is_convertible_v<std::ptrdiff_t, T>;
static_assert(latch_like<std::latch> && latch_like<heddle::latch>);

template <class T>
concept barrier_like = requires(T& on, const T& same, typename T::arrival_token&& token) {
  { T::max() } noexcept -> std::same_as<std::ptrdiff_t>;
  { on.arrive() } -> std::same_as<typename T::arrival_token>;
  { on.arrive(2) } -> std::same_as<typename T::arrival_token>;
  { same.wait(std::move(token)) } -> std::same_as<void>;
  { on.arrive_and_wait() } -> std::same_as<void>;
  { on.arrive_and_drop() } -> std::same_as<void>;
} && std::is_constructible_v<T, std::ptrdiff_t> && !std::is_convertible_v<std::ptrdiff_t, T>;
static_assert(barrier_like<std::barrier<>> && barrier_like<heddle::barrier<>>);
constexpr auto complete = []() noexcept {};
static_assert(std::is_same_v<decltype(heddle::barrier(1, complete)),
                             heddle::barrier<std::remove_const_t<decltype(complete)>>>);

// --- threads ---
template <class T>
concept thread_like = requires(T& on, const T& same) {
  { same.joinable() } noexcept -> std::same_as<bool>;
  { same.get_id() } noexcept -> std::same_as<typename T::id>;
  { on.join() } -> std::same_as<void>;
  { on.detach() } -> std::same_as<void>;
  { T::hardware_concurrency() } noexcept -> std::same_as<unsigned>;
  on.swap(on);
  typename T::native_handle_type;
} && std::is_constructible_v<T, void (*)(int), int> && std::is_nothrow_default_constructible_v<T>;
static_assert(thread_like<std::thread> && thread_like<heddle::thread>);
static_assert(thread_like<std::jthread> && thread_like<heddle::jthread>);
static_assert(std::totally_ordered<heddle::thread::id> && noexcept(heddle::this_thread::get_id()));

TEST(Traits, AreCheckedByTheCompiler) {
  // What is deduced, as a user writes it.
  heddle::mutex a;
  heddle::shared_mutex b;
  const heddle::lock_guard guard(a);
  const heddle::unique_lock unique(b, heddle::try_to_lock);
  const heddle::shared_lock shared(b, heddle::defer_lock);
  static_assert(std::is_same_v<decltype(unique), const heddle::unique_lock<heddle::shared_mutex>>);
  const heddle::mutex copied_from_braces = {};
  EXPECT_TRUE(unique.owns_lock());
}

}  // namespace
