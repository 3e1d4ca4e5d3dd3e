// SPDX-License-Identifier: MIT
#pragma once

#include <gtest/gtest.h>

#include <string>

#include "table.hpp"

namespace litmus {

// The name of a row as the name of a test.
inline std::string title(const testing::TestParamInfo<row>& of) {
  std::string text = of.param.name;
  for (char& at : text) {
    if (at == '+' || at == '-' || at == '.') at = '_';
  }
  return text;
}

}  // namespace litmus
