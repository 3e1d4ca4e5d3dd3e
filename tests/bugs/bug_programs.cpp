// SPDX-License-Identifier: MIT
#include "bug_programs.hpp"

#include <stdexcept>
#include <string>

namespace bugs {

const std::vector<program>& programs() {
  static const std::vector<program> all = [] {
    std::vector<program> made;
    for (const auto part : {order_programs(), lock_programs(), queue_programs(),
                            condition_programs(), kernel_programs()}) {
      made.insert(made.end(), part.begin(), part.end());
    }
    return made;
  }();
  return all;
}

const program& find(std::string_view name) {
  for (const program& p : programs()) {
    if (p.name == name) return p;
  }
  throw std::invalid_argument("no bug program is called " + std::string(name));
}

heddle::options options_for(const program& p, std::string_view explorer, std::uint64_t seed,
                            heddle::races visible) {
  heddle::options how;
  how.name = p.name;
  how.explorer = explorer;
  how.seed = seed;
  how.executions = 10'000;
  how.time = {};
  how.races = visible;
  how.minimise = 0;
  how.diagnose = how.predict = how.watch = false;
  how.environment = how.capture = how.statistics = false;
  return how;
}

bool found(const program& p, const heddle::report& of) {
  return of.failure.has_value() && of.failure->cause.kind == p.bug;
}

}  // namespace bugs
