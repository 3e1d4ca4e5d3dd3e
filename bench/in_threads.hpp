// SPDX-License-Identifier: MIT
#pragma once

#include "door.hpp"

namespace heddle::bench {

// Threads that do work(0), work(1) ... and are joined.
template <unsigned Threads, class Work>
void in_threads(const Work& work) {
  std::optional<thread> threads[Threads];
  for (unsigned i = 0; i < Threads; ++i) {
    threads[i].emplace([&work, i] { work(i); });
  }
  for (auto& each : threads) each->join();
}

}  // namespace heddle::bench
