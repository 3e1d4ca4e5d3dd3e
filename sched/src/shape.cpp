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
    {races::explore, "explore"},
    {races::explore_all, "explore_all"},
    {races::off, "off"},
};

constexpr std::pair<memory, std::string_view> memories[] = {
    {memory::sc, "sc"},
    {memory::cxx, "cxx"},
    {memory::rc11, "rc11"},
};

template <class Table, class Value>
std::string_view word_in(const Table& table, Value value) noexcept {
  return std::find_if(std::begin(table), std::end(table),
                      [value](const auto& known) { return known.first == value; })
      ->second;
}
template <class Value, class Table>
std::optional<Value> value_in(const Table& table, std::string_view word) noexcept {
  for (const auto& [value, known] : table) {
    if (known == word) return value;
  }
  return std::nullopt;
}

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
    {'b', &shape::lock_back_offs, false},    {'m', &shape::stale_reads, false},
};

constexpr std::string_view unbounded = "all";
constexpr char racy_letter = 'p';

}  // namespace

std::string_view word_of(races how) noexcept { return word_in(words, how); }
std::string_view word_of(memory model) noexcept { return word_in(memories, model); }
std::optional<races> races_of(std::string_view word) noexcept {
  return value_in<races>(words, word);
}
std::optional<memory> memory_of(std::string_view word) noexcept {
  return value_in<memory>(memories, word);
}

shape shape::with(const memory_use& used) const noexcept {
  shape result = *this;
  result.memory = used.model;
  const bool weak = used.model != heddle::memory::sc;
  result.stale_reads = weak ? used.stale_reads : shape{}.stale_reads;
  return result;
}

memory_use shape::use() const noexcept {
  if (memory == heddle::memory::sc) return {};
  return {memory, stale_reads};
}

std::string shape::text() const {
  std::string text(word_of(memory));
  text += '.';
  text += word_of(races);
  for (const bound& each : bounds) {
    const std::uint32_t value = this->*each.value;
    if (!each.always && value == shape{}.*each.value) continue;
    text += '.';
    text += each.letter;
    text += value >= any_number ? std::string(unbounded) : std::to_string(value);
  }
  for (const racy_key object : racy) {
    text += '.';
    text += racy_letter;
    text += hex(object, 8);
  }
  return text;
}

shape shape::parse(std::string_view text) {
  shape result;
  const std::optional<heddle::memory> model = memory_of(take(text, '.'));
  if (!model) throw std::invalid_argument("the memory model in its options is unknown");
  result.memory = *model;
  const std::optional<heddle::races> how = races_of(take(text, '.'));
  if (!how) throw std::invalid_argument("the race setting in its options is unknown");
  result.races = *how;
  while (!text.empty()) {
    const std::string_view one = take(text, '.');
    if (one.starts_with(racy_letter)) {
      result.racy.push_back(number(one.substr(1), 16, "a racy object in its options is no number"));
      continue;
    }
    const auto known = std::find_if(std::begin(bounds), std::end(bounds), [one](const bound& at) {
      return !one.empty() && at.letter == one.front();
    });
    if (known == std::end(bounds)) {
      throw std::invalid_argument("a bound in its options is unknown");
    }
    const std::string_view value = one.substr(1);
    result.*known->value =
        value == unbounded ? any_number : number(value, 10, "a bound in its options is no number");
  }
  std::sort(result.racy.begin(), result.racy.end());
  return result;
}

}  // namespace heddle::sched
