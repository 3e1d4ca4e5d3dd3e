// SPDX-License-Identifier: MIT
#include "heddle/sched/thread_hooks.hpp"

#include "begin.hpp"

namespace heddle::sched {

void*& thread_local_word() noexcept {
  static thread_local void* of_os_thread = nullptr;
  execution* now = execution::current();
  return now == nullptr || !now->runs_user_code() ? of_os_thread : now->running().local_word;
}

void at_thread_exit(exit_phase phase, void (*action)(void*), void* argument) {
  execution* now = execution::current();
  if (now == nullptr) return;
  exit_action* made = now->memory().allocate_array<exit_action>(1);
  *made = {action, argument, nullptr};
  thread_record& self = now->running();
  exit_action** at = &self.exit_actions[static_cast<std::size_t>(phase)];
  if (phase == exit_phase::destructors) {
    made->next = *at;
  } else {
    while (*at != nullptr) at = &(*at)->next;
  }
  *at = made;
}

void fence(std::memory_order order, location where) noexcept {
  if (execution* now = execution::current()) now->fence(order, where);
}

}  // namespace heddle::sched
