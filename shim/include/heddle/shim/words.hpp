// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include <heddle/sched/point.hpp>
#include <heddle/sched/supervision.hpp>

// What a test author says to Heddle inside a body.
namespace heddle {

// One of 0..count-1; every value is explored. Throws std::invalid_argument for 0.
inline std::uint32_t choose(std::uint32_t count, location where = location::current()) {
  return sched::choose(count, where);
}

// False: this execution is of no interest, neither passed nor failed (it counts as blocked). The
// calling thread ends; the others run on.
inline void assume(bool condition, location where = location::current()) {
  sched::assume(condition, where);
}

// An assertion that needs no test framework. False: the execution has failed with `why`, and the
// calling thread ends. Outside an execution it throws std::logic_error.
inline void check(bool condition, std::string_view why = "heddle::check failed",
                  location where = location::current()) {
  if (!condition) sched::fail(failure_kind::failed_check, why, where);
}

// Has `holds` looked at now and after every visible operation of any thread, until the calling
// thread ends: false, or a heddle::check that fails in it, is a failure of the execution. It is
// copied and never destroyed, so capture by reference what lives until the calling thread has
// ended. It may only look: loads of atomics, reads of a var and of the clock, which are no
// operations and race with nothing there. Reductions such as dpor do not tell apart all states that
// an invariant can see: dfs does.
template <class Function>
void invariant(Function holds, location where = location::current()) {
  static_assert(std::is_trivially_destructible_v<Function>,
                "heddle::invariant: capture by reference; nobody destroys the copy");
  static_assert(std::is_invocable_v<Function&>, "heddle::invariant: a function without arguments");
  if (!sched::in_execution()) return sched::add_invariant(nullptr, nullptr, where);  // throws
  void* kept =
      new (sched::allocate(sizeof(Function), alignof(Function))) Function(std::move(holds));
  sched::add_invariant(
      [](void* of) -> bool {
        if constexpr (std::is_void_v<std::invoke_result_t<Function&>>) {
          (*static_cast<Function*>(of))();
          return true;
        } else {
          return static_cast<bool>((*static_cast<Function*>(of))());
        }
      },
      kept, where);
}

// While one lives, its thread is not interrupted where it can go on: other threads run only when it
// blocks, yields or sleeps. The coverage rests on it.
class [[nodiscard]] no_preemption {
 public:
  no_preemption() noexcept { sched::begin_uninterrupted(); }
  no_preemption(const no_preemption&) = delete;
  no_preemption& operator=(const no_preemption&) = delete;
  ~no_preemption() { sched::end_uninterrupted(); }
};

// Races on this var are not reported. What they may do to its value is not explored either.
template <class Variable>
requires requires(Variable& variable) { variable.model().benign; }
void benign(Variable& variable) noexcept { variable.model().benign = true; }

// A line of the user's own in the thread columns of a report. Made only in the final run, so it may
// be called often; building `text` is up to the caller.
inline void note(std::string_view text, location where = location::current()) {
  sched::note(text, where);
}

// A scheduling point of one's own. Points of the same name depend on each other.
inline void point(std::string_view name = "point", location where = location::current()) {
  sched::point(name, where);
}

// Names an object (a mutex, condition variable, atomic or var) for reports.
template <class Object>
requires requires(Object& object) { object.model(); }
void name(Object& object, std::string_view text) { sched::name_object(object.model(), text); }
// Names anything else that has such objects in it: they are called after it ("from.guard").
template <class Parent>
void name(Parent& parent, std::string_view text) {
  sched::name_region(&parent, sizeof(Parent), text);
}
// Names the calling thread.
inline void name_this_thread(std::string_view text) {
  sched::name_thread(sched::this_thread(), text);
}

}  // namespace heddle
