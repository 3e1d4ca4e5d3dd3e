// SPDX-License-Identifier: MIT
// The whole report of every oracle's bugs, as a person reads it (tests/golden/corpus).
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "corpus.hpp"
#include "explorers/golden.hpp"
#include "explorers/quiet_options.hpp"

namespace {

class Report : public testing::TestWithParam<corpus::labelled> {
 protected:
  static void SetUpTestSuite() { stand_at_the_source_root(); }
};

TEST_P(Report, TellsWhatHappened) {
  const corpus::labelled& program = GetParam();
  heddle::options how = quiet("dpor");
  how.name = std::string("Corpus.") + program.name;
  const heddle::report result = heddle::explore(how, program.body);
  ASSERT_TRUE(result.failure) << program.name;
  expect_golden(std::string("corpus/") + program.name, without_times(result.text()));
}

// Every situation, most of them twice.
std::vector<corpus::labelled> worth_reading() {
  const std::set<std::string> names = {"abba",
                                       "ring_of_three",
                                       "relocked",
                                       "upgraded",
                                       "join_with_the_lock",
                                       "owner_returned",
                                       "early_return",
                                       "semaphore_short_of_one",
                                       "latch_expects_too_many",
                                       "barrier_without_a_party",
                                       "deadlock_beside_a_spinner",
                                       "flag_without_the_mutex",
                                       "stop_without_the_mutex",
                                       "no_predicate",
                                       "tested_before_the_lock",
                                       "never_notified",
                                       "forgot_to_notify",
                                       "wrong_waiter",
                                       "wrong_kind_of_item",
                                       "stop_told_before_it_is_so",
                                       "two_signals_for_three",
                                       "deadlock_beside_a_heartbeat",
                                       "semaphores_crossed",
                                       "locked_at_the_end",
                                       "daemon_with_a_reentrant_lock",
                                       "other_event_set",
                                       "queue_of_one_for_two_results",
                                       "queue_one_item_short",
                                       "stack_of_recycled_nodes",
                                       "slots_without_a_tag",
                                       "slots_without_a_tag_throw",
                                       "toolkit_lock_around_each_half",
                                       "toolkit_lock_each",
                                       "toolkit_locks_in_two_orders",
                                       "queue_never_filled",
                                       "queue_never_emptied",
                                       "event_never_set",
                                       "event_cleared_before_the_wait",
                                       "event_cleared_by_a_third",
                                       "toolkit_latch_never_opened",
                                       "toolkit_barrier_short_of_a_party",
                                       "promise_forgotten",
                                       "promises_of_each_other",
                                       "promise_lost",
                                       "task_lost",
                                       "daemon_with_a_lock",
                                       "daemon_with_the_only_permit",
                                       "daemon_with_the_only_permit_of_the_standard",
                                       "follows_a_null_pointer",
                                       "aborts",
                                       "two_flags",
                                       "spins_for_ever",
                                       "too_polite",
                                       "notify_one_for_two",
                                       "notified_before_the_change",
                                       "waits_with_another_lock",
                                       "monitor_in_a_monitor",
                                       "atomic_read_then_write",
                                       "a_lock_around_each_half",
                                       "check_then_take",
                                       "transfer_seen_half_done",
                                       "used_before_it_is_made",
                                       "handle_stored_too_late",
                                       "one_side_locked",
                                       "different_locks",
                                       "relaxed_flag",
                                       "tries_for_ever",
                                       "forgotten_thread",
                                       "locked_at_the_end_of_a_thread",
                                       "unlocks_anothers",
                                       "dies_before_a_load",
                                       "dies_under_a_load",
                                       "used_after_it_died",
                                       "wake_up_stolen",
                                       "all_woken_for_one_item",
                                       "throws"};
  std::vector<corpus::labelled> chosen;
  for (const corpus::labelled& one : corpus::all_bugs()) {
    if (names.contains(one.name)) chosen.push_back(one);
  }
  return chosen;
}

INSTANTIATE_TEST_SUITE_P(Corpus, Report, testing::ValuesIn(worth_reading()),
                         [](const auto& of) { return std::string(of.param.name); });

}  // namespace
