// SPDX-License-Identifier: MIT
//
// What one execution of a program leaves behind, comparable between the two machines.
#pragma once

#include <compare>
#include <string>
#include <vector>

namespace oracle {

enum class thread_end {
  finished,
  failed,   // by its check
  assumed,  // by its assume
  waiting,  // blocked for ever
};

struct thread_outcome {
  thread_end end = thread_end::waiting;
  std::vector<int> log;

  friend auto operator<=>(const thread_outcome&, const thread_outcome&) = default;
};

struct outcome {
  std::vector<thread_outcome> threads;
  std::vector<int> memory;

  friend auto operator<=>(const outcome&, const outcome&) = default;
};

// The one place that says in which counter of the report an execution belongs.
//
// A failed check counts whatever else happened: the failing thread could have come to its check
// before any assume of another thread was evaluated. An assume counts before a deadlock: the
// threads that wait may wait for the one that was ended.
enum class verdict { complete, failed, blocked, deadlocked };
verdict judge(const outcome& o);

std::string to_string(const outcome& o);

}  // namespace oracle
