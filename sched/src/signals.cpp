// SPDX-License-Identifier: MIT
#include "signals.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <exception>
#include <memory>
#include <mutex>

#include "execution.hpp"

// First and last byte of the program's own code, from the linker.
extern "C" {
extern const char __executable_start __attribute__((weak));
extern const char etext __attribute__((weak));
}

namespace heddle::sched {

namespace {

constexpr std::array faults{SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT};
constexpr std::size_t alternate_stack_bytes = 64 * 1024;

// Handlers belong to the process ...
struct process_state {
  std::mutex guard;
  int guards = 0;
  std::array<struct sigaction, faults.size()> previous;
  struct sigaction previous_tick;
  std::terminate_handler previous_terminate;
};
process_state process;

// ... the alternate stack, the timer and what it has seen to the OS thread.
struct thread_watch {
  int guards = 0;
  stack_t previous_stack;
  std::unique_ptr<char[]> stack;
  timer_t timer;
  bool has_timer = false;
  std::uint32_t patience = 0;
  std::uint64_t last_heartbeat = 0;
  std::uint32_t silent_ticks = 0;
  const char* crashed = nullptr;  // the last crash, until its execution has been put away
};
thread_local thread_watch watch;

// A fiber may have thread-local variables of its own, but signals come to the OS thread.
thread_watch& watch_of(const execution* now) noexcept {
  return now != nullptr && now->watch != nullptr ? *static_cast<thread_watch*>(now->watch) : watch;
}

int tick_signal() noexcept { return SIGRTMIN + 5; }

const char* describe(int signal) noexcept {
  switch (signal) {
    case SIGSEGV:
      return "invalid memory access (SIGSEGV)";
    case SIGBUS:
      return "invalid memory access (SIGBUS)";
    case SIGFPE:
      return "arithmetic error (SIGFPE)";
    case SIGILL:
      return "illegal instruction (SIGILL)";
    default:
      return "abort() was called (SIGABRT)";
  }
}

// What a crash inside malloc leaves behind may not be able to allocate ever again: nothing here
// does.
[[noreturn]] void give_up(const char* what) noexcept {
  const char* parts[] = {"heddle: ", what, "; the process cannot go on after that\n"};
  for (const char* part : parts) {
    [[maybe_unused]] const auto written = ::write(2, part, std::strlen(part));
  }
  ::_exit(1);
}

void on_fault(int signal, siginfo_t* info, void* context) {
  execution* now = execution::current();
  thread_watch& seen = watch_of(now);
  if (now != nullptr && now->runs_user_code()) {
    // A fault while this looks at the stack comes here again, and then does not look.
    const bool looks = seen.crashed == nullptr;
    seen.crashed = describe(signal);
    if (looks) now->calls_in_crash().capture(context);
    now->crash(seen.crashed, signal == SIGSEGV ? info->si_addr : nullptr);  // does not return
  }
  if (seen.crashed != nullptr) give_up(seen.crashed);  // while it was being put away
  // Not ours: as if we had never been here.
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (faults[i] == signal) ::sigaction(signal, &process.previous[i], nullptr);
  }
  ::raise(signal);
}

bool in_own_code(const void* context) noexcept {
  const std::uintptr_t at = interrupted_at(context);
  return at >= reinterpret_cast<std::uintptr_t>(&__executable_start) &&
         at < reinterpret_cast<std::uintptr_t>(&etext);
}

// Once a second. A thread is only interrupted for good inside the program's own code: a library
// might be half way through something, so it gets a few more seconds to come back.
void on_tick(int, siginfo_t*, void* context) {
  const int kept = errno;
  execution* now = execution::current();
  thread_watch& seen = watch_of(now);
  const bool runs = now != nullptr && now->runs_user_code();
  if (seen.crashed != nullptr) {
    if (++seen.silent_ticks >= seen.patience) give_up(seen.crashed);
  } else if (!runs || now->heartbeat() != seen.last_heartbeat) {
    seen.last_heartbeat = runs ? now->heartbeat() : 0;
    seen.silent_ticks = 0;
  } else if (++seen.silent_ticks >= seen.patience &&
             (in_own_code(context) || seen.silent_ticks >= seen.patience + 3)) {
    seen.silent_ticks = 0;
    seen.crashed = "a thread reached no scheduling point for too long";
    now->calls_in_crash().capture(context);
    now->stuck();  // does not return
  }
  errno = kept;
}

[[noreturn]] void on_terminate() {
  if (execution* now = execution::current(); now != nullptr && now->runs_user_code()) {
    thread_record& thread = now->running();
    if (std::current_exception()) {
      try {
        throw;
      } catch (const thread_ended&) {  // could not unwind through a noexcept function
      } catch (...) {
        now->uncaught_exception(thread);
      }
    } else if (!thread.ending) {
      now->fail({failure_kind::crash, "std::terminate was called", thread.id, {}});
    }
    now->abandon_running();
  }
  process.previous_terminate();
  std::abort();
}

void start_timer() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = tick_signal();
  event._sigev_un._tid = static_cast<int>(::syscall(SYS_gettid));
  watch.has_timer = ::timer_create(CLOCK_MONOTONIC, &event, &watch.timer) == 0;
  if (!watch.has_timer) return;
  itimerspec each_second{};
  each_second.it_value.tv_sec = each_second.it_interval.tv_sec = 1;
  ::timer_settime(watch.timer, 0, &each_second, nullptr);
}

void install_handlers() {
  const std::lock_guard lock(process.guard);
  if (process.guards++ != 0) return;
  struct sigaction action {};
  action.sa_sigaction = &on_fault;
  // No mask: the handler is left by a switch of stacks, so nothing would ever unblock the signal.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    ::sigaction(faults[i], &action, &process.previous[i]);
  }
  action.sa_sigaction = &on_tick;
  action.sa_flags |= SA_RESTART;
  ::sigaction(tick_signal(), &action, &process.previous_tick);
  process.previous_terminate = std::set_terminate(&on_terminate);
}

void remove_handlers() {
  const std::lock_guard lock(process.guard);
  if (--process.guards != 0) return;
  std::set_terminate(process.previous_terminate);
  ::sigaction(tick_signal(), &process.previous_tick, nullptr);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    ::sigaction(faults[i], &process.previous[i], nullptr);
  }
}

}  // namespace

signal_guard::signal_guard(std::uint32_t stuck_seconds) {
  install_handlers();
  if (watch.guards++ != 0) return;
  watch.stack = std::make_unique<char[]>(alternate_stack_bytes);
  stack_t stack{};
  stack.ss_sp = watch.stack.get();
  stack.ss_size = alternate_stack_bytes;
  ::sigaltstack(&stack, &watch.previous_stack);
  watch.patience = stuck_seconds;
  watch.silent_ticks = 0;
  watch.crashed = nullptr;
  if (stuck_seconds != 0) start_timer();
}

signal_guard::~signal_guard() {
  if (--watch.guards == 0) {
    if (watch.has_timer) ::timer_delete(watch.timer);
    watch.has_timer = false;
    ::sigaltstack(&watch.previous_stack, nullptr);
    watch.stack.reset();
    watch.crashed = nullptr;
  }
  remove_handlers();
}

void* signal_guard::state() noexcept { return &watch; }

void signal_guard::survived() noexcept {
  watch.crashed = nullptr;
  watch.silent_ticks = 0;
}

}  // namespace heddle::sched
