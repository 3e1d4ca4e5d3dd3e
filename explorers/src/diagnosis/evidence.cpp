// SPDX-License-Identifier: MIT
#include "evidence.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::explorers {

using sched::op_kind;
using sched::unfinished_thread;

evidence::evidence(failure& of_, laboratory* lab, const std::vector<std::uint32_t>& choices)
    : of(of_), name(of_.trace), past(of_.trace), lab_(lab), choices_(choices) {}

void evidence::found(failure_kind kind, std::string situation, std::string message) {
  of.kind = kind;
  of.situation = std::move(situation);
  of.message = std::move(message);
}

void evidence::found_why(failure_kind kind, std::string situation, std::string why) {
  if (of.kind != failure_kind::failed_check) {
    const std::string word = situation.empty() ? std::string(to_string(kind)) : situation;
    of.situation += (of.situation.empty() ? "" : ", ") + word;
    add("how that came about: " + std::move(why));
  } else if (kind == failure_kind::failed_check) {
    found(kind, std::move(situation), of.message + "; " + std::move(why));
  } else {
    const std::string check = of.message;
    found(kind, std::move(situation), std::move(why));
    add("the check that failed: " + check);
  }
}

std::optional<sched::outcome> evidence::instead(otherwise changed) {
  if (!can_experiment()) return {};
  if (!data_) {
    extracting original(choices_);
    original.begin_execution();
    static_cast<void>(lab_->run(original));
    data_ = original.made();
    if (!can_experiment()) return {};
  }
  reordering attempt(of.trace, *data_, std::move(changed));
  attempt.begin_execution();
  sched::outcome result = lab_->run(attempt);
  if (attempt.gave_up()) return {};
  return result;
}

std::string evidence::list(const std::vector<held_lock>& locks) const {
  if (locks.empty()) return "no lock";
  std::vector<std::string> parts;
  for (const held_lock& one : locks) {
    parts.push_back(fmt::format("{} (taken{} at {})", name.the_object(one.mutex),
                                one.shared ? " shared" : "", place(one.where)));
  }
  return join_all(parts, " and ");
}

std::string join_all(const std::vector<std::string>& parts, std::string_view between) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(between)) + part;
  return text;
}

const unfinished_thread* find(const failure& of, sched::thread_id thread) {
  const auto at = std::find_if(of.unfinished.begin(), of.unfinished.end(),
                               [thread](const auto& each) { return each.thread == thread; });
  return at == of.unfinished.end() ? nullptr : &*at;
}

sched::stable_key mutex_of(const unfinished_thread& at) noexcept {
  return at.pending.kind == op_kind::wake ? at.pending.second : at.pending.object;
}

std::string waits(const names& name, const unfinished_thread& at) {
  const std::string who = name.thread(at.thread);
  const std::string where = in_brackets(at.pending.where);
  if (at.pending.kind == op_kind::join) {
    return fmt::format("{} waits for the end of {}{}", who, name.thread(at.owner), where);
  }
  if (at.waiting) {
    return fmt::format("{} waits on {}{}", who, name.the_object(at.pending.object), where);
  }
  const std::string text =
      fmt::format("{} waits for {}{}", who, name.the_object(mutex_of(at)), where);
  if (at.owner == sched::no_thread) return text;
  const std::string owner = at.owner == at.thread ? "it" : name.thread(at.owner);
  if (!at.acquired.known()) return text + ", which is up to " + owner;
  return fmt::format("{}, which {} took at {}", text, owner, place(at.acquired));
}

}  // namespace heddle::explorers
