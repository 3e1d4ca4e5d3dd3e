// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <string>
#include <string_view>

#include "../code_places.hpp"
#include "escape.hpp"
#include "heddle/sched/location.hpp"

namespace heddle::explorers {

// Puts JSON together, commas included.
//   json_writer json; json.open('{').member("a", 1).key("b").open('[').value("x").close(']')...
class json_writer {
 public:
  json_writer& open(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
    return *this;
  }
  json_writer& close(char bracket) {
    text_ += bracket;
    first_ = false;
    return *this;
  }
  json_writer& key(std::string_view name) {
    separate();
    text_ += json_string(name) + ":";
    first_ = true;  // no comma before the value
    return *this;
  }
  json_writer& value(std::string_view text) { return raw(json_string(text)); }
  json_writer& value(const char* text) { return value(std::string_view(text)); }
  json_writer& value(bool truth) { return raw(truth ? "true" : "false"); }
  template <std::integral Number>
  json_writer& value(Number number) {
    return raw(std::to_string(number));
  }
  json_writer& raw(std::string_view json) {
    separate();
    text_ += json;
    return *this;
  }
  template <class Value>
  json_writer& member(std::string_view name, const Value& what) {
    return key(name).value(what);
  }
  json_writer& place(std::string_view name, location where) {
    const location at = resolved(where);
    if (!at.known()) return *this;
    key(name).open('{').member("file", at.file).member("line", at.line);
    return close('}');
  }
  template <class List>
  json_writer& strings(std::string_view name, const List& list) {
    key(name).open('[');
    for (const auto& one : list) value(std::string_view(one));
    return close(']');
  }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void separate() {
    if (!first_) text_ += ',';
    first_ = false;
  }
  std::string text_;
  bool first_ = true;
};

}  // namespace heddle::explorers
