// SPDX-License-Identifier: MIT
//
// The same program on the real types, under a real exploration.
#pragma once

#include <cstddef>
#include <heddle/heddle.hpp>
#include <map>
#include <string>

#include "outcome.hpp"
#include "program.hpp"

namespace oracle {

struct heddle_run {
  heddle::report report;
  // As recorded from inside, once for each time that the body was started.
  std::map<outcome, std::size_t> outcomes;
  std::size_t bodies = 0;
};

// Options under which an exploration leaves nothing out that the oracle counts: no limits, no stop
// at a failure, no early timeouts, no parking of repeated reads; and none from the environment.
heddle::options unlimited(const std::string& explorer);

// REQUIRES: `p` is well formed (relocks allowed).
heddle_run explore_on_heddle(const program& p, const heddle::options& options);
heddle_run explore_on_heddle(const program& p, const heddle::options& options,
                             heddle::sched::explorer& decide);
heddle_run replay_on_heddle(const program& p, const std::string& token,
                            const heddle::options& options);

}  // namespace oracle
