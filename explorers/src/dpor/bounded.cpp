// SPDX-License-Identifier: MIT
#include "heddle/explorers/bounded.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "bounded_search.hpp"
#include "not_deterministic.hpp"

namespace heddle::explorers {

bounded::bounded(const limits& within) : within_(within) { restart(); }
bounded::~bounded() = default;

void bounded::restart() {
  parts_.clear();
  sum_ = 0;
  now_ = 0;
  part_with(0);
}

bounded::part& bounded::part_with(std::size_t more_stale_reads) {
  while (parts_.size() <= more_stale_reads) {
    const auto stale = within_.first_stale_reads + static_cast<std::uint32_t>(parts_.size());
    limits of = within_;
    of.reduce = of.reduce && stale == 0;
    parts_.push_back({stale, std::make_unique<por::bounded_search>(of)});
  }
  return parts_[more_stale_reads];
}

sched::explorer::needs bounded::wants() const {
  const part& now = parts_[now_];
  return {.permits = true,
          .steps = true,
          .order = now.search->reduces(),
          .stale_reads = now.stale_reads};
}

// One sum after the other; of those with the same sum first the one with fewer reads of old stores.
bool bounded::begin_execution() {
  const std::uint32_t most = within_.most - within_.first;
  for (;;) {
    if (exhausted() || !complaint().empty()) return false;
    const std::uint32_t most_stale = weak_ ? within_.stale_reads - within_.first_stale_reads : 0;
    const auto more = sum_ - static_cast<std::uint32_t>(now_);
    if (more <= most && part_with(now_).search->begin(within_.first + more)) return true;
    if (now_ < std::min(sum_, most_stale)) {
      ++now_;
    } else if (sum_ < most + most_stale) {
      ++sum_;
      now_ = 0;
    } else {
      return false;
    }
  }
}

std::uint32_t bounded::choose(const sched::choice& where) {
  por::bounded_search& search = *parts_[now_].search;
  return where.kind == sched::choice_kind::thread ? search.choose_thread(where)
                                                  : search.choose_data(where);
}
bool bounded::permits(const sched::execution_state& state, sched::thread_id next) {
  return parts_[now_].search->permits(state, next);
}
void bounded::step(const sched::event& done, const sched::operation&) {
  parts_[now_].search->step(done);
}
void bounded::ordered(sched::thread_id earlier, sched::thread_id later) {
  parts_[now_].search->ordered(earlier, later);
}

void bounded::end_execution(const sched::outcome& result) {
  part& now = parts_[now_];
  now.search->end(result);
  now.left_out = now.left_out || result.newest_only || result.stale_read_left_out;
  weak_ = weak_ || result.newest_only;
  if (result.memory.model != memory::sc && result.memory.stale_reads < now.stale_reads) {
    // The options allow no more: there is nothing new in this part.
    within_.stale_reads = result.memory.stale_reads;
    parts_.pop_back();
    now_ = parts_.size() - 1;
  }
  // What was finished before has not seen the accesses that are points now.
  if (!result.racy.empty() && parts_.size() > 1) restart();
}

bool bounded::exhausted() const noexcept {
  return std::any_of(parts_.begin(), parts_.end(), [this](const part& of) {
    return of.search->exhausted() && (!of.left_out || of.stale_reads == within_.stale_reads);
  });
}

std::optional<std::uint32_t> bounded::covered() const noexcept {
  const por::bounded_search& search = *parts_.front().search;
  return search.strange() ? std::nullopt : search.covered();
}

bool bounded::finished() const noexcept {
  if (exhausted()) return true;
  const std::size_t all = weak_ ? within_.stale_reads - within_.first_stale_reads + 1 : 1;
  return parts_.size() == all && std::all_of(parts_.begin(), parts_.end(),
                                             [](const part& of) { return of.search->finished(); });
}

coverage bounded::claim() const {
  if (exhausted()) return coverage::exhaustive;
  return covered() ? coverage::bounded : coverage::sampled;
}

std::vector<std::string> bounded::assumptions() const {
  if (claim() != coverage::bounded) return {};
  const char* what = within_.of == cost::delays ? "delay" : "preemption";
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const auto bound = parts_[i].search->covered();
    if (!bound) continue;
    // The next one has seen all of it.
    if (i + 1 < parts_.size() && parts_[i + 1].search->covered() >= bound) continue;
    std::string text =
        fmt::format("at most {} {}{} in an execution", *bound, what, *bound == 1 ? "" : "s");
    if (weak_ && parts_[i].stale_reads < within_.stale_reads && parts_[i].left_out) {
      text += parts_[i].stale_reads == 0
                  ? " whose loads read the newest stores"
                  : fmt::format(" of which at most {} load{} another store than the newest",
                                parts_[i].stale_reads,
                                parts_[i].stale_reads == 1 ? " reads" : "s read");
    }
    parts.push_back(std::move(text));
  }
  return {fmt::format("{}", fmt::join(parts, ", or "))};
}

std::string bounded::complaint() const {
  const bool strange = std::any_of(parts_.begin(), parts_.end(),
                                   [](const part& of) { return of.search->strange(); });
  return strange ? not_deterministic() : std::string();
}

}  // namespace heddle::explorers
