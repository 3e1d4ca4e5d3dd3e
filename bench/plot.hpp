// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace heddle::bench {

struct curve {
  std::string name;
  std::vector<std::pair<double, double>> points;
};

// Both axes are logarithmic.
struct panel {
  std::string x;  // what the axes show
  std::string y;
  std::vector<curve> curves;
};

// The panels as an SVG picture, so many beside each other; curves of one name have one colour.
[[nodiscard]] std::string draw(const std::vector<panel>& panels, unsigned columns);

}  // namespace heddle::bench
