// SPDX-License-Identifier: MIT
#include "heddle/explorers/dpor.hpp"

#include "not_deterministic.hpp"
#include "search.hpp"

namespace heddle::explorers {

dpor::dpor(mode how, std::optional<std::uint64_t> shuffle)
    : search_(std::make_unique<por::search>(how, shuffle)) {}
dpor::~dpor() = default;

sched::explorer::needs dpor::wants() const {
  // A bound would make what can be read depend on the order of independent actions.
  return {.permits = true, .steps = true, .order = true, .stale_reads = sched::any_number};
}
bool dpor::begin_execution() { return search_->begin(); }
std::uint32_t dpor::choose(const sched::choice& where) {
  return where.kind == sched::choice_kind::thread ? search_->choose_thread(where)
                                                  : search_->choose_data(where);
}
bool dpor::permits(const sched::execution_state& state, sched::thread_id next) {
  return search_->permits(state, next);
}
void dpor::step(const sched::event& done, const sched::operation&) { search_->step(done); }
void dpor::ordered(sched::thread_id earlier, sched::thread_id later) {
  search_->ordered(earlier, later);
}
void dpor::end_execution(const sched::outcome& result) { search_->end(result); }
coverage dpor::claim() const { return search_->claim(); }
std::vector<std::string> dpor::assumptions() const {
  if (claim() != coverage::bounded) return {};
  return {"every execution was covered in which no timeout fires while other threads can run"};
}
bool dpor::finished() const noexcept { return search_->finished(); }
sched::explorer::headway dpor::searched() const { return search_->searched(); }

std::string dpor::complaint() const {
  return search_->strange() ? not_deterministic() : std::string();
}

}  // namespace heddle::explorers
