// SPDX-License-Identifier: MIT
#include "explorer_names.hpp"

#include <algorithm>
#include <utility>

#include "environment.hpp"
#include "heddle/explorers/automatic.hpp"
#include "heddle/explorers/bounded.hpp"
#include "heddle/explorers/bytes.hpp"
#include "heddle/explorers/dpor.hpp"
#include "heddle/explorers/pct.hpp"
#include "heddle/explorers/pos.hpp"
#include "heddle/explorers/random_walk.hpp"
#include "heddle/explorers/surw.hpp"
#include "heddle/explorers/urw.hpp"
#include "invalid_option.hpp"
#include "race_search.hpp"

namespace heddle::explorers {

namespace {

std::unique_ptr<sched::explorer> named_explorer(const options& how) {
  if (how.explorer == "auto") {
    return std::make_unique<automatic>(how.seed, static_cast<std::uint32_t>(how.depth),
                                       automatic::budget{how.executions, how.time});
  }
  if (how.explorer == "dfs") return std::make_unique<depth_first>();
  if (how.explorer == "dpor") return std::make_unique<dpor>(dpor::mode::optimal);
  if (how.explorer == "source_dpor") return std::make_unique<dpor>(dpor::mode::source);
  const bounded::limits within{
      .most = static_cast<std::uint32_t>(how.preemptions),
      .stale_reads = how.memory == memory::sc ? 0 : static_cast<std::uint32_t>(how.stale_reads)};
  if (how.explorer == "bounded") return std::make_unique<bounded>(within);
  if (how.explorer == "delay") {
    return std::make_unique<bounded>(bounded::limits{
        .of = bounded::cost::delays, .most = within.most, .stale_reads = within.stale_reads});
  }
  if (how.explorer == "random") return std::make_unique<random_walk>(how.seed);
  if (how.explorer == "pct") {
    return std::make_unique<pct>(how.seed, static_cast<std::uint32_t>(how.depth));
  }
  if (how.explorer == "pos") return std::make_unique<pos>(how.seed);
  if (how.explorer == "urw") return std::make_unique<urw>(how.seed);
  if (how.explorer == "surw") return std::make_unique<surw>(how.seed);
  if (how.explorer == "bytes") {
    const auto* data = reinterpret_cast<const std::uint8_t*>(how.bytes.data());
    return std::make_unique<bytes>(std::span(data, how.bytes.size()));
  }
  const bool from_variable = how.environment && variable("HEDDLE_EXPLORER") != nullptr;
  invalid(
      from_variable ? "HEDDLE_EXPLORER" : "options.explorer", how.explorer,
      "one of auto, dpor, source_dpor, bounded, delay, dfs, random, pct, pos, urw, surw, bytes");
}

// Executions that may be spent on a search for races. Bytes are run once more where one is found.
std::int64_t race_search_budget(const options& how) {
  constexpr std::int64_t enough = 20;
  if (how.races != races::explore || how.explorer == "bytes") return 0;
  return how.executions == 0 ? enough : std::min(enough, how.executions / enough);
}

}  // namespace

std::unique_ptr<sched::explorer> make_explorer(const options& how) {
  auto made = named_explorer(how);
  const std::int64_t budget = race_search_budget(how);
  if (budget == 0) return made;
  return std::make_unique<race_search>(std::move(made), how.seed, budget);
}

}  // namespace heddle::explorers
