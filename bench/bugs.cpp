// SPDX-License-Identifier: MIT
#include "bugs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "bug_programs.hpp"

namespace heddle::bench {

namespace {

constexpr std::int64_t most_executions = 10'000;

struct contestant {
  const char* name;
  bool draws_lots;
};
constexpr contestant contestants[] = {{"random", true}, {"pct", true},    {"pos", true},
                                      {"urw", true},    {"surw", true},   {"bounded", false},
                                      {"delay", false}, {"dpor", false},  {"auto", true}};

struct summary {
  double mean = 0;
  std::int64_t median = 0;
  int found = 0;
  int seeds = 0;
};

// 0: not found.
std::int64_t first_bug(const bugs::program& p, const char* explorer, int seed) {
  options how;
  how.name = p.name;
  how.explorer = explorer;
  how.seed = static_cast<std::uint64_t>(seed);
  how.executions = most_executions;
  how.time = {};
  how.capture = how.environment = how.statistics = false;
  const report r = explore(how, [&p] { p.body(); });
  if (r.passed()) return 0;
  if (bugs::found(p, r)) return r.executions;
  fmt::print(stderr, "{}", r.text());
  std::exit(1);
}

summary measure(const bugs::program& p, const contestant& by, int seeds) {
  std::vector<std::int64_t> found;
  summary all;
  all.seeds = by.draws_lots ? seeds : 1;
  for (int seed = 1; seed <= all.seeds; ++seed) {
    const std::int64_t at = first_bug(p, by.name, seed);
    if (at != 0) found.push_back(at);
  }
  all.found = static_cast<int>(found.size());
  if (found.empty()) return all;
  std::sort(found.begin(), found.end());
  for (const std::int64_t at : found) all.mean += static_cast<double>(at);
  all.mean /= all.found;
  all.median = found[found.size() / 2];
  return all;
}

std::string cell(const summary& of) {
  if (of.found == 0) return "-";
  std::string text = fmt::format("{:.{}f}/{}", of.mean, of.mean < 10 ? 1 : 0, of.median);
  if (of.found != of.seeds) text += fmt::format(" ({})", of.found);
  return text;
}

void write(std::FILE* out, const bugs::program& p, const char* explorer, const summary& of) {
  if (out == nullptr) return;
  const auto line = [&](const char* metric, double value, const char* unit) {
    fmt::print(out,
               "{{\"bench\":\"bugs/{}/{}\",\"metric\":\"{}\",\"value\":{:.3f},\"unit\":\"{}\"}}\n",
               p.name, explorer, metric, value, unit);
  };
  line("found", static_cast<double>(of.found) / of.seeds, "1");
  if (of.found == 0) return;
  line("mean_to_first_bug", of.mean, "executions");
  line("median_to_first_bug", static_cast<double>(of.median), "executions");
}

}  // namespace

void measure_bugs(std::string_view only, std::FILE* out) {
  const char* given = std::getenv("HEDDLE_BENCH_SEEDS");
  const int seeds = given == nullptr ? 20 : std::max(1, std::atoi(given));
  fmt::print("executions to the first bug, mean/median of {} seeds (found, if not by all)\n{:20}",
             seeds, "");
  for (const contestant& by : contestants) fmt::print("{:>15}", by.name);
  fmt::print("\n");
  for (const bugs::program& p : bugs::programs()) {
    if (p.trivial || p.name.find(only) == std::string_view::npos) continue;
    fmt::print("{:20}", p.name);
    for (const contestant& by : contestants) {
      const summary of = measure(p, by, seeds);
      fmt::print("{:>15}", cell(of));
      std::fflush(stdout);
      write(out, p, by.name, of);
    }
    fmt::print("\n");
  }
}

}  // namespace heddle::bench
