// SPDX-License-Identifier: MIT
#include "anchor.hpp"

#include <dlfcn.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

#include "lending.hpp"

extern "C" {
void __tsan_read4(void*);
void __tsan_func_entry(void*);
void __tsan_acquire(void*);
int __tsan_atomic32_load(const volatile int*, int);
__extension__ unsigned __int128 __tsan_atomic128_load(const volatile unsigned __int128*, int);
int __cxa_guard_acquire(long long*);
}

namespace heddle::native {

namespace {

// NOLINTNEXTLINE
#define HEDDLE_OURS(name) \
  { #name, reinterpret_cast < const void*>(&::name) }
const interposed functions[] = {
    HEDDLE_OURS(pthread_create),
    HEDDLE_OURS(pthread_join),
    HEDDLE_OURS(pthread_detach),
    HEDDLE_OURS(pthread_self),
    HEDDLE_OURS(pthread_exit),
    HEDDLE_OURS(pthread_cancel),
    HEDDLE_OURS(pthread_kill),
    HEDDLE_OURS(pthread_mutex_lock),
    HEDDLE_OURS(pthread_mutex_trylock),
    HEDDLE_OURS(pthread_mutex_timedlock),
    HEDDLE_OURS(pthread_mutex_clocklock),
    HEDDLE_OURS(pthread_mutex_unlock),
    HEDDLE_OURS(pthread_mutex_init),
    HEDDLE_OURS(pthread_mutex_destroy),
    HEDDLE_OURS(pthread_cond_wait),
    HEDDLE_OURS(pthread_cond_timedwait),
    HEDDLE_OURS(pthread_cond_clockwait),
    HEDDLE_OURS(pthread_cond_signal),
    HEDDLE_OURS(pthread_cond_broadcast),
    HEDDLE_OURS(pthread_rwlock_rdlock),
    HEDDLE_OURS(pthread_rwlock_wrlock),
    HEDDLE_OURS(pthread_rwlock_unlock),
    HEDDLE_OURS(pthread_barrier_wait),
    HEDDLE_OURS(pthread_spin_lock),
    HEDDLE_OURS(pthread_once),
    HEDDLE_OURS(pthread_key_create),
    HEDDLE_OURS(pthread_getspecific),
    HEDDLE_OURS(pthread_setspecific),
    HEDDLE_OURS(sem_wait),
    HEDDLE_OURS(sem_post),
    HEDDLE_OURS(thrd_create),
    HEDDLE_OURS(nanosleep),
    HEDDLE_OURS(usleep),
    HEDDLE_OURS(sleep),
    HEDDLE_OURS(sched_yield),
    HEDDLE_OURS(clock_gettime),
    HEDDLE_OURS(gettimeofday),
    HEDDLE_OURS(syscall),
    HEDDLE_OURS(getrandom),
    HEDDLE_OURS(get_nprocs),
    HEDDLE_OURS(_exit),
    HEDDLE_OURS(malloc),
    HEDDLE_OURS(free),
    HEDDLE_OURS(__cxa_guard_acquire),
    HEDDLE_OURS(__tsan_read4),
    HEDDLE_OURS(__tsan_func_entry),
    HEDDLE_OURS(__tsan_acquire),
    HEDDLE_OURS(__tsan_atomic32_load),
    HEDDLE_OURS(__tsan_atomic128_load),
};
#undef HEDDLE_OURS

// Has any file of this program been compiled with instrumentation that is still there?
constinit bool is_instrumented_at_all = false;

// The linker makes ours visible to shared libraries where one of these uses or has the name.
[[nodiscard]] bool is_bound_elsewhere(const interposed& function) noexcept {
  const void* const found = ::dlsym(RTLD_DEFAULT, function.name);
  return found != nullptr && found != function.ours;
}

}  // namespace

const interposed* interposed_functions(std::size_t& count) noexcept {
  count = std::size(functions);
  return functions;
}

std::string self_test() {
  std::string problems;
  if (!is_instrumented_at_all) {
    problems +=
        "heddle::native: nothing in this program calls Heddle before it accesses memory; compile "
        "what is under test with -fsanitize=thread, as the target heddle::instrument does, and "
        "with "
        "g++ without -flto, which loses the instrumentation\n";
  }
  if (::dlsym(RTLD_DEFAULT, "__tsan_locate_address") != nullptr) {
    problems +=
        "heddle::native: the run-time library of the thread sanitizer is linked to this program as "
        "well; link without -fsanitize=thread, which is for compiling only\n";
  }
  for (const interposed& function : functions) {
    if (!is_bound_elsewhere(function)) continue;
    problems += std::string("heddle::native: shared libraries of this program call ") +
                function.name +
                " of the C library and not Heddle's; link without -fvisibility=hidden, "
                "--exclude-libs and version scripts that hide it\n";
  }
  return problems;
}

}  // namespace heddle::native

// Called by every instrumented file before main.
extern "C" void __tsan_init() { heddle::native::is_instrumented_at_all = true; }

// Whoever links heddle::native asks for this symbol, and it brings this whole room along: where the
// instrumentation has been lost, too, or nobody would notice.
extern "C" [[gnu::constructor]] void heddle_native_offers_threads() {
  heddle::native::offer_threads();
}
