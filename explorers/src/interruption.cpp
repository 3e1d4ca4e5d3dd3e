// SPDX-License-Identifier: MIT
#include "interruption.hpp"

#include <time.h>

namespace heddle::explorers {

namespace {
volatile sig_atomic_t interrupted = 0;
volatile sig_atomic_t first_tick = 0;

// In tenths of a second; wraps around.
sig_atomic_t tick() noexcept {
  timespec now = {};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return static_cast<sig_atomic_t>(now.tv_sec % 100'000'000 * 10 + now.tv_nsec / 100'000'000);
}

// Who runs a program for somebody may pass Ctrl-C on a second time: that is not the second one yet.
void on_interrupt(int) {
  if (interrupted == 0) {
    interrupted = 1;
    first_tick = tick();
  } else if (tick() - first_tick > 3) {
    signal(SIGINT, SIG_DFL);
    raise(SIGINT);
  }
}
}  // namespace

interruption::interruption() noexcept {
  interrupted = 0;
  if (sigaction(SIGINT, nullptr, &before_) != 0 || before_.sa_handler != SIG_DFL) return;
  struct sigaction ask = {};
  ask.sa_handler = &on_interrupt;
  ask.sa_flags = SA_RESTART;
  installed_ = sigaction(SIGINT, &ask, nullptr) == 0;
}

interruption::~interruption() {
  if (installed_) sigaction(SIGINT, &before_, nullptr);
}

bool interruption::requested() noexcept { return interrupted != 0; }

}  // namespace heddle::explorers
