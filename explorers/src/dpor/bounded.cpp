// SPDX-License-Identifier: MIT
#include "heddle/explorers/bounded.hpp"

#include <fmt/format.h>

#include "bounded_search.hpp"
#include "not_deterministic.hpp"

namespace heddle::explorers {

bounded::bounded(const limits& within)
    : within_(within), search_(std::make_unique<por::bounded_search>(within)) {}
bounded::~bounded() = default;

sched::explorer::needs bounded::wants() const {
  return {.permits = true,
          .steps = true,
          .order = search_->reduces(),
          .stale_reads = within_.stale_reads};
}
bool bounded::begin_execution() { return search_->begin(); }
std::uint32_t bounded::choose(const sched::choice& where) {
  return where.kind == sched::choice_kind::thread ? search_->choose_thread(where)
                                                  : search_->choose_data(where);
}
bool bounded::permits(const sched::execution_state& state, sched::thread_id next) {
  return search_->permits(state, next);
}
void bounded::step(const sched::event& done, const sched::operation&) { search_->step(done); }
void bounded::ordered(sched::thread_id earlier, sched::thread_id later) {
  search_->ordered(earlier, later);
}
void bounded::end_execution(const sched::outcome& result) { search_->end(result); }

std::optional<std::uint32_t> bounded::covered() const noexcept {
  return search_->strange() ? std::nullopt : search_->covered();
}
bool bounded::finished() const noexcept { return search_->finished(); }

coverage bounded::claim() const {
  if (search_->exhausted()) return coverage::exhaustive;
  return covered() ? coverage::bounded : coverage::sampled;
}

std::vector<std::string> bounded::assumptions() const {
  if (claim() != coverage::bounded) return {};
  const std::uint32_t bound = *covered();
  const char* what = within_.of == cost::delays ? "delay" : "preemption";
  return {fmt::format("at most {} {}{} in an execution", bound, what, bound == 1 ? "" : "s")};
}

std::string bounded::complaint() const {
  return search_->strange() ? not_deterministic() : std::string();
}

}  // namespace heddle::explorers
