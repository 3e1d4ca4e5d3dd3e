// SPDX-License-Identifier: MIT
#include "begin.hpp"
#include "heddle/sched/lender.hpp"

namespace heddle::sched {

namespace {
constinit const lender* the_lender = nullptr;
}  // namespace

void set_lender(const lender* from) noexcept { the_lender = from; }
const lender* current_lender() noexcept { return the_lender; }

stable_key key_of_this_thread() noexcept { return execution::current()->running().key; }

lent_thread lent_to(thread_id thread) noexcept {
  return execution::current()->find(thread)->on->lent();
}

void acquire_from(const clock_storage& released) {
  execution* now = execution::current();
  now->tick(now->running());
  clocks::join(now->running().clock, released, now->memory());
}
plain_terms terms_of_plain() noexcept { return execution::current()->terms_of_plain(); }
const clock_storage& clock_of_this_thread() noexcept {
  return execution::current()->running().clock;
}
void end_execution() { execution::current()->end(); }
void release_to(clock_storage& released) {
  execution* now = execution::current();
  thread_record& self = now->running();
  now->tick(self);
  clocks::join(released, self.clock, now->memory());
  clocks::tick(self.clock, self.id, now->memory());
}

}  // namespace heddle::sched
