// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

// A strict reader of JSON, for tests: anything that is not exactly JSON is refused.
struct json_value {
  enum class type { null, boolean, number, string, list, object } kind = type::null;
  std::string text;  // of a string: its characters; of the first three: as written
  std::vector<json_value> list;
  std::map<std::string, json_value> members;

  [[nodiscard]] const json_value& at(const std::string& name) const { return members.at(name); }
};

[[nodiscard]] std::optional<json_value> read_json(std::string_view text);
