// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstdio>
#include <string>

namespace heddle::bench {

// Writes figures of one benchmark as JSON objects, a line each. Without a file: nothing.
struct row_writer {
  std::FILE* out;
  std::string bench;

  void operator()(const char* metric, double value, const char* unit) const {
    if (out == nullptr) return;
    fmt::print(out, "{{\"bench\":\"{}\",\"metric\":\"{}\",\"value\":{:.3f},\"unit\":\"{}\"}}\n",
               bench, metric, value, unit);
    std::fflush(out);
  }
};

}  // namespace heddle::bench
