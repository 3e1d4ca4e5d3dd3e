// SPDX-License-Identifier: MIT
//
// Every execution of a program, by recursion over copies of a state. Slow and obviously right.
#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "class_form.hpp"
#include "outcome.hpp"
#include "program.hpp"

namespace oracle {

struct census {
  std::size_t complete = 0;
  std::size_t failed = 0;
  std::size_t blocked = 0;  // by an assume
  std::size_t deadlocked = 0;
  std::map<outcome, std::size_t> outcomes;  // with the number of executions that had it
  // [k]: executions with exactly k preemptions (leaving a thread whose next operation is enabled).
  std::vector<std::size_t> preemptions;
  // Each class with the least number of preemptions among its executions; only if asked for.
  std::map<class_form, std::size_t> classes;
  bool capped = false;  // stopped at the limit: the numbers are too low
  bool cut = false;     // something needs more preemptions than allowed

  std::size_t executions() const { return complete + failed + blocked + deadlocked; }
};

struct census_options {
  std::size_t limit = 1'000'000;  // executions
  bool classes = false;
  class_rules rules = {};
  std::size_t most_preemptions = static_cast<std::size_t>(-1);  // of every_execution only
};

// Every maximal interleaving of visible operations, with every waiter a notify could wake and every
// number a pick could give. REQUIRES: `p` is well formed (relocks allowed).
census every_execution(const program& p, const census_options& options = {});

// One execution per class: a prefix whose form was met before is not continued. The counts are
// counts of classes; preemptions stays empty. For programs too big for every_execution, which
// checks it in the tests.
census every_class(const program& p, const census_options& options = {});

}  // namespace oracle
