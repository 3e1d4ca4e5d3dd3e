// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string_view>

#include <heddle/sched/point.hpp>

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
