// SPDX-License-Identifier: MIT
#include "bugs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <vector>

#include "bug_programs.hpp"
#include "cpu_time.hpp"
#include "rows.hpp"

namespace heddle::bench {

namespace {

double seconds_spent() { return cpu_ns() / 1e9; }

struct contestant {
  const char* name;
  bool draws_lots;
};
constexpr contestant contestants[] = {{"random", true}, {"pct", true},   {"pos", true},
                                      {"urw", true},    {"surw", true},  {"bounded", false},
                                      {"delay", false}, {"dpor", false}, {"auto", true}};

struct summary {
  double mean = 0;
  std::int64_t median = 0;
  int found = 0;
  int seeds = 0;  // that were run
};

int number_from(const char* variable, int otherwise) {
  const char* given = std::getenv(variable);
  return given == nullptr ? otherwise : std::max(1, std::atoi(given));
}

// 0: not found.
std::int64_t first_bug(const bugs::program& p, const char* explorer, int seed, races visible) {
  const options how = bugs::options_for(p, explorer, static_cast<std::uint64_t>(seed), visible);
  const report r = explore(how, [&p] { p.body(); });
  if (r.passed()) return 0;
  if (bugs::found(p, r)) return r.executions;
  fmt::print(stderr, "{}", r.text());
  std::exit(1);
}

// Stops, at the end of an exploration, when it has taken more than `most` seconds without finding
// anything, or ten times that.
summary measure(const bugs::program& p, const contestant& by, races visible, int seeds, int most) {
  const double begun = seconds_spent();
  // The search for races does, whoever explores.
  const bool draws_lots = by.draws_lots || visible == races::explore;
  std::vector<std::int64_t> found;
  summary all;
  for (int seed = 1; seed <= (draws_lots ? seeds : 1); ++seed) {
    if (seconds_spent() - begun > (found.empty() ? 1 : 10) * most) break;
    ++all.seeds;
    const std::int64_t at = first_bug(p, by.name, seed, visible);
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

std::string cell(const summary& of, int seeds) {
  std::string text = "-";
  if (of.found != 0) text = fmt::format("{:.{}f}/{}", of.mean, of.mean < 10 ? 1 : 0, of.median);
  if (of.found != of.seeds || (of.seeds != seeds && of.seeds != 1)) {
    text += fmt::format(" {}:{}", of.found, of.seeds);
  }
  return text;
}

void write(std::FILE* out, const std::string& name, const summary& of) {
  const row_writer line{out, name};
  line("seeds", of.seeds, "1");
  line("found", static_cast<double>(of.found) / of.seeds, "1");
  if (of.found != 0) {
    line("mean_to_first_bug", of.mean, "executions");
    line("median_to_first_bug", static_cast<double>(of.median), "executions");
  }
}

// How many times the executions of the best single explorer with a full score `auto` takes; 0:
// there is none.
double ratio_of(const std::vector<summary>& row) {
  double best = 0;
  for (std::size_t i = 0; i + 1 < row.size(); ++i) {
    if (row[i].found == 0 || row[i].found != row[i].seeds) continue;
    if (best == 0 || row[i].mean < best) best = row[i].mean;
  }
  return best == 0 ? 0 : row.back().mean / best;
}

void measure_table(std::string_view only, races visible, std::FILE* out) {
  const int seeds = number_from("HEDDLE_BENCH_SEEDS", 20);
  const int most = number_from("HEDDLE_BENCH_SECONDS", 5);
  const std::string_view word = sched::word_of(visible);
  fmt::print("\nraces = {}\n{:18}", word, "");
  for (const contestant& by : contestants) fmt::print("{:>15}", by.name);
  fmt::print("{:>9}\n", "ratio");
  for (const bugs::program& p : bugs::programs()) {
    if (p.trivial || p.name.find(only) == std::string_view::npos) continue;
    fmt::print("{:18}", p.name);
    std::vector<summary> row;
    for (const contestant& by : contestants) {
      row.push_back(measure(p, by, visible, seeds, most));
      fmt::print("{:>15}", cell(row.back(), seeds));
      std::fflush(stdout);
      write(out, fmt::format("bugs/{}/{}/{}", word, p.name, by.name), row.back());
    }
    fmt::print("{:>9.2f}\n", ratio_of(row));
  }
}

}  // namespace

void measure_bugs(std::string_view only, std::FILE* out) {
  fmt::print(
      "executions to the first bug, mean/median over the seeds (found:run, where that is not "
      "all);\n"
      "ratio: the mean of auto over that of the best single explorer which always finds it\n");
  for (const races visible : {races::explore, races::explore_all}) {
    measure_table(only, visible, out);
  }
}

}  // namespace heddle::bench
