// SPDX-License-Identifier: MIT
#pragma once

#include <string>

// The parts of a report as it stands in the output of a program; empty where they are missing.
std::string replay_line(const std::string& output);     // the whole line, to be pasted into a shell
std::string token_of(const std::string& replay_line);   // what HEDDLE_REPLAY is set to
std::string thread_columns(const std::string& output);  // from the title to the empty line
long executions_of(const std::string& output);          // "explored by random: 7 executions"; or -1
