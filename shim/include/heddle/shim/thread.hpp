// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <iosfwd>
#include <new>
#include <string_view>
#include <system_error>
#include <thread>
#include <tuple>
#include <type_traits>
#include <utility>

#include <heddle/sched/point.hpp>
#include <heddle/shim/chrono.hpp>

namespace heddle {

namespace detail {

// The decayed copy of a callable and its arguments, in the execution's memory.
template <class... Parts>
struct thread_closure {
  std::tuple<Parts...> parts;
  static void run(void* self) {
    struct owner {  // destroyed when the thread ends, however it ends
      thread_closure* closure;
      ~owner() { closure->~thread_closure(); }
    } const own{static_cast<thread_closure*>(self)};
    std::apply([](auto&&... part) { std::invoke(std::forward<decltype(part)>(part)...); },
               std::move(own.closure->parts));
  }
};

// Runs `function(arguments...)` as a new thread.
template <class... Args>
sched::spawned spawn(location where, Args&&... args) {
  using closure = thread_closure<std::decay_t<Args>...>;
  if (!sched::in_execution()) return sched::spawn(nullptr, nullptr, nullptr, where);  // throws
  void* memory = sched::allocate(sizeof(closure), alignof(closure));
  auto* made = new (memory) closure{{std::forward<Args>(args)...}};
  return sched::spawn(&closure::run, made, nullptr, where);
}

}  // namespace detail

// Written as the first argument of a thread it gives the thread its name, which appears in every
// report: heddle::thread t(heddle::named("writer"), work).
struct named {
  explicit named(std::string_view text, location created = location::current())
      : name(text), where(created) {}
  std::string_view name;
  location where;
};

namespace detail {
template <class F, class Thread>
concept thread_function = !std::is_same_v<std::remove_cvref_t<F>, Thread> &&
                          !std::is_same_v<std::remove_cvref_t<F>, named>;
}  // namespace detail

// std::thread under control. Creating, starting, detaching and ending are no scheduling points;
// join of an unfinished thread waits for it. A handle destroyed while joinable is reported as a
// leak (std::thread would call std::terminate) and then joined.
class thread {
 public:
  using native_handle_type = sched::thread_id;

  class id {
   public:
    id() noexcept = default;
    friend bool operator==(id, id) noexcept = default;
    friend auto operator<=>(id, id) noexcept = default;
    template <class Char, class Traits>
    friend std::basic_ostream<Char, Traits>& operator<<(std::basic_ostream<Char, Traits>& out,
                                                        id of) {
      if (of.number_ == sched::no_thread) return out << "no thread";
      return out << "T" << of.number_;
    }

   private:
    friend class thread;
    friend struct std::hash<id>;
    friend id this_thread_id() noexcept;
    explicit id(sched::thread_id number) noexcept : number_(number) {}
    sched::thread_id number_ = sched::no_thread;
  };

  thread() noexcept = default;
  // The place of creation is known where there are no further arguments, or a name.
  template <class F>
  requires(detail::thread_function<F, thread>) explicit thread(F&& function,
                                                               location where = location::current())
      : handle_(detail::spawn(where, std::forward<F>(function))), where_(where) {}
  template <class F, class First, class... Args>
  requires(detail::thread_function<F, thread> &&
           !std::is_same_v<First, location>) explicit thread(F&& function, First&& first,
                                                             Args&&... args)
      : handle_(detail::spawn({}, std::forward<F>(function), std::forward<First>(first),
                              std::forward<Args>(args)...)) {}
  template <class F, class... Args>
  explicit thread(named label, F&& function, Args&&... args)
      : handle_(detail::spawn(label.where, std::forward<F>(function), std::forward<Args>(args)...)),
        where_(label.where) {
    sched::name_thread(handle_.id, label.name);
  }
  ~thread() { release_joinable(); }
  thread(thread&& other) noexcept
      : handle_(std::exchange(other.handle_, none)), where_(other.where_) {}
  thread& operator=(thread&& other) noexcept {
    release_joinable();
    handle_ = std::exchange(other.handle_, none);
    where_ = other.where_;
    return *this;
  }

  thread(const thread&) = delete;
  thread& operator=(const thread&) = delete;

  [[nodiscard]] bool joinable() const noexcept { return handle_.id != sched::no_thread; }
  [[nodiscard]] id get_id() const noexcept { return id(handle_.id); }
  [[nodiscard]] native_handle_type native_handle() const noexcept { return handle_.id; }

  // Throws std::system_error: invalid_argument if not joinable, resource_deadlock_would_occur if it
  // is the calling thread.
  void join(location where = location::current()) {
    if (!joinable()) fail(std::errc::invalid_argument, "join: the thread is not joinable");
    if (handle_.id == sched::this_thread()) {
      fail(std::errc::resource_deadlock_would_occur, "join: a thread cannot join itself");
    }
    sched::join(std::exchange(handle_, none), where);
  }
  void detach() {
    if (!joinable()) fail(std::errc::invalid_argument, "detach: the thread is not joinable");
    sched::detach(std::exchange(handle_, none));
  }
  void swap(thread& other) noexcept {
    std::swap(handle_, other.handle_);
    std::swap(where_, other.where_);
  }
  [[nodiscard]] static unsigned hardware_concurrency() noexcept { return 2; }

 private:
  static constexpr sched::spawned none{sched::no_thread, 0};
  void release_joinable() noexcept {
    if (joinable()) sched::abandon_joinable(std::exchange(handle_, none), where_);
  }
  [[noreturn]] static void fail(std::errc code, const char* what) {
    throw std::system_error(std::make_error_code(code), what);
  }
  sched::spawned handle_ = none;
  location where_;
};

inline thread::id this_thread_id() noexcept { return thread::id(sched::this_thread()); }
inline void swap(thread& a, thread& b) noexcept { a.swap(b); }

namespace this_thread {

[[nodiscard]] inline thread::id get_id() noexcept { return this_thread_id(); }
inline void yield(location where = location::current()) { sched::yield(where); }

// In virtual time: a sleep of an hour takes microseconds. Outside an execution it really sleeps.
template <class Rep, class Period>
void sleep_for(const std::chrono::duration<Rep, Period>& time,
               location where = location::current()) {
  if (!sched::in_execution()) return std::this_thread::sleep_for(time);
  sched::sleep_until(detail::from_now(time), where);
}
template <class Clock, class Duration>
void sleep_until(const std::chrono::time_point<Clock, Duration>& deadline,
                 location where = location::current()) {
  if (sched::in_execution()) {
    sched::sleep_until(detail::to_virtual(deadline), where);
  } else if constexpr (!std::is_same_v<Clock, steady_clock> &&
                       !std::is_same_v<Clock, system_clock>) {
    std::this_thread::sleep_until(deadline);
  }
}

}  // namespace this_thread
}  // namespace heddle

template <>
struct std::hash<heddle::thread::id> {
  std::size_t operator()(heddle::thread::id of) const noexcept {
    return std::hash<heddle::sched::thread_id>{}(of.number_);
  }
};
