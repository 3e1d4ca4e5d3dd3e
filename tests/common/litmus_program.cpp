// SPDX-License-Identifier: MIT
#include "litmus_program.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

namespace litmus {

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

const std::map<std::string, order>& orders() {
  static const std::map<std::string, order> all = {{"na", order::relaxed},  {"rlx", order::relaxed},
                                                   {"acq", order::acquire}, {"rel", order::release},
                                                   {"ar", order::acq_rel},  {"sc", order::seq_cst}};
  return all;
}
std::string word(order of) {
  for (const auto& [text, with] : orders()) {
    if (with == of && text != "na") return text;
  }
  return {};
}

struct parser {
  std::map<std::string, int> objects;
  std::map<std::string, int> registers;  // of the thread
  int results = 0;
  std::optional<order> otherwise;

  order order_at(const std::vector<std::string>& words, std::size_t index) const {
    return otherwise && index >= words.size() ? *otherwise : orders().at(words.at(index));
  }
  int number_of(std::map<std::string, int>& among, const std::string& name) {
    return among.emplace(name, static_cast<int>(among.size())).first->second;
  }
  term term_of(const std::string& text) {
    if (text.find_first_not_of("-0123456789") == std::string::npos) return {-1, std::stoi(text)};
    const std::size_t plus = text.find('+');
    const int more = plus == std::string::npos ? 0 : std::stoi(text.substr(plus + 1));
    return {number_of(registers, text.substr(0, plus)), more};
  }
  condition condition_of(const std::string& text) {
    const std::size_t at = text.find_first_of("=<>");
    if (at == std::string::npos) return {term_of(text)};
    const std::size_t number = text.find_first_not_of("=<>", at);
    return {term_of(text.substr(0, at)), text[at], std::stoi(text.substr(number))};
  }
  instruction parse(std::string text) {
    using kind = instruction::kind;
    instruction made;
    const std::size_t named = text.find('=');
    std::string target;
    if (named != std::string::npos && text.find(' ') > named) {
      target = text.substr(0, named);
      text.erase(0, named + 1);
    }
    std::vector<std::string> words = split(text, " ");
    const std::string verb = words.at(0);
    if (verb == "IF" || verb == "ASM") {
      made.what = verb == "IF" ? kind::go_on : kind::assume;
      for (const std::string& each : split(text.substr(verb.size()), " or ")) {
        made.any.push_back(condition_of(each));
      }
      return made;
    }
    static const std::map<std::string, kind> kinds = {{"W", kind::write},  {"R", kind::read},
                                                      {"FADD", kind::add}, {"XCHG", kind::exchange},
                                                      {"CAS", kind::cas},  {"F", kind::fence}};
    made.what = kinds.at(verb);
    if (made.what == kind::fence) {
      made.with = order_at(words, 1);
      return made;
    }
    made.object = number_of(objects, words.at(1));
    std::size_t next = 2;
    if (made.what == kind::cas) made.expected = std::stoi(words.at(next++));
    if (made.what != kind::read) made.value = term_of(words.at(next++));
    made.with = order_at(words, next++);
    made.on_failure = next < words.size()           ? orders().at(words[next])
                      : made.with == order::acq_rel ? order::acquire
                      : made.with == order::release ? order::relaxed
                                                    : made.with;
    if (made.what != kind::write) {
      made.reg = number_of(registers, target.empty() ? "r" + std::to_string(results++) : target);
    }
    return made;
  }
};

std::string text_of(const term& of) {
  if (of.reg < 0) return std::to_string(of.number);
  return of.number == 0 ? fmt::format("r{}", of.reg) : fmt::format("r{}+{}", of.reg, of.number);
}

std::string text_of(const instruction& of) {
  using kind = instruction::kind;
  static const char* const verbs[] = {"W", "R", "FADD", "XCHG", "CAS", "F", "IF", "ASM"};
  const std::string verb = verbs[static_cast<int>(of.what)];
  switch (of.what) {
    case kind::fence:
      return "F " + word(of.with);
    case kind::go_on:
    case kind::assume: {
      std::string text = verb;
      for (const condition& at : of.any) {
        if (&at != &of.any.front()) text += " or";
        text += " " + text_of(at.left);
        if (at.compare != '!') {
          text +=
              fmt::format("{}{}", at.compare == '=' ? "==" : std::string(1, at.compare), at.right);
        }
      }
      return text;
    }
    case kind::read:
      return fmt::format("r{}=R x{} {}", of.reg, of.object, word(of.with));
    case kind::write:
      return fmt::format("W x{} {} {}", of.object, text_of(of.value), word(of.with));
    case kind::cas:
      return fmt::format("r{}=CAS x{} {} {} {} {}", of.reg, of.object, of.expected,
                         text_of(of.value), word(of.with), word(of.on_failure));
    default:
      return fmt::format("r{}={} x{} {} {}", of.reg, verb, of.object, text_of(of.value),
                         word(of.with));
  }
}

}  // namespace

bool instruction::holds(const std::vector<int>& registers) const {
  return std::any_of(any.begin(), any.end(), [&](const condition& at) {
    const int left = at.left.in(registers);
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

program::program(std::string_view text, std::optional<order> otherwise) {
  parser parse;
  parse.otherwise = otherwise;
  for (const std::string& each : split(text, "||")) {
    parse.registers.clear();
    parse.results = 0;
    auto& made = threads.emplace_back();
    for (const std::string& one : split(each, ";")) made.push_back(parse.parse(one));
  }
  objects = static_cast<int>(parse.objects.size());
}

std::string program::text() const {
  std::string all;
  for (const auto& thread : threads) {
    if (!all.empty()) all += " || ";
    for (const instruction& at : thread) {
      if (&at != &thread.front()) all += "; ";
      all += text_of(at);
    }
  }
  return all;
}

}  // namespace litmus
