// SPDX-License-Identifier: MIT
#include "signals.hpp"

#include <signal.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <exception>
#include <memory>

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

struct saved_handlers {
  std::array<struct sigaction, faults.size()> previous;
  struct sigaction previous_tick;
  std::terminate_handler previous_terminate;
  stack_t previous_stack;
  std::unique_ptr<char[]> stack;
  timer_t timer;
  bool has_timer;
};

int guards = 0;
saved_handlers saved;
std::uint32_t patience = 0;
std::uint64_t last_heartbeat = 0;
std::uint32_t silent_ticks = 0;

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

void on_fault(int signal, siginfo_t* info, void*) {
  if (execution* now = execution::current(); now != nullptr && now->runs_user_code()) {
    now->crash(describe(signal), signal == SIGSEGV ? info->si_addr : nullptr);  // does not return
  }
  // Not ours: as if we had never been here.
  for (std::size_t i = 0; i < faults.size(); ++i) {
    if (faults[i] == signal) ::sigaction(signal, &saved.previous[i], nullptr);
  }
  ::raise(signal);
}

bool in_own_code(const void* context) noexcept {
#if defined(__x86_64__)
  const auto& registers = static_cast<const ucontext_t*>(context)->uc_mcontext;
  const auto at = static_cast<std::uintptr_t>(registers.gregs[REG_RIP]);
#elif defined(__aarch64__)
  const auto at = static_cast<const ucontext_t*>(context)->uc_mcontext.pc;
#else
  const std::uintptr_t at = 0;
#endif
  return at >= reinterpret_cast<std::uintptr_t>(&__executable_start) &&
         at < reinterpret_cast<std::uintptr_t>(&etext);
}

// Once a second. A thread is only interrupted for good inside the program's own code: a library
// might be half way through something, so it gets a few more seconds to come back.
void on_tick(int, siginfo_t*, void* context) {
  const int kept = errno;
  execution* now = execution::current();
  if (now == nullptr || !now->runs_user_code() || now->heartbeat() != last_heartbeat) {
    last_heartbeat = now != nullptr ? now->heartbeat() : 0;
    silent_ticks = 0;
  } else if (++silent_ticks >= patience && (in_own_code(context) || silent_ticks >= patience + 3)) {
    silent_ticks = 0;
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
  saved.previous_terminate();
  std::abort();
}

void start_timer() {
  sigevent event{};
  event.sigev_notify = SIGEV_THREAD_ID;
  event.sigev_signo = tick_signal();
  event._sigev_un._tid = static_cast<int>(::syscall(SYS_gettid));
  saved.has_timer = ::timer_create(CLOCK_MONOTONIC, &event, &saved.timer) == 0;
  if (!saved.has_timer) return;
  itimerspec each_second{};
  each_second.it_value.tv_sec = each_second.it_interval.tv_sec = 1;
  ::timer_settime(saved.timer, 0, &each_second, nullptr);
}

}  // namespace

signal_guard::signal_guard(std::uint32_t stuck_seconds) {
  if (guards++ != 0) return;
  saved.stack = std::make_unique<char[]>(alternate_stack_bytes);
  stack_t stack{};
  stack.ss_sp = saved.stack.get();
  stack.ss_size = alternate_stack_bytes;
  ::sigaltstack(&stack, &saved.previous_stack);
  struct sigaction action {};
  action.sa_sigaction = &on_fault;
  // No mask: the handler is left by a switch of stacks, so nothing would ever unblock the signal.
  action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
  for (std::size_t i = 0; i < faults.size(); ++i) {
    ::sigaction(faults[i], &action, &saved.previous[i]);
  }
  saved.previous_terminate = std::set_terminate(&on_terminate);
  patience = stuck_seconds;
  silent_ticks = 0;
  saved.has_timer = false;
  if (stuck_seconds != 0) {
    action.sa_sigaction = &on_tick;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER | SA_RESTART;
    ::sigaction(tick_signal(), &action, &saved.previous_tick);
    start_timer();
  }
}

signal_guard::~signal_guard() {
  if (--guards != 0) return;
  if (saved.has_timer) {
    ::timer_delete(saved.timer);
    ::sigaction(tick_signal(), &saved.previous_tick, nullptr);
  }
  std::set_terminate(saved.previous_terminate);
  for (std::size_t i = 0; i < faults.size(); ++i) {
    ::sigaction(faults[i], &saved.previous[i], nullptr);
  }
  ::sigaltstack(&saved.previous_stack, nullptr);
  saved.stack.reset();
}

}  // namespace heddle::sched
