// SPDX-License-Identifier: MIT
#include "counting.hpp"

#include <algorithm>
#include <bit>
#include <cmath>

#include "preemption.hpp"

namespace heddle::explorers {

sched::explorer::needs counting::wants() const {
  inner_wants_ = wrapper::wants();
  needs all = inner_wants_;
  all.steps = all.order = true;
  return all;
}

bool counting::begin_execution() {
  class_.begin();
  preemptions_ = choices_ = 0;
  return wrapper::begin_execution();
}

std::uint32_t counting::choose(const sched::choice& where) {
  const std::uint32_t index = wrapper::choose(where);
  ++choices_;
  preemptions_ += is_preemption(where, index);
  if (where.kind == sched::choice_kind::value) class_.chose(where.acting, index);
  return index;
}

void counting::step(const sched::event& done, const sched::operation& next) {
  class_.step(done);
  if (inner_wants_.steps) wrapper::step(done, next);
}

void counting::ordered(sched::thread_id earlier, sched::thread_id later) {
  class_.ordered(earlier, later);
  if (inner_wants_.order) wrapper::ordered(earlier, later);
}

std::uint32_t counting::arm_of(std::string_view name) {
  if (name.empty()) return class_table::no_arm;
  const auto found =
      std::find_if(arms_.begin(), arms_.end(), [name](const arm& at) { return at.name == name; });
  if (found != arms_.end()) return static_cast<std::uint32_t>(found - arms_.begin());
  if (arms_.size() == class_table::arms) return class_table::no_arm;
  arms_.push_back({name, {}});
  return static_cast<std::uint32_t>(arms_.size() - 1);
}

void counting::end_execution(const sched::outcome& result) {
  if (result.starts_over()) table_.clear();  // by what is not so any more
  if (!result.racy.empty()) {
    arms_.clear();
  } else if (result.result != sched::verdict::redundant && !result.widened) {
    const lot drawn = wrapper::drawn();
    const std::uint32_t by = arm_of(drawn.from);
    if (by != class_table::no_arm) arms_[by].size.add(drawn.log_chance);
    table_.add(class_.value() + result.graph, by);
    if (with_preemptions_.size() <= preemptions_) with_preemptions_.resize(preemptions_ + 1);
    ++with_preemptions_[preemptions_];
    ++with_choices_[static_cast<std::size_t>(std::bit_width(choices_))];
    most_choices_ = std::max(most_choices_, choices_);
  }
  wrapper::end_execution(result);
}

statistics counting::collect(std::int64_t executions, std::chrono::nanoseconds elapsed) const {
  statistics all;
  all.preemptions = with_preemptions_;
  const auto last = std::bit_width(most_choices_);
  all.choices.assign(with_choices_.begin(), with_choices_.begin() + last + 1);
  all.most_choices = most_choices_;
  for (std::uint32_t i = 0; i < arms_.size(); ++i) {
    const class_table::seen& by = table_.by(i);
    all.drawn.push_back(
        {std::string(arms_[i].name), by.executions, by.distinct, chance_of_new(by)});
    const auto size = arms_[i].size.powers_of_ten();
    const auto width = [](const estimate& of) { return of.high - of.low; };
    if (size && (!all.size || width(*size) < width(*all.size))) all.size = size;
  }
  const headway far = searched();
  if (far.executions > 1 && far.done > 0 && far.done < 1 && claim() != coverage::exhaustive) {
    all.searched = far.done;
    const auto each = static_cast<double>(elapsed.count()) / static_cast<double>(executions);
    const double left = static_cast<double>(far.executions) * (1 / far.done - 1);
    const double most = 9e18;
    all.to_finish =
        std::chrono::nanoseconds(static_cast<std::int64_t>(std::min(each * left, most)));
  }
  return all;
}

}  // namespace heddle::explorers
