// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "table.hpp"

namespace litmus {

// The name of a row as the name of a test.
inline std::string title(const row& of) {
  std::string text = of.name;
  for (char& at : text) {
    if (at == '+' || at == '-' || at == '.') at = '_';
  }
  return text;
}
inline std::string title_of(const testing::TestParamInfo<row>& of) { return title(of.param); }

}  // namespace litmus
