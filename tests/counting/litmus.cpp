// SPDX-License-Identifier: MIT
#include "litmus.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>

#include "threads.hpp"

namespace counting {

namespace {

std::vector<std::string> split(std::string_view text, std::string_view by) {
  std::vector<std::string> parts;
  for (;;) {
    const std::size_t at = text.find(by);
    std::string part(text.substr(0, at));
    part.erase(0, part.find_first_not_of(' '));
    part.erase(part.find_last_not_of(' ') + 1);
    if (!part.empty()) parts.push_back(std::move(part));
    if (at == std::string_view::npos) return parts;
    text.remove_prefix(at + by.size());
  }
}

}  // namespace

struct litmus_test::parser {
  std::map<std::string, int> objects;
  std::map<std::string, int> registers;  // of the thread
  int results = 0;

  int object(const std::string& name) {
    return objects.emplace(name, static_cast<int>(objects.size())).first->second;
  }
  int reg(const std::string& name) {
    return registers.emplace(name, static_cast<int>(registers.size())).first->second;
  }
  term term_of(const std::string& text) {
    if (text.find_first_not_of("-0123456789") == std::string::npos) return {-1, std::stoi(text)};
    const std::size_t plus = text.find('+');
    const int more = plus == std::string::npos ? 0 : std::stoi(text.substr(plus + 1));
    return {reg(text.substr(0, plus)), more};
  }
  condition condition_of(const std::string& text) {
    const std::size_t at = text.find_first_of("=<>");
    if (at == std::string::npos) return {term_of(text)};
    const std::size_t number = text.find_first_not_of("=<>", at);
    return {term_of(text.substr(0, at)), text[at], std::stoi(text.substr(number))};
  }
  operation parse(std::string text) {
    using kind = operation::kind;
    operation made;
    const std::size_t named = text.find("=R");
    std::string target;
    if (named != std::string::npos && text.find(' ') > named) {
      target = text.substr(0, named);
      text.erase(0, named + 1);
    }
    std::vector<std::string> words = split(text, " ");
    const std::string verb = words.at(0);
    if (verb == "IF" || verb == "ASM") {
      made.what = verb == "IF" ? kind::go_on : kind::asm_;
      for (const std::string& each : split(text.substr(verb.size()), " or ")) {
        made.any.push_back(condition_of(each));
      }
      return made;
    }
    if (verb == "F") return made;
    static const std::map<std::string, kind> kinds = {{"W", kind::write},
                                                      {"R", kind::read},
                                                      {"FADD", kind::add},
                                                      {"XCHG", kind::exchange},
                                                      {"CAS", kind::cas}};
    made.what = kinds.at(verb);
    made.object = object(words.at(1));
    if (made.what == kind::cas) made.expected = std::stoi(words.at(2));
    if (made.what != kind::read) made.value = term_of(words.back());
    if (made.what != kind::write) {
      made.reg = reg(target.empty() ? "r" + std::to_string(results++) : target);
    }
    return made;
  }
};

litmus_test::litmus_test(std::string_view text) {
  parser parse;
  for (const std::string& each : split(text, "||")) {
    parse.registers.clear();
    parse.results = 0;
    thread& made = threads_.emplace_back();
    for (const std::string& one : split(each, ";")) made.push_back(parse.parse(one));
  }
  objects_ = static_cast<int>(parse.objects.size());
}

bool litmus_test::holds(const operation& of, const std::vector<int>& registers) {
  return std::any_of(of.any.begin(), of.any.end(), [&](const condition& at) {
    const int left = registers[static_cast<std::size_t>(at.left.reg)] + at.left.number;
    switch (at.compare) {
      case '=':
        return left == at.right;
      case '<':
        return left < at.right;
      case '>':
        return left > at.right;
      default:
        return left != 0;
    }
  });
}

litmus_test litmus_test::rotated(std::size_t first) const {
  litmus_test other = *this;
  std::rotate(other.threads_.begin(), other.threads_.begin() + static_cast<std::ptrdiff_t>(first),
              other.threads_.end());
  return other;
}

litmus_test litmus_test::reversed() const {
  litmus_test other = *this;
  std::reverse(other.threads_.begin(), other.threads_.end());
  return other;
}

void litmus_test::run() const {
  const auto all = std::make_shared<array<cell>>(objects_, 0);
  threads running;
  running.start(static_cast<int>(threads_.size()), [this, all](int index) {
    using kind = operation::kind;
    std::vector<int> registers(8, 0);
    const std::string fence = "fence of " + std::to_string(index);
    for (const operation& at : threads_[static_cast<std::size_t>(index)]) {
      cell& on = (*all)[at.object];
      const int value = at.value.number +
                        (at.value.reg < 0 ? 0 : registers[static_cast<std::size_t>(at.value.reg)]);
      int found = 0;
      switch (at.what) {
        case kind::write:
          on.store(value);
          break;
        case kind::read:
          found = on.load();
          break;
        case kind::add:
          found = on.fetch_add(value);
          break;
        case kind::exchange:
          found = on.exchange(value);
          break;
        case kind::cas:
          found = at.expected;
          on.compare_exchange_strong(found, value);
          break;
        case kind::fence:
          heddle::point(fence);
          break;
        case kind::go_on:
          if (!holds(at, registers)) return;
          break;
        case kind::asm_:
          heddle::assume(holds(at, registers));
          break;
      }
      if (at.reg >= 0) registers[static_cast<std::size_t>(at.reg)] = found;
    }
  });
}

}  // namespace counting
