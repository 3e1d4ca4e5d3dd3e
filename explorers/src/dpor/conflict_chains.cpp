// SPDX-License-Identifier: MIT
#include "conflict_chains.hpp"

#include <algorithm>
#include <utility>

namespace heddle::explorers::por {

namespace {

enum chain : std::uint32_t { by_object, by_second, timed, parking, with_any };

bool is_timed(const sched::operation& op) noexcept {
  return op.deadline != sched::no_deadline || op.kind == sched::op_kind::sleep ||
         op.kind == sched::op_kind::read_clock;
}

constexpr std::size_t start_of(std::uint64_t key, std::size_t slots) noexcept {
  return (key * 0x9e37'79b9'7f4a'7c15u >> 32) & (slots - 1);
}

}  // namespace

void conflict_chains::clear() noexcept {
  count_ = 0;
  used_ = 0;
  links_.clear();
  newest_timed_ = newest_parking_ = newest_of_any_ = none;
  if (++generation_ == 0) {  // once in four thousand million executions
    table_.clear();
    generation_ = 1;
  }
}

void conflict_chains::append(const action& what) {
  const auto first = static_cast<std::uint32_t>(count_++ * chains_of_one);
  links_.resize(first + chains_of_one, none);
  if (what.what == action::kind::value) return;  // conflicts with nothing
  const auto join = [&](std::uint32_t& newest, chain which) {
    links_[first + which] = std::exchange(newest, first + which);
  };
  with_all_ = what.what == action::kind::early || what.op.many;
  join(newest_of(what.op.object), by_object);
  if (what.op.second != 0 && what.op.second != what.op.object) {
    join(newest_of(what.op.second), by_second);
  }
  if (is_timed(what.op)) join(newest_timed_, timed);
  if (what.parks) join(newest_parking_, parking);
  links_[first + with_any] = newest_of_any_;
  if (with_all_) newest_of_any_ = first + with_any;
}

std::uint32_t& conflict_chains::newest_of(std::uint64_t key) {
  if (2 * used_ >= table_.size()) grow();
  std::size_t at = start_of(key, table_.size());
  while (table_[at].generation == generation_ && table_[at].key != key) {
    at = (at + 1) & (table_.size() - 1);
  }
  if (table_[at].generation != generation_) {
    table_[at] = {key, none, generation_};
    ++used_;
  }
  return table_[at].newest;
}

void conflict_chains::grow() {
  std::vector<slot> old(std::max<std::size_t>(64, 2 * table_.size()));
  old.swap(table_);
  for (const slot& each : old) {
    if (each.generation != generation_) continue;
    std::size_t at = start_of(each.key, table_.size());
    while (table_[at].generation == generation_) at = (at + 1) & (table_.size() - 1);
    table_[at] = each;
  }
}

}  // namespace heddle::explorers::por
