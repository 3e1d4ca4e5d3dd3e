// SPDX-License-Identifier: MIT
#include "interruption.hpp"

namespace heddle::explorers {

namespace {
volatile sig_atomic_t interrupted = 0;
void on_interrupt(int) { interrupted = 1; }
}  // namespace

interruption::interruption() noexcept {
  interrupted = 0;
  if (sigaction(SIGINT, nullptr, &before_) != 0 || before_.sa_handler != SIG_DFL) return;
  struct sigaction ask = {};
  ask.sa_handler = &on_interrupt;
  ask.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
  installed_ = sigaction(SIGINT, &ask, nullptr) == 0;
}

interruption::~interruption() {
  if (installed_) sigaction(SIGINT, &before_, nullptr);
}

bool interruption::requested() noexcept { return interrupted != 0; }

}  // namespace heddle::explorers
