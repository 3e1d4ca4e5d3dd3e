// SPDX-License-Identifier: MIT
#include "donors.hpp"

#include <link.h>
#include <linux/futex.h>
#include <pthread.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "real.hpp"
#include "thread_pointer.hpp"
#include "user_code.hpp"

namespace heddle::native::donors {

namespace {

// One thread that lends. The page below its stack faults.
struct donor {
  sched::lent_thread lent;
  std::size_t asked_for = 0;
  bool taken = false;
};

struct pool_state {
  std::atomic_flag lock;
  std::vector<donor> all;
  void* host_pointer = nullptr;  // of the OS thread that explores
};
pool_state& pool() {
  static pool_state* const made = new pool_state;  // donors outlive everything
  return *made;
}
struct pool_guard {
  pool_guard() {
    while (pool().lock.test_and_set(std::memory_order_acquire)) {
    }
  }
  ~pool_guard() { pool().lock.clear(std::memory_order_release); }
};

// A donor never runs again. No library function may be called here: its thread-local storage
// belongs to somebody else.
struct parking {
  char* volatile frame = nullptr;
  std::atomic<bool> parked{false};
};
void* park(void* where) {
  auto& at = *static_cast<parking*>(where);
  at.frame = static_cast<char*>(__builtin_frame_address(0));
  static constinit int never = 0;
  at.parked.store(true, std::memory_order_release);
  for (;;) {
    long result;
    register long timeout asm("r10") = 0;
    asm volatile("syscall"
                 : "=a"(result)
                 : "a"(static_cast<long>(SYS_futex)), "D"(&never),
                   "S"(static_cast<long>(FUTEX_WAIT_PRIVATE)), "d"(0L), "r"(timeout)
                 : "rcx", "r11", "memory");
  }
  return nullptr;
}

char* slot(std::size_t index) noexcept {
  return reinterpret_cast<char*>(stacks_begin + index * stack_stride);
}

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error("heddle::native: " + what);
}

// One thread after the other; the first slot is left for the records of threads.
donor make(std::size_t index, std::size_t asked_for) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  // What the thread library keeps there comes on top of what user code may use.
  const std::size_t bytes = (asked_for + 64 * 1024 + page - 1) / page * page;
  if (bytes + page > stack_stride) {
    fail("options ask for stacks of " + std::to_string(asked_for) +
         " bytes; the native door has at most " + std::to_string(stack_stride - 128 * 1024));
  }
  if (index >= stack_count) fail("there are too many unfinished threads");
  char* const low = slot(index) + page;
  if (::mmap(low, bytes, PROT_READ | PROT_WRITE,
             MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED, -1, 0) == MAP_FAILED) {
    fail("there is no memory for another stack");
  }
  pthread_attr_t attributes;
  ::pthread_attr_init(&attributes);
  ::pthread_attr_setstack(&attributes, low, bytes);
  ::pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  // Signals are for threads that run.
  sigset_t everything;
  sigset_t before;
  ::sigfillset(&everything);
  HEDDLE_REAL(pthread_sigmask)(SIG_SETMASK, &everything, &before);
  parking at;
  pthread_t thread{};
  const int error = HEDDLE_REAL(pthread_create)(&thread, &attributes, &park, &at);
  HEDDLE_REAL(pthread_sigmask)(SIG_SETMASK, &before, nullptr);
  ::pthread_attr_destroy(&attributes);
  if (error != 0) {
    fail(std::string("another parked thread cannot be made: ") + std::strerror(error) +
         "; explore with fewer threads, or raise the limit of processes");
  }
  while (!at.parked.load(std::memory_order_acquire)) ::syscall(SYS_sched_yield);
  donor made;
  made.asked_for = asked_for;
  made.lent.stack = low;
  // A margin below the frame that is parked there for ever.
  const auto top = (reinterpret_cast<std::uintptr_t>(at.frame) - 2048) & ~std::uintptr_t{63};
  made.lent.bytes = top - reinterpret_cast<std::uintptr_t>(low);
  made.lent.pointer = reinterpret_cast<void*>(thread);
  return made;
}

// Thread-local storage that lies at the same distance from the thread pointer in every thread.
struct image {
  std::ptrdiff_t below;       // the thread pointer
  std::vector<char> initial;  // with the zeros
};
std::vector<image> images;

int look_at_module(dl_phdr_info* info, std::size_t, void*) {
  const std::string_view path = info->dlpi_name == nullptr ? "" : info->dlpi_name;
  const std::string_view name = path.substr(path.rfind('/') + 1);
  if (name.starts_with("libc.so") || name.starts_with("ld-linux")) return 0;
  for (int i = 0; i < info->dlpi_phnum; ++i) {
    const auto& segment = info->dlpi_phdr[i];
    if (segment.p_type != PT_TLS || info->dlpi_tls_data == nullptr) continue;
    const std::ptrdiff_t below =
        static_cast<char*>(thread_pointer()) - static_cast<char*>(info->dlpi_tls_data);
    constexpr std::ptrdiff_t most = 1 << 20;  // farther away: loaded later, made where it is used
    if (below <= 0 || below > most) continue;
    const auto* const begin = reinterpret_cast<const char*>(info->dlpi_addr + segment.p_vaddr);
    std::vector<char> initial(begin, begin + segment.p_filesz);
    initial.resize(segment.p_memsz);
    images.push_back({below, std::move(initial)});
  }
  return 0;
}

}  // namespace

void look_at_modules() {
  images.clear();
  ::dl_iterate_phdr(&look_at_module, nullptr);
}

sched::lent_thread lend(std::size_t bytes) {
  const pool_guard guard;
  pool_state& state = pool();
  for (donor& at : state.all) {
    if (at.taken || at.asked_for != bytes) continue;
    at.taken = true;
    return at.lent;
  }
  if (state.all.empty()) {
    // All at once, so that nothing else comes to lie there.
    void* const all =
        ::mmap(reinterpret_cast<void*>(stacks_begin), stacks_bytes, PROT_NONE,
               MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE | MAP_FIXED_NOREPLACE, -1, 0);
    if (all != reinterpret_cast<void*>(stacks_begin)) {
      fail("the addresses that it uses for stacks are taken");
    }
  }
  const auto frame = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  if (frame - stacks_begin >= stacks_bytes) state.host_pointer = thread_pointer();
  // The thread library gets to see a thread of its own, not one that is lent.
  void* const here = thread_pointer();
  set_thread_pointer(state.host_pointer);
  try {
    donor made = make(state.all.size() + 1, bytes);
    set_thread_pointer(here);
    made.taken = true;
    state.all.push_back(made);
    return made.lent;
  } catch (...) {
    set_thread_pointer(here);
    throw;
  }
}

void take_back(const sched::lent_thread& lent) noexcept {
  const pool_guard guard;
  for (donor& at : pool().all) {
    if (at.lent.stack == lent.stack) at.taken = false;
  }
}

void renew(const sched::lent_thread& lent) noexcept {
  for (const image& at : images) {
    char* const storage = static_cast<char*>(lent.pointer) - at.below;
    // Most are a few words: without a call.
    const std::size_t bytes = at.initial.size();
    std::size_t done = 0;
    for (; done + 16 <= bytes && done < 128; done += 16) {
      std::memcpy(storage + done, at.initial.data() + done, 16);
    }
    if (done < bytes) std::memcpy(storage + done, at.initial.data() + done, bytes - done);
  }
}

}  // namespace heddle::native::donors
