// SPDX-License-Identifier: MIT
#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <string>
#include <utility>

#include "execution.hpp"
#include "heddle/sched/lender.hpp"
#include "objects/plain.hpp"

// What goes wrong, and what is kept of it for a report.
namespace heddle::sched {

void execution::fail(failure_record failure) {
  const busy_section here(busy_);
  if (failure_ || skipped_) return;  // what comes later is a consequence
  // What a thread leaves behind that a failed check or assume unwinds is a consequence of that.
  const bool left_behind =
      failure.kind == failure_kind::leak || failure.kind == failure_kind::misuse;
  if (left_behind && running_ != nullptr && running_->ending) return;
  failure.step = steps_;
  if (trace_ != nullptr) {
    record(trace_entry::kind::failure, failure.thread, failure.where, failure.message);
  }
  failure_ = std::move(failure);
}

// Names the exception in flight; call it inside a handler.
static std::string describe_current_exception() {
  std::string type = "of unknown type";
  if (const std::type_info* info = abi::__cxa_current_exception_type()) {
    int status = 0;
    char* name = abi::__cxa_demangle(info->name(), nullptr, nullptr, &status);
    type = status == 0 ? name : info->name();
    std::free(name);
  }
  try {
    throw;
  } catch (const std::exception& error) {
    return type + ": " + error.what();
  } catch (...) {
    return type;
  }
}

void execution::uncaught_exception(thread_record& thread) {
  if (unwinding_leak_ == thread.id && failure_ && failure_->kind == failure_kind::leak) {
    failure_.reset();  // the joinable thread was met while this very exception unwound
  }
  unwinding_leak_ = no_thread;
  fail({failure_kind::uncaught_exception, describe_current_exception(), thread.id, {}});
}

void execution::leaked_thread(thread_record& target, location where) {
  if (!failure_ && std::uncaught_exceptions() > 0) unwinding_leak_ = running_->id;
  failure_record failure{failure_kind::leak, {}, running_->id, where};
  failure.other = target.id;
  failure.message = "a thread was neither joined nor detached when its handle was destroyed";
  fail(std::move(failure));
}

void execution::announce_access(plain_object& on, bool write, location where) {
  touch(on);
  if (!on.is_point) return;
  thread_record& self = *running_;
  operation& op = self.pending;
  op = {};
  op.kind = write ? op_kind::write : op_kind::read;
  op.where = where;
  op.target = &on;
  op.object = on.key;
  announce(self);
}

void execution::plain_access(plain_object& on, bool write, const std::uint64_t* word,
                             const void* at, location where) {
  const busy_section here(busy_);
  touch(on, where);
  thread_record& self = *running_;
  if (trace_ != nullptr) record_access(on, write, word, at, where);
  if (!checks_races(on)) return;
  const plains::access* other =
      write ? plains::race_of_write(on, self.clock) : plains::race_of_read(on, self.clock);
  if (other != nullptr) found_race(on, write, *other, where);
  const plains::access mine{self.id, clocks::get(self.clock, self.id), where};
  if (write) {
    plains::did_write(on, mine);
  } else {
    plains::did_read(on, mine, self.clock, memory_);
  }
}

bool execution::is_point(const object& on) const noexcept {
  if (on.kind != object_kind::plain) return false;
  if (limits_.shape.races != races::explore) return limits_.shape.races == races::explore_all;
  return is_racy(on.key);
}

bool execution::is_racy(stable_key object) const noexcept {
  return std::binary_search(limits_.shape.racy.begin(), limits_.shape.racy.end(),
                            racy_key_of(object));
}

bool execution::checks_races(const plain_object& on) const noexcept {
  if (on.benign) return false;
  return limits_.shape.races == races::report ||
         (limits_.shape.races == races::explore && !on.is_point);
}

void execution::record_access(const plain_object& on, bool write, const std::uint64_t* word,
                              const void* at, location where) {
  describe(on);
  trace_entry entry;
  entry.performed.thread = running_->id;
  entry.performed.step = steps_;
  if (word != nullptr) entry.performed.value = *word;
  if (at != nullptr && on.text != nullptr && on.text->of_value != nullptr) {
    on.text->of_value(at, entry.text);
  }
  entry.performed.op.kind = write ? op_kind::write : op_kind::read;
  entry.performed.op.result = word != nullptr ? resolution::succeeded : resolution::pending;
  entry.performed.op.object = on.key;
  entry.performed.op.where = where;
  entry.preempted = on.is_point && preempted_;
  trace_->entries.push_back(std::move(entry));
}

void execution::found_race(const plain_object& on, bool write, const plains::access& other,
                           location where) {
  if (limits_.shape.races == races::report) {
    failure_record failure{failure_kind::data_race, {}, running_->id, where};
    failure.object = on.key;
    failure.other = other.thread;
    failure.other_where = other.where;
    const bool other_wrote = &other == &on.write;
    failure.message =
        write ? (other_wrote ? "write after write" : "write after read") : "read after write";
    fail(std::move(failure));
    return;
  }
  const racy_key key = racy_key_of(on.key);
  const bool known = std::any_of(racy_.begin(), racy_.end(),
                                 [key](const racy_object& at) { return at.key == key; });
  if (known) return;
  std::string name = on.name == nullptr ? "" : on.name;
  const bool is_lenders = on.creator == no_thread && (on.key & made_outside) == 0;
  if (name.empty() && is_lenders) name = current_lender()->name_of(on);
  racy_.push_back({key, on.created, std::move(name)});
}

void execution::crash(const char* what, const void* address) noexcept {
  const bool overflow = address != nullptr && running_->on->overflowed_at(address);
  crash_.what = overflow ? "stack overflow" : what;
  crash_.stuck = false;
  crashed_ = true;
  stop();
}

void execution::stuck() noexcept {
  crash_.stuck = true;
  crashed_ = true;
  stop();
}

// What crash() and stuck() could not say in a signal handler, which must not allocate.
void execution::record_crash() {
  const thread_record& victim = *running_;
  failure_record failure{failure_kind::crash, crash_.what, victim.id, victim.pending.where};
  if (crash_.stuck) {
    failure.kind = failure_kind::limit;
    failure.message =
        "an endless loop, or a blocking call that is not under control: no scheduling point was "
        "reached for " +
        std::to_string(limits_.stuck_seconds) + " s";
  }
  if (const std::string calls = crash_.calls.text(); !calls.empty()) {
    failure.message += ", " + calls;
    failure.where = crash_.calls.innermost();
  }
  crash_.calls.clear();
  fail(std::move(failure));
}

}  // namespace heddle::sched
