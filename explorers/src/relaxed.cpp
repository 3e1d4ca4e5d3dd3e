// SPDX-License-Identifier: MIT
#include "relaxed.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "heddle/explorers/replaying.hpp"

namespace heddle::explorers {

namespace {

constexpr std::size_t looked_ahead = 64;

// "T1 lock at a.cpp:3, 2 candidates: T1 lock, T2 lock -> T2": what is chosen at, without the line,
// which moves when code is edited.
std::string acting_of(const std::string& words) { return words.substr(0, words.find(" at ")); }
std::string without_candidates(const std::string& words) {
  return acting_of(words.substr(0, words.find(" candidates")));
}
std::string taken_in(const std::string& words) {
  const std::size_t arrow = words.rfind(" -> ");
  return arrow == words.npos ? std::string() : words.substr(arrow + 4);
}

}  // namespace

std::uint32_t relaxed::missed(const sched::choice& where) {
  if (first_missed_.empty()) {
    first_missed_ = fmt::format("choice {}, {}", choices_, describe(where));
  }
  return 0;
}

std::uint32_t relaxed::choose(const sched::choice& where) {
  ++choices_;
  if (words_.size() != indices_.size()) {
    if (position_ >= indices_.size()) return missed(where);
    const std::uint32_t index = indices_[position_++];
    if (index >= where.count) return missed(where);
    ++followed_;
    return index;
  }
  const std::string here = without_candidates(describe(where));
  const std::size_t end = std::min(words_.size(), position_ + looked_ahead);
  for (std::size_t at = position_; at < end; ++at) {
    if (without_candidates(words_[at]) != here) continue;
    const std::string taken = taken_in(words_[at]);
    for (std::uint32_t i = 0; i < where.count; ++i) {
      const bool value = !names_thread(where.kind);
      const std::string name =
          value ? fmt::format("{}", where[i].value) : fmt::format("T{}", where[i].thread);
      if (taken.empty() ? i == indices_[at] : name == taken) {
        position_ = at + 1;
        ++followed_;
        return i;
      }
    }
  }
  return missed(where);
}

std::string relaxed::how_far() const {
  std::string text = fmt::format("following {} of {} recorded choices", followed_, indices_.size());
  if (!first_missed_.empty()) text += "; the first that did not fit was " + first_missed_;
  return text;
}

}  // namespace heddle::explorers
