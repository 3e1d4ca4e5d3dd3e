// SPDX-License-Identifier: MIT
#include "heddle/sched/point.hpp"

#include <mutex>
#include <set>
#include <stdexcept>
#include <string>

#include "execution.hpp"
#include "objects/condition.hpp"
#include "objects/mutex.hpp"

namespace heddle::sched {

namespace {

constexpr thread_id outside_thread = no_thread - 1;  // the only thread there is, outside

// The announced operation lives in the thread's record: build it there.
operation& begin(thread_record& self, op_kind kind, object* on, location where) {
  operation& op = self.pending;
  op = {};
  op.kind = kind;
  op.where = where;
  op.target = on;
  if (on != nullptr) op.object = on->key;
  return op;
}

// Outside an execution, state left over from one is as good as new.
template <class Object>
Object& outside(Object& on, void (*reset)(Object&) noexcept) {
  if (on.epoch != 0) {
    reset(on);
    on.epoch = 0;
  }
  return on;
}

[[noreturn]] void would_block(const char* what) {
  throw std::logic_error(std::string("heddle: ") + what +
                         " outside an execution would block for ever: there is no other thread; "
                         "use it inside the body given to heddle::explore or HEDDLE_TEST");
}

}  // namespace

bool in_execution() noexcept { return execution::current() != nullptr; }

// --- atomics ---------------------------------------------------------------------------------

std::uint64_t load(atomic_object& on, std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr) return on.value;
  thread_record& self = now->running();
  now->touch(on);
  begin(self, op_kind::load, &on, where).order = order;
  now->announce(self);
  return self.value;
}

void store(atomic_object& on, std::uint64_t value, std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    on.value = value;
    return;
  }
  thread_record& self = now->running();
  now->touch(on);
  operation& op = begin(self, op_kind::store, &on, where);
  op.order = order;
  op.argument = value;
  now->announce(self);
}

std::uint64_t modify(atomic_object& on, std::uint64_t operand,
                     std::uint64_t (*function)(std::uint64_t, std::uint64_t),
                     std::memory_order order, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    const std::uint64_t before = on.value;
    on.value = function(before, operand);
    return before;
  }
  thread_record& self = now->running();
  now->touch(on);
  operation& op = begin(self, op_kind::read_modify_write, &on, where);
  op.order = order;
  op.argument = operand;
  op.modify = function;
  now->announce(self);
  return self.value;
}

bool compare_exchange(atomic_object& on, std::uint64_t& expected, std::uint64_t desired, bool weak,
                      std::memory_order success, std::memory_order failure, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    const bool equal = on.value == expected;
    (equal ? on.value : expected) = equal ? desired : on.value;
    return equal;
  }
  thread_record& self = now->running();
  now->touch(on);
  operation& op = begin(self, op_kind::compare_exchange, &on, where);
  op.order = success;
  op.failure_order = failure;
  op.weak = weak;
  op.argument = desired;
  op.expected = expected;
  now->announce(self);
  if (!self.success) expected = self.value;
  return self.success;
}

// --- mutexes ---------------------------------------------------------------------------------

void lock(mutex_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (!mutexes::can_take(outside(on, mutexes::reset), outside_thread)) would_block("lock()");
    mutexes::take(on, outside_thread, 1, where);
    return;
  }
  thread_record& self = now->running();
  now->touch(on);
  begin(self, op_kind::lock, &on, where);
  now->announce(self);
}

bool try_lock(mutex_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (!mutexes::can_take(outside(on, mutexes::reset), outside_thread)) return false;
    mutexes::take(on, outside_thread, 1, where);
    return true;
  }
  thread_record& self = now->running();
  now->touch(on);
  begin(self, op_kind::try_lock, &on, where);
  now->announce(self);
  return self.success;
}

void lock_all(mutex_object* const* mutexes, std::uint32_t count, location where) {
  execution* now = execution::current();
  if (now == nullptr || count < 2) {
    for (std::uint32_t i = 0; i < count; ++i) lock(*mutexes[i], where);
    return;
  }
  thread_record& self = now->running();
  for (std::uint32_t i = 0; i < count; ++i) now->touch(*mutexes[i]);
  operation& op = begin(self, op_kind::lock_all, mutexes[0], where);
  op.partner = mutexes[1];
  op.second = mutexes[1]->key;
  op.many = count > 2;
  op.all = mutexes;
  op.argument = count;
  now->announce(self);
}

void unlock(mutex_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    if (outside(on, mutexes::reset).owner != outside_thread) {
      throw std::logic_error(
          "heddle: unlock() of a mutex that is not locked, outside an execution");
    }
    mutexes::give_back(on, 1);
    return;
  }
  thread_record& self = now->running();
  now->touch(on);
  begin(self, op_kind::unlock, &on, where);
  now->announce(self);
}

void destroy(mutex_object& on) noexcept {
  execution* now = execution::current();
  if (now == nullptr || on.epoch != now->number() || on.owner == no_thread) return;
  failure_record failure{failure_kind::misuse, {}, now->running().id, on.created};
  failure.object = on.key;
  failure.other = on.owner;
  failure.other_where = on.acquired;
  failure.message = "it destroys a mutex that is still locked";
  now->fail(std::move(failure));
}

// --- condition variables -----------------------------------------------------------------------

bool wait(condition_object& on, mutex_object& with, virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) would_block("wait()");
  thread_record& self = now->running();
  now->touch(on);
  now->touch(with);
  operation& start = begin(self, op_kind::wait, &on, where);
  start.partner = &with;
  start.second = with.key;
  now->announce(self);
  if (!self.success) end_thread();  // misuse, reported: there is nothing to wait with
  operation& wake = begin(self, op_kind::wake, &on, where);
  wake.partner = &with;
  wake.second = with.key;
  wake.deadline = deadline;
  now->announce(self);
  if (self.success) return true;
  // Timed out: out of the queue, but the mutex must be had back like by anyone else.
  const std::uint32_t levels = self.depth;
  for (std::uint32_t level = 0; level < levels; ++level) {
    begin(self, op_kind::lock, &with, where);
    now->announce(self);
  }
  return false;
}

void notify_one(condition_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  now->touch(on);
  begin(self, op_kind::notify_one, &on, where);
  now->announce(self);
}

void notify_all(condition_object& on, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  now->touch(on);
  begin(self, op_kind::notify_all, &on, where);
  now->announce(self);
}

void destroy(condition_object& on) noexcept {
  execution* now = execution::current();
  if (now == nullptr || on.epoch != now->number() || on.waiters == 0) return;
  failure_record failure{failure_kind::misuse, {}, now->running().id, on.created};
  failure.object = on.key;
  failure.other = on.first_waiter->id;
  failure.other_where = on.first_waiter->pending.where;
  failure.message = "it destroys a condition variable on which a thread still waits";
  now->fail(std::move(failure));
}

// --- plain data --------------------------------------------------------------------------------

void plain_read(plain_object& on, std::uint64_t value, location where) {
  if (execution* now = execution::current()) now->plain_access(on, false, &value, where);
}
void plain_write(plain_object& on, std::uint64_t value, location where) {
  if (execution* now = execution::current()) now->plain_access(on, true, &value, where);
}
void plain_write(plain_object& on, location where) {
  if (execution* now = execution::current()) now->plain_access(on, true, nullptr, where);
}
bool tracing() noexcept {
  const execution* now = execution::current();
  return now != nullptr && now->tracing();
}

// --- threads -----------------------------------------------------------------------------------

spawned spawn(void (*entry)(void*), void* closure, const char* name, location where) {
  execution* now = execution::current();
  if (now == nullptr) {
    throw std::logic_error(
        "heddle: a heddle::thread was started outside an execution; start it inside the body given "
        "to heddle::explore or HEDDLE_TEST");
  }
  return {now->spawn(entry, closure, name, where).id, now->number()};
}

void* allocate(std::size_t bytes, std::size_t alignment) {
  return execution::current()->memory().allocate(bytes, alignment);
}

void join(spawned thread, location where) {
  execution* now = execution::current();
  if (now == nullptr || now->number() != thread.execution) {
    throw std::logic_error("heddle: join() of a thread that belongs to another execution");
  }
  now->join(*now->find(thread.id), where);
}

void detach(spawned) noexcept {}  // threads run to their end in any case

void abandon_joinable(spawned thread, location where) {
  execution* now = execution::current();
  if (now == nullptr || now->number() != thread.execution) return;
  thread_record& target = *now->find(thread.id);
  now->leaked_thread(target, where);
  now->join(target, where);
}

thread_id this_thread() noexcept {
  execution* now = execution::current();
  return now == nullptr ? no_thread : now->running().id;
}

void name_thread(thread_id thread, std::string_view name) {
  execution* now = execution::current();
  if (now == nullptr || !now->tracing()) return;
  if (thread_record* found = now->find(thread)) found->name = now->keep_name(name);
}

void name_object(object& on, std::string_view name) {
  if (execution* now = execution::current()) {
    if (now->tracing()) on.name = now->keep_name(name);
    return;
  }
  // Outside, the object may live as long as the process; so do the few names given there.
  static std::mutex guard;
  static std::set<std::string, std::less<>> names;
  const std::lock_guard lock(guard);
  on.name = names.emplace(name).first->c_str();
}

// --- time --------------------------------------------------------------------------------------

virtual_time now(location where) {
  execution* current = execution::current();
  if (current == nullptr) return 0;
  thread_record& self = current->running();
  begin(self, op_kind::read_clock, nullptr, where);
  current->announce(self);
  return self.value;
}

virtual_time peek_now() noexcept {
  const execution* now = execution::current();
  return now == nullptr ? 0 : now->now();
}

void sleep_until(virtual_time deadline, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  begin(self, op_kind::sleep, nullptr, where).deadline = deadline;
  now->announce(self);
}

void yield(location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  begin(self, op_kind::yield, nullptr, where);
  now->announce(self);
}

// --- choices and words of the test author ------------------------------------------------------

std::uint32_t choose(std::uint32_t count, location where) {
  execution* now = execution::current();
  if (count == 0) throw std::invalid_argument("heddle::choose(0): there is nothing to choose from");
  return now == nullptr ? 0 : now->choose_value(count, where);
}

void point(std::string_view name, location where) {
  execution* now = execution::current();
  if (now == nullptr) return;
  thread_record& self = now->running();
  operation& op = begin(self, op_kind::point, nullptr, where);
  stable_key key = 0;
  for (const char c : name) key = mix(key, static_cast<unsigned char>(c));
  op.object = key & ~made_outside;
  if (now->tracing()) now->describe_point(op.object, name);
  now->announce(self);
}

void note(std::string_view text, location where) {
  if (execution* now = execution::current()) now->note(text, where);
}

void assume(bool condition, location) {
  execution* now = execution::current();
  if (condition || now == nullptr) return;
  now->assume_failed();
  now->running().ending = true;
  throw thread_ended{};
}

void report(failure_kind kind, std::string_view message, location where, stable_key object) {
  execution* now = execution::current();
  if (now == nullptr) throw std::logic_error("heddle: " + std::string(message));
  failure_record failure{kind, std::string(message), now->running().id, where};
  failure.object = object;
  now->fail(std::move(failure));
}

void fail(failure_kind kind, std::string_view message, location where) {
  report(kind, message, where);
  end_thread();
}

void end_thread() {
  if (execution* now = execution::current()) now->running().ending = true;
  throw thread_ended{};
}

void skip(std::string_view) noexcept {
  if (execution* now = execution::current()) now->ask_to_skip();
}

}  // namespace heddle::sched
