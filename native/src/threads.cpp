// SPDX-License-Identifier: MIT
#include "threads.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <array>
#include <cstdlib>

#include "thread_pointer.hpp"

namespace heddle::native {

namespace {
constinit void* the_host = nullptr;
std::size_t owners_known = 0;  // only the first so many stacks have one

// In the first slot, below all stacks.
thread_record* records() noexcept {
  static_assert(most_threads * sizeof(thread_record) <= stack_stride);
  static constinit bool mapped = false;
  if (!mapped) {
    void* const at =
        ::mmap(reinterpret_cast<void*>(stacks_begin), stack_stride, PROT_READ | PROT_WRITE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0);
    if (at == MAP_FAILED) std::abort();
    mapped = true;
  }
  return reinterpret_cast<thread_record*>(stacks_begin);
}
}  // namespace

constinit std::array<thread_record*, stack_count> owners_of_stacks{};

thread_record& record_of(sched::thread_id id) noexcept { return records()[id % most_threads]; }

thread_record* record_of(pthread_t handle) noexcept {
  const auto offset = static_cast<std::uintptr_t>(handle) - stacks_begin;
  if (offset >= most_threads * sizeof(thread_record) || offset % sizeof(thread_record) != 0) {
    return nullptr;
  }
  thread_record& found = records()[offset / sizeof(thread_record)];
  return found.handle.execution == sched::execution_number() ? &found : nullptr;
}

void begin_thread(sched::thread_id id, sched::stable_key key,
                  const sched::lent_thread& lent) noexcept {
  thread_record& self = record_of(id);
  if (self.handle.execution != sched::execution_number()) {
    self = {};
    self.handle = {id, sched::execution_number()};
  }
  self.id = id;
  self.key = key;
  self.donor = reinterpret_cast<pthread_t>(lent.pointer);
  self.clock = &sched::clock_of_this_thread();
  self.stack_top = reinterpret_cast<std::uintptr_t>(lent.stack) + lent.bytes;
  const std::size_t slot =
      (reinterpret_cast<std::uintptr_t>(lent.stack) - stacks_begin) / stack_stride;
  owners_of_stacks[slot] = &self;
  owners_known = std::max(owners_known, slot + 1);
}

void forget_threads() noexcept {
  std::fill_n(owners_of_stacks.begin(), owners_known, nullptr);
  owners_known = 0;
  the_host = thread_pointer();
}

void* host_pointer() noexcept { return the_host; }

as_host::as_host() noexcept : before_(thread_pointer()) { set_thread_pointer(the_host); }
as_host::~as_host() { set_thread_pointer(before_); }

}  // namespace heddle::native
