// SPDX-License-Identifier: MIT
#pragma once

#include "heddle/explorers/report.hpp"

namespace heddle::explorers {

// From a trace to a cause: sets failure.kind and failure.message, one sentence with the names of
// the threads and objects and the places, from failure.cause, unfinished and trace.
void diagnose(failure& of);

}  // namespace heddle::explorers
