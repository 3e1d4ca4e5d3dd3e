// SPDX-License-Identifier: MIT
#pragma once

#include <string>

// Compares `actual` with tests/golden/<name>.txt. With HEDDLE_UPDATE_GOLDEN=1 in the environment
// the file is written instead; look at the difference before you commit it.
void expect_golden(const std::string& name, const std::string& actual);

// A report's text without what differs from run to run: the elapsed time.
std::string without_times(std::string text);
