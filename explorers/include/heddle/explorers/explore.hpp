// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <type_traits>

#include <heddle/explorers/options.hpp>
#include <heddle/explorers/report.hpp>
#include <heddle/sched/engine.hpp>

namespace heddle {

// Runs `body` as thread T0 of one execution after another, until the explorer has finished, the
// budget is used up, or something has failed. A failing execution is run once more to record what
// it does. Throws std::invalid_argument for options, variables or tokens that make no sense. Not to
// be called from inside an execution; explorations on different OS threads are independent, except
// that capturing output concerns the whole process.
report explore(const options& how, sched::body_ref body);

// The same with an explorer of your own; how.explorer is only its name for the report.
report explore(const options& how, sched::explorer& decide, sched::body_ref body);

// Reruns the one execution that `token` (or the path of a schedule file) describes. If the body
// does not fit the schedule any more, the report fails and names the first divergence.
report replay(std::string_view token, sched::body_ref body, const options& how = {});

// Reruns a schedule file of options.remember, as explore() does before anything else: its state is
// in report.remembered, and if it still fails, that is the failure of the report.
report recall(const std::string& file, sched::body_ref body, const options& how);

namespace detail {
// For those who run executions by themselves. Throws std::invalid_argument as explore() does.
[[nodiscard]] std::unique_ptr<sched::engine> engine_for(const options& how);

// For adapters, before each test of a program. Where HEDDLE_TOTAL_TIME says how many seconds all
// tests have together: gives the next one an equal share of what is left of them, its only budget,
// unless HEDDLE_TIME is set. The first call starts the clock. Throws std::invalid_argument as
// explore() does.
void share_total_time(options& how, std::int64_t tests_left);

// A command line that runs this program with `arguments` alone, for options.rerun.
std::string rerun_as(std::string_view arguments);

// `body` is only called while explore runs; it need not be copyable, nor const.
template <class Body>
sched::body_ref reference(Body& body) noexcept {
  if constexpr (std::is_function_v<Body>) {
    return {[](void* context) { reinterpret_cast<Body*>(context)(); },
            reinterpret_cast<void*>(&body)};
  } else {
    return {[](void* context) { (*static_cast<Body*>(context))(); },
            const_cast<void*>(static_cast<const void*>(std::addressof(body)))};
  }
}
template <class Body>
concept body_of_test =
    std::is_invocable_v<Body&> && !std::is_same_v<std::remove_cvref_t<Body>, sched::body_ref>;
}  // namespace detail

template <class Body>
requires(detail::body_of_test<Body>) report explore(const options& how, Body&& body) {
  return explore(how, detail::reference(body));
}
template <class Body>
requires(detail::body_of_test<Body>) report
    explore(const options& how, sched::explorer& decide, Body&& body) {
  return explore(how, decide, detail::reference(body));
}
template <class Body>
requires(detail::body_of_test<Body>) report
    replay(std::string_view token, Body&& body, const options& how = {}) {
  return replay(token, detail::reference(body), how);
}
template <class Body>
requires(detail::body_of_test<Body>) report
    recall(const std::string& file, Body&& body, const options& how) {
  return recall(file, detail::reference(body), how);
}

}  // namespace heddle
