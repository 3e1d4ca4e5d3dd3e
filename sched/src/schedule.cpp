// SPDX-License-Identifier: MIT
#include "heddle/sched/schedule.hpp"

#include <charconv>
#include <stdexcept>

namespace heddle::sched {

namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string hex(std::uint64_t value, int digits) {
  std::string text(static_cast<std::size_t>(digits), '0');
  for (auto at = text.rbegin(); at != text.rend(); ++at, value >>= 4) *at = hex_digits[value & 15];
  return text;
}

std::uint64_t hash_text(std::string_view text) noexcept {
  std::uint64_t hash = text.size();
  for (const char c : text) hash = mix(hash, static_cast<unsigned char>(c));
  return hash;
}

[[noreturn]] void damaged(std::string_view what) {
  throw std::invalid_argument("heddle: not a valid schedule token: " + std::string(what) +
                              "; copy the whole HEDDLE_REPLAY line of the report");
}

// Takes the text up to the next separator, and the separator, off the front.
std::string_view take(std::string_view& text, char separator) {
  const std::size_t end = text.find(separator);
  const std::string_view front = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return front;
}

std::uint32_t number(std::string_view text, int base, std::string_view what) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, base);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) damaged(what);
  return value;
}

void parse_options(std::string_view text, schedule& into) {
  const std::string_view memory_word = take(text, '.');
  if (memory_word == to_string(heddle::memory::cxx)) {
    into.memory = {heddle::memory::cxx, 2};
  } else if (memory_word != to_string(heddle::memory::sc)) {
    damaged("the memory model in its options is unknown");
  }
  const std::string_view races_word = take(text, '.');
  if (races_word == "report") {
    into.races_checked = races::report;
  } else if (races_word == "explore_all") {
    into.races_checked = races::explore_all;
  } else if (races_word == "off") {
    into.races_checked = races::off;
  } else {
    damaged("the race setting in its options is unknown");
  }
  while (!text.empty()) {
    std::string_view bound = take(text, '.');
    const char letter = bound.empty() ? '?' : bound.front();
    if (!bound.empty()) bound.remove_prefix(1);
    const std::uint32_t value = number(bound, 10, "a bound in its options is no number");
    if (letter == 'e') {
      into.early_timeouts = value;
    } else if (letter == 'r') {
      into.rereads = value;
    } else if (letter == 's') {
      into.spurious = value;
    } else if (letter == 'w') {
      into.weak_cas_failures = value;
    } else if (letter == 't') {
      into.try_lock_failures = value;
    } else if (letter == 'd') {
      into.deferred_asyncs = value;
    } else if (letter == 'm' && into.memory.model != heddle::memory::sc) {
      into.memory.stale_reads = value;
    } else if (letter == 'b') {
      into.lock_back_offs = value;
    } else {
      damaged("a bound in its options is unknown");
    }
  }
}

void parse_indices(std::string_view text, schedule& into) {
  constexpr std::size_t most = 20'000'000;
  while (!text.empty()) {
    std::string_view run = take(text, '.');
    std::uint32_t times = 1;
    if (const std::size_t x = run.find('x'); x != std::string_view::npos) {
      times = number(run.substr(0, x), 10, "a run of choices has no length");
      run.remove_prefix(x + 1);
    }
    const std::uint32_t index = number(run, 10, "a choice is no number");
    if (times == 0 || into.indices.size() + times > most) damaged("a run of choices is too long");
    into.indices.insert(into.indices.end(), times, index);
  }
}

}  // namespace

std::uint32_t hash_name(std::string_view name) noexcept {
  return static_cast<std::uint32_t>(hash_text(name));
}

std::uint64_t fingerprint(std::uint64_t before, const choice& where) noexcept {
  const auto kind = static_cast<std::uint64_t>(where.kind);
  std::uint64_t sum =
      mix(mix(before, kind << 32 | where.count), where.state->thread(where.acting).key);
  if (where.kind != choice_kind::thread) return sum;
  for (std::uint32_t i = 0; i < where.count; ++i) {
    const thread_view at = where.state->thread(where[i].thread);
    const stable_key object = at.pending->object;
    sum = mix(sum, mix(at.key, static_cast<std::uint64_t>(at.pending->kind)));
    sum = mix(sum, (object & made_outside) != 0 ? made_outside : object);
  }
  return sum;
}

char mark_of(std::uint64_t sum) noexcept { return hex_digits[sum & 15]; }

std::string schedule::token() const {
  std::string text = "hd1:" + hex(test, 8) + ":" + std::string(to_string(memory.model)) + ".";
  text += races_checked == races::report        ? "report"
          : races_checked == races::explore_all ? "explore_all"
                                                : "off";
  text += ".e" + std::to_string(early_timeouts) + ".r" + std::to_string(rereads);
  if (spurious != 0) text += ".s" + std::to_string(spurious);
  if (weak_cas_failures != 0) text += ".w" + std::to_string(weak_cas_failures);
  if (try_lock_failures != 0) text += ".t" + std::to_string(try_lock_failures);
  if (deferred_asyncs != 0) text += ".d" + std::to_string(deferred_asyncs);
  if (memory.model != heddle::memory::sc && memory.stale_reads != 2) {
    text += ".m" + std::to_string(memory.stale_reads);
  }
  if (lock_back_offs != 1) text += ".b" + std::to_string(lock_back_offs);
  text += ":";
  for (std::size_t at = 0; at < indices.size();) {
    std::size_t end = at;
    while (end < indices.size() && indices[end] == indices[at]) ++end;
    if (at != 0) text += '.';
    if (end - at > 1) text += std::to_string(end - at) + "x";
    text += std::to_string(indices[at]);
    at = end;
  }
  text += ":" + marks + ":";
  return text + hex(hash_text(text), 4);
}

schedule schedule::parse(std::string_view token) {
  std::string_view rest = token;
  const std::string_view version = take(rest, ':');
  if (version.size() < 3 || version.substr(0, 2) != "hd") {
    damaged("it does not begin with \"hd1:\"");
  }
  if (number(version.substr(2), 10, "its version is no number") != 1) {
    throw std::invalid_argument("heddle: this schedule token has version " +
                                std::string(version.substr(2)) +
                                ", but this Heddle reads version 1; use the Heddle that wrote it");
  }
  if (token.size() < 5 || token[token.size() - 5] != ':') damaged("it is truncated");
  const std::string_view body = token.substr(0, token.size() - 4);
  if (hex(hash_text(body), 4) != token.substr(token.size() - 4)) {
    damaged("its checksum does not match, so it is truncated or was changed");
  }
  schedule result;
  result.test = number(take(rest, ':'), 16, "its test is no number");
  parse_options(take(rest, ':'), result);
  parse_indices(take(rest, ':'), result);
  result.marks = take(rest, ':');
  const std::size_t choices = result.indices.size();
  if (!result.marks.empty() && result.marks.size() != choices / stride(choices)) {
    damaged("its marks are incomplete");
  }
  if (result.marks.find_first_not_of(hex_digits) != std::string::npos) {
    damaged("its marks are no hex digits");
  }
  return result;
}

}  // namespace heddle::sched
