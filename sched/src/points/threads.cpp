// SPDX-License-Identifier: MIT
#include "begin.hpp"

namespace heddle::sched {

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

void make_daemon(spawned thread) noexcept {
  execution* now = execution::current();
  if (now != nullptr && now->number() == thread.execution) now->make_daemon(*now->find(thread.id));
}

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

}  // namespace heddle::sched
