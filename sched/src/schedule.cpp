// SPDX-License-Identifier: MIT
#include "heddle/sched/schedule.hpp"

#include <stdexcept>

#include "token_text.hpp"

namespace heddle::sched {

namespace {

std::uint64_t hash_text(std::string_view text) noexcept {
  std::uint64_t hash = text.size();
  for (const char c : text) hash = mix(hash, static_cast<unsigned char>(c));
  return hash;
}

[[noreturn]] void damaged(const char* what) { throw std::invalid_argument(what); }

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

struct other_version {
  std::string_view number;
};

// Versions differ in all that follows: what a later one means cannot be told.
void expect_version(std::string_view text) {
  if (text.size() < 3 || text.substr(0, 2) != "hd") damaged("it does not begin with \"hd1:\"");
  if (number(text.substr(2), 10, "its version is no number") != 1)
    throw other_version{text.substr(2)};
}

// Throws std::invalid_argument with what is wrong, in a few words.
schedule parse_parts(std::string_view token) {
  std::string_view rest = token;
  expect_version(take(rest, ':'));
  if (token.size() < 5 || token[token.size() - 5] != ':') damaged("it is truncated");
  const std::string_view body = token.substr(0, token.size() - 4);
  if (hex(hash_text(body), 4) != token.substr(token.size() - 4)) {
    damaged("its checksum does not match, so it is truncated or was changed");
  }
  schedule result;
  result.test = number(take(rest, ':'), 16, "its test is no number");
  result.shape = shape::parse(take(rest, ':'));
  parse_indices(take(rest, ':'), result);
  result.marks = take(rest, ':');
  const std::size_t choices = result.indices.size();
  if (!result.marks.empty() && result.marks.size() != choices / schedule::stride(choices)) {
    damaged("its marks are incomplete");
  }
  if (result.marks.find_first_not_of(hex_digits) != std::string::npos) {
    damaged("its marks are no hex digits");
  }
  return result;
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
  std::string text = "hd1:" + hex(test, 8) + ":" + shape.text() + ":";
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
  try {
    return parse_parts(token);
  } catch (const other_version& version) {
    throw std::invalid_argument("heddle: this schedule token has version " +
                                std::string(version.number) +
                                ", but this Heddle reads version 1; use the Heddle that wrote it");
  } catch (const std::invalid_argument& wrong) {
    throw std::invalid_argument(std::string("heddle: not a valid schedule token: ") + wrong.what() +
                                "; copy the whole HEDDLE_REPLAY line of the report");
  }
}

}  // namespace heddle::sched
