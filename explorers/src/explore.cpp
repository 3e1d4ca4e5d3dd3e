// SPDX-License-Identifier: MIT
#include "heddle/explorers/explore.hpp"

#include "environment.hpp"
#include "exploration.hpp"
#include "explorer_names.hpp"
#include "failure_memory.hpp"
#include "heddle/explorers/outcomes.hpp"

namespace heddle {

report explore(const options& how, sched::explorer& decide, sched::body_ref body) {
  const options effective = explorers::with_environment(how);
  explorers::validate(effective);
  if (const std::string token = explorers::replay_requested(how); !token.empty()) {
    return explorers::replay_schedule(effective, token, body);
  }
  explorers::exploration all(effective, body);
  all.run(decide);
  return all.result;
}

report explore(const options& how, sched::body_ref body) {
  const auto decide = explorers::make_explorer(explorers::with_environment(how));
  return explore(how, *decide, body);
}

report replay(std::string_view token, sched::body_ref body, const options& how) {
  return explorers::replay_schedule(explorers::with_environment(how), token, body);
}

report recall(const std::string& file, sched::body_ref body, const options& how) {
  const options effective = explorers::with_environment(how);
  explorers::validate(effective);
  return explorers::recall_schedule(effective, file, body);
}

namespace detail {

void share_total_time(options& how, std::int64_t tests_left) {
  explorers::share_total_time(how, tests_left);
}

std::unique_ptr<sched::engine> engine_for(const options& how) {
  explorers::validate(how);
  return std::make_unique<sched::engine>(explorers::settings_of(how));
}

std::unique_ptr<sched::explorer> explorer_for(const options& how) {
  return explorers::make_explorer(explorers::with_environment(how));
}

std::string token_for(const options& how, const sched::memory_use& memory,
                      const std::vector<std::uint32_t>& indices,
                      const std::vector<sched::racy_key>& racy) {
  return explorers::schedule_with(explorers::with_environment(how), memory, indices, racy).token();
}

}  // namespace detail
}  // namespace heddle
