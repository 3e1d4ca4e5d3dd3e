// SPDX-License-Identifier: MIT
#include "heddle/sched/monitor.hpp"

#include "begin.hpp"

namespace heddle::sched {

monitor_section::monitor_section(monitor_object& on, const monitor_call& call, location where,
                                 virtual_time deadline, level_range need,
                                 monitor_object* also)
    : on_(on), inside_(in_execution()) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (on.epoch != 0) {  // what an execution left behind is as good as new
      if (on.type->reset != nullptr) on.type->reset(on);
      on.epoch = 0;
    }
    failed_ = !need.contains(on.level[need.which]);
    if (failed_ && deadline == no_deadline) would_block(call.name);
    return;
  }
  thread_record& self = now->running();
  now->touch(on, where);
  operation& op = begin(self, op_kind::call, &on, where);
  op.deadline = deadline;
  op.call = &call;
  op.need = need;
  if (also != nullptr) {
    now->touch(*also, where);
    op.partner = also;
    op.second = also->key;
  }
  now->announce(self);
  self.in_effect = true;
  failed_ = !self.success;
  before_ = pack_levels(on.level);
}

monitor_section::~monitor_section() {
  if (!inside_) return;
  execution* now = execution::current();
  now->conclude_call(now->running(), on_, !failed_, before_);
}

void destroy(monitor_object& on, const char* what) noexcept { destroy_awaited(on, what); }

}  // namespace heddle::sched
