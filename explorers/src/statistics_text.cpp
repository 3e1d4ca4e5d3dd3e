// SPDX-License-Identifier: MIT
#include "statistics_text.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace heddle::explorers {

namespace {

constexpr std::int64_t few = 100;  // executions before a failure: not worth any words

std::string percent(double share) {
  const double value = 100 * share;
  return fmt::format("{:.{}f}", value, value != 0 && value < 1 ? 2 : value < 10 ? 1 : 0);
}

std::string variety(const report& of) {
  const statistics& all = of.statistics;
  const auto& counts = all.preemptions;
  const auto some = [](std::uint64_t n) { return n != 0; };
  const auto least = std::find_if(counts.begin(), counts.end(), some) - counts.begin();
  const auto mostly = std::max_element(counts.begin(), counts.end()) - counts.begin();
  const auto most = static_cast<std::ptrdiff_t>(counts.size()) - 1;
  std::string text = "    saw ";
  if (of.distinct != 0) {
    text +=
        fmt::format("{} different execution{}, with ", of.distinct, of.distinct == 1 ? "" : "s");
  }
  text += least == most ? fmt::format("{}", least)
                        : fmt::format("{} to {} (mostly {})", least, most, mostly);
  return text + fmt::format(" preemption{} and at most {} choice{}\n", most == 1 ? "" : "s",
                            all.most_choices, all.most_choices == 1 ? "" : "s");
}

std::string chances(const statistics& of) {
  std::string text;
  for (const draws& at : of.drawn) {
    text += fmt::format("{}{} % ({} to {} %) if drawn by {}", text.empty() ? "" : ", ",
                        percent(at.chance_of_new.value), percent(at.chance_of_new.low),
                        percent(at.chance_of_new.high), at.explorer);
  }
  return text.empty() ? text : "    chance that the next execution is a new one: " + text + "\n";
}

}  // namespace

std::string about(std::chrono::nanoseconds time) {
  const double seconds = std::chrono::duration<double>(time).count();
  struct unit {
    double seconds;
    const char* name;
  };
  constexpr unit units[] = {{31'557'600, " years"}, {86'400, " days"}, {3'600, " h"},
                            {60, " min"},           {1, " s"},         {1e-3, " ms"}};
  for (const unit& at : units) {
    if (seconds < 2 * at.seconds && at.seconds > 1e-3) continue;
    const double value = seconds / at.seconds;
    if (value >= 1e6) return "more than a million" + std::string(at.name);
    return fmt::format("{:.{}f}{}", value, value < 10 && at.seconds == 1 ? 1 : 0, at.name);
  }
  return "no time";
}

std::string statistics_text(const report& of) {
  const statistics& all = of.statistics;
  if (of.replayed || of.executions < 2 || all.preemptions.empty()) return {};
  if (of.coverage == coverage::exhaustive || (of.failure && of.executions < few)) return {};
  std::string text = variety(of);
  if (all.size) {
    text += fmt::format("    there are about 10^{:.1f} executions (10^{:.1f} to 10^{:.1f})\n",
                        all.size->value, all.size->low, all.size->high);
  }
  text += chances(all);
  if (all.searched > 0) {
    text += fmt::format("    about {} % of an exhaustive search was done; the rest would take {}\n",
                        percent(all.searched), about(all.to_finish));
  }
  return text;
}

}  // namespace heddle::explorers
