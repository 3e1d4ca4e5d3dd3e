// SPDX-License-Identifier: MIT
#include "minimise.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "bounded_search.hpp"
#include "deviations.hpp"

namespace heddle {

std::string minimisation::text() const {
  const auto arrow = [](std::uint32_t from, std::uint32_t to, const char* what) {
    return from == to ? fmt::format("{} {}{}", to, what, to == 1 ? "" : "s")
                      : fmt::format("{} {}{} -> {}", from, what, from == 1 ? "" : "s", to);
  };
  std::string text = arrow(before.preemptions, after.preemptions, "preemption") + ", " +
                     arrow(before.steps, after.steps, "step");
  if (before.preemptions == after.preemptions && before.steps == after.steps) {
    text += fmt::format(", {} unusual choices -> {}", before.unboring, after.unboring);
  }
  text += ", verified";
  if (fewest && after.preemptions != 0) text += "; fewer preemptions do not fail like this";
  return text;
}

namespace explorers {

namespace {

class minimising {
 public:
  using judge = std::function<bool(const std::vector<std::uint32_t>&)>;
  using listener = std::function<void(const minimised&)>;
  minimising(laboratory& lab, const sched::outcome& of, const judge& same_cause,
             const listener& found)
      : lab_(lab), wanted_(signature_of(of)), same_cause_(same_cause), found_(found) {}

  minimised from(const std::vector<std::uint32_t>& choices) {
    extracting original(choices);
    original.begin_execution();
    const sched::outcome outcome = lab_.run(original);
    best_.choices = choices;
    best_.what.before = best_.what.after = original.size();
    longest_ = 2 * outcome.steps + 200;
    if (fails_alike(outcome)) {
      drop_deviations(original.made());
      search();
    }
    best_.what.executions = lab_.spent();
    return best_;
  }

 private:
  [[nodiscard]] bool fails_alike(const sched::outcome& of) const {
    return of.failure && of.result != sched::verdict::cut && signature_of(of) == wanted_;
  }

  bool improves(const measuring& by, const sched::outcome& result) {
    if (by.gave_up() || !(by.size() < best_.what.after) || !fails_alike(result)) return false;
    const std::vector<std::uint32_t> choices = by.indices();
    if (!same_cause_(choices)) return false;
    best_.choices = choices;
    best_.what.after = by.size();
    best_.what.executions = lab_.spent();
    if (found_) found_(best_);
    return true;
  }

  // Runs with `wanted` only. If that is simpler and still fails, `wanted` becomes what it came to.
  bool try_with(std::vector<deviation>& wanted) {
    deviating attempt(wanted, longest_);
    attempt.begin_execution();
    const sched::outcome result = lab_.run(attempt);
    if (!improves(attempt, result)) return false;
    wanted = attempt.made();
    return true;
  }

  void drop_deviations(std::vector<deviation> now) {
    // The search that follows proves; leave it half of the executions.
    const std::int64_t reserve = lab_.left() / 2;
    bool again = true;
    while (again && !now.empty()) {
      again = false;
      for (std::size_t group = std::max<std::size_t>(1, now.size() / 2); group > 0; group /= 2) {
        for (std::size_t at = 0; at < now.size();) {
          if (!lab_.affordable() || lab_.left() <= reserve) return;
          std::vector<deviation> fewer = now;
          const auto first = fewer.begin() + static_cast<std::ptrdiff_t>(at);
          const auto count = static_cast<std::ptrdiff_t>(std::min(group, now.size() - at));
          fewer.erase(first, first + count);
          if (try_with(fewer)) {
            again = true;
            now = std::move(fewer);
          } else {
            at += group;
          }
        }
      }
    }
  }

  void search() {
    for (std::uint32_t bound = 0; bound <= best_.what.after.preemptions; ++bound) {
      if (bound == best_.what.after.preemptions) {
        best_.what.fewest = true;
        if (best_.what.after.unboring == 0) return;  // the boring schedule
      }
      bounded_search every(bound, best_.what.after, longest_);
      while (every.begin_execution()) {
        if (!lab_.affordable()) return;
        const sched::outcome result = lab_.run(every);
        if (improves(every, result)) {
          every.tighten(best_.what.after);
          best_.what.fewest = true;  // every schedule with fewer has been tried
        }
      }
    }
    best_.what.fewest = true;
  }

  laboratory& lab_;
  const signature wanted_;
  const judge& same_cause_;
  const listener& found_;
  minimised best_;
  std::uint32_t longest_ = 0;
};

}  // namespace

std::string to_text(const minimised& of) {
  std::ostringstream text;
  for (const schedule_size& size : {of.what.before, of.what.after}) {
    text << size.preemptions << ' ' << size.unboring << ' ' << size.steps << ' ';
  }
  text << of.what.executions << ' ' << of.what.fewest;
  for (const std::uint32_t choice : of.choices) text << ' ' << choice;
  return text.str();
}

minimised minimised_from(const std::string& text) {
  minimised made;
  std::istringstream in(text);
  for (schedule_size* size : {&made.what.before, &made.what.after}) {
    in >> size->preemptions >> size->unboring >> size->steps;
  }
  in >> made.what.executions >> made.what.fewest;
  for (std::uint32_t choice = 0; in >> choice;) made.choices.push_back(choice);
  return made;
}

minimised minimise(laboratory& lab, const std::vector<std::uint32_t>& choices,
                   const sched::outcome& of,
                   const std::function<bool(const std::vector<std::uint32_t>&)>& same_cause,
                   const std::function<void(const minimised&)>& found) {
  return minimising(lab, of, same_cause, found).from(choices);
}

}  // namespace explorers
}  // namespace heddle
