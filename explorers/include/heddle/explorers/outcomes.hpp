// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <heddle/explorers/explore.hpp>
#include <heddle/explorers/wrapper.hpp>

namespace heddle {

// How often a result was seen, and a schedule that shows it (for replay, with options.name).
struct outcome_witness {
  std::int64_t count = 0;
  std::string schedule;
};

// Every distinct result of the complete executions of a body, and the report of the exploration:
// whether these are all there are is what report.coverage says.
template <class Result>
struct outcome_set {
  std::map<Result, outcome_witness> results;
  heddle::report report;

  [[nodiscard]] bool contains(const Result& result) const { return results.count(result) != 0; }
  [[nodiscard]] std::size_t size() const noexcept { return results.size(); }
  // The results alone, for a comparison in one line.
  [[nodiscard]] std::set<Result> values() const {
    std::set<Result> all;
    for (const auto& [result, witness] : results) all.insert(result);
    return all;
  }
};

namespace detail {

// Keeps the indices that another explorer chose.
class watching : public explorers::wrapper {
 public:
  using wrapper::wrapper;
  bool begin_execution() override {
    indices_.clear();
    return wrapper::begin_execution();
  }
  std::uint32_t choose(const sched::choice& where) override {
    indices_.push_back(wrapper::choose(where));
    return indices_.back();
  }

 protected:
  std::vector<std::uint32_t> indices_;
};

// The explorer that `how` and the environment ask for, and a token for indices it chose, when these
// were the plain objects known to race.
[[nodiscard]] std::unique_ptr<sched::explorer> explorer_for(const options& how);
[[nodiscard]] std::string token_for(const options& how, const sched::memory_use& memory,
                                    const std::vector<std::uint32_t>& indices,
                                    const std::vector<sched::racy_key>& racy);

template <class Result>
class collecting final : public watching {
 public:
  collecting(sched::explorer& inner, const options& how, const std::optional<Result>& latest,
             std::map<Result, outcome_witness>& into) noexcept
      : watching(inner), how_(how), latest_(latest), into_(into) {}
  void end_execution(const sched::outcome& result) override {
    watching::end_execution(result);
    if (result.result == sched::verdict::passed && !result.widened && latest_.has_value()) {
      outcome_witness& witness = into_[*latest_];
      if (witness.count++ == 0) {
        witness.schedule = token_for(how_, result.memory, indices_, racy_);
      }
    }
    sched::add_keys(racy_, result.racy);
  }

 private:
  const options& how_;
  const std::optional<Result>& latest_;
  std::map<Result, outcome_witness>& into_;
  std::vector<sched::racy_key> racy_;
};

}  // namespace detail

// Explores `body` and collects what it returns. Result needs <. Executions that fail, deadlock or
// are blocked count in the report; by default they do not end the exploration.
template <class Body>
auto outcomes(options how, Body&& body) {
  using result_type = std::decay_t<std::invoke_result_t<Body&>>;
  static_assert(!std::is_void_v<result_type>,
                "heddle::outcomes needs a body that returns something");
  how.stop_at_first_failure = false;
  outcome_set<result_type> found;
  std::optional<result_type> latest;
  const auto decide = detail::explorer_for(how);
  detail::collecting<result_type> collector(*decide, how, latest, found.results);
  found.report = explore(how, collector, [&] {
    latest.reset();
    latest.emplace(body());
  });
  return found;
}

}  // namespace heddle
