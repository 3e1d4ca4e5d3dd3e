// SPDX-License-Identifier: MIT
#pragma once

#include <vector>

#include "../laboratory.hpp"
#include "heddle/explorers/report.hpp"

namespace heddle::explorers {

// From a trace to a cause: sets failure.kind, situation, message and details from failure.cause,
// unfinished and trace. With `lab`, suspicions are confirmed by running the execution of `choices`
// again with one thing changed; without it nothing is run, and a failed check stays just that.
void diagnose(failure& of, laboratory* lab = nullptr,
              const std::vector<std::uint32_t>& choices = {});

}  // namespace heddle::explorers
