// SPDX-License-Identifier: MIT
#include "heddle/sched/shape.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "token_text.hpp"

namespace heddle::sched {

namespace {

constexpr std::pair<races, std::string_view> words[] = {
    {races::report, "report"},
    {races::explore_all, "explore_all"},
    {races::off, "off"},
};

// A bound in a token: a letter and a number.
struct bound {
  char letter;
  std::uint32_t shape::*value;
  bool always;  // also where it is the default
};
constexpr bound bounds[] = {
    {'e', &shape::early_timeouts, true},     {'r', &shape::rereads, true},
    {'s', &shape::spurious, false},          {'w', &shape::weak_cas_failures, false},
    {'t', &shape::try_lock_failures, false}, {'d', &shape::deferred_asyncs, false},
    {'b', &shape::lock_back_offs, false},
};

}  // namespace

std::string_view word_of(races how) noexcept {
  return std::find_if(std::begin(words), std::end(words),
                      [how](const auto& known) { return known.first == how; })
      ->second;
}

std::optional<races> races_of(std::string_view word) noexcept {
  for (const auto& [how, known] : words) {
    if (known == word) return how;
  }
  return std::nullopt;
}

std::string shape::text() const {
  std::string text = "sc.";
  text += word_of(races);
  for (const bound& each : bounds) {
    const std::uint32_t value = this->*each.value;
    if (!each.always && value == shape{}.*each.value) continue;
    text += '.';
    text += each.letter;
    text += std::to_string(value);
  }
  return text;
}

shape shape::parse(std::string_view text) {
  if (take(text, '.') != "sc") {
    throw std::invalid_argument("the memory model in its options is unknown");
  }
  shape result;
  const std::optional<heddle::races> how = races_of(take(text, '.'));
  if (!how) throw std::invalid_argument("the race setting in its options is unknown");
  result.races = *how;
  while (!text.empty()) {
    const std::string_view one = take(text, '.');
    const auto known = std::find_if(std::begin(bounds), std::end(bounds), [one](const bound& at) {
      return !one.empty() && at.letter == one.front();
    });
    if (known == std::end(bounds)) {
      throw std::invalid_argument("a bound in its options is unknown");
    }
    result.*known->value = number(one.substr(1), 10, "a bound in its options is no number");
  }
  return result;
}

}  // namespace heddle::sched
