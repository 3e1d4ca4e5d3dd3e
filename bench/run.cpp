// SPDX-License-Identifier: MIT
#include "run.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <cstdlib>

namespace heddle::bench {

options options_of(const workload& work, std::string_view explorer, std::int64_t executions,
                   std::uint64_t seed) {
  options how;
  how.name = std::string(work.name);
  how.explorer = std::string(explorer);
  how.executions = executions;
  how.time = {};
  how.seed = seed;
  how.memory = memory::sc;
  how.statistics = how.predict = how.watch = false;
  how.capture = false;
  how.environment = false;
  return how;
}

report run_workload(const options& how, const workload& work) {
  report result = explore(how, work.body);
  if (result.passed()) return result;
  fmt::print(stderr, "{}", result.text());
  std::exit(1);
}

}  // namespace heddle::bench
