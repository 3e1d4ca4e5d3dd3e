// SPDX-License-Identifier: MIT
#pragma once

#include <string>

// Compares `actual` with tests/golden/<name>.txt. With HEDDLE_UPDATE_GOLDEN=1 in the environment
// the file is written instead; look at the difference before you commit it.
void expect_golden(const std::string& name, const std::string& actual);

// Makes the root of the sources the working directory, so that reports find the declarations that
// name objects: paths are relative to the root.
void stand_at_the_source_root();

// A report's text without what differs from run to run: the elapsed time.
std::string without_times(std::string text);
