// SPDX-License-Identifier: MIT
#undef NDEBUG  // assert() is one of the functions
#include <gtest/gtest.h>
#include <linux/futex.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <signal.h>
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <cassert>
#include <cctype>
#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <random>
#include <string>

#include <heddle/heddle.hpp>

// Each function that the native door stands in front of and no other test calls: a row, a body that
// looks at its results. tests/native/CMakeLists.txt sees to it that every function has a test.
namespace {

using heddle::check;

constexpr time_t hour = 3'600;

timespec in_an_hour(clockid_t clock) {
  timespec at{};
  check(clock_gettime(clock, &at) == 0, "clock_gettime");
  at.tv_sec += hour;
  return at;
}
bool has_come(const timespec& deadline, clockid_t clock) {
  timespec now{};
  check(clock_gettime(clock, &now) == 0, "clock_gettime");
  return now.tv_sec >= deadline.tv_sec;
}
// The compiler must not know that the two are the same.
template <class T>
T* hide(T* pointer) {
  T* volatile hidden = pointer;
  return hidden;
}
template <class Data>
pthread_t start(void* (*function)(void*), Data* data) {
  pthread_t made{};
  check(pthread_create(&made, nullptr, function, data) == 0, "pthread_create");
  return made;
}
void join(pthread_t thread) { check(pthread_join(thread, nullptr) == 0, "pthread_join"); }
void* nothing(void* argument) { return argument; }

struct row {
  const char* functions;
  void (*body)();
};

const row threads[] = {
    {"pthread_detach",
     [] {
       static sem_t over;
       sem_init(&over, 0, 0);
       const auto run = [](void*) -> void* {
         sem_post(&over);
         return nullptr;
       };
       const pthread_t made = start<void>(run, nullptr);
       check(pthread_detach(made) == 0, "detach");
       check(pthread_detach(made) == EINVAL, "twice");
       check(pthread_join(made, nullptr) == EINVAL, "join of a detached thread");
       sem_wait(&over);
       sem_destroy(&over);
     }},
    {"pthread_setname_np pthread_getname_np",
     [] {
       char name[16] = "";
       check(pthread_setname_np(pthread_self(), "writer") == 0, "set");
       check(pthread_getname_np(pthread_self(), name, sizeof name) == 0, "get");
       check(name[0] != 0, "it has a name");
       check(pthread_getname_np(pthread_self(), name, 1) == ERANGE, "no room");
     }},
    {"pthread_getattr_np",
     [] {
       pthread_attr_t attributes;
       check(pthread_getattr_np(pthread_self(), &attributes) == 0, "get");
       void* low = nullptr;
       std::size_t bytes = 0;
       check(pthread_attr_getstack(&attributes, &low, &bytes) == 0, "stack");
       const char here = 0;
       const auto at = reinterpret_cast<std::uintptr_t>(&here);
       const auto begin = reinterpret_cast<std::uintptr_t>(low);
       check(at >= begin && at < begin + bytes, "its own stack");
       pthread_attr_destroy(&attributes);
     }},
    {"pthread_setaffinity_np pthread_getaffinity_np",
     [] {
       cpu_set_t set;
       CPU_ZERO(&set);
       CPU_SET(0, &set);
       check(pthread_setaffinity_np(pthread_self(), sizeof set, &set) == 0, "set");
       check(pthread_getaffinity_np(pthread_self(), sizeof set, &set) == 0, "get");
     }},
    {"pthread_getschedparam pthread_setschedparam pthread_setschedprio",
     [] {
       int policy = -1;
       sched_param parameters{};
       check(pthread_getschedparam(pthread_self(), &policy, &parameters) == 0, "get");
       check(policy == SCHED_OTHER, "the policy");
       check(pthread_setschedparam(pthread_self(), SCHED_FIFO, &parameters) == 0, "set");
       check(pthread_setschedprio(pthread_self(), 1) == 0, "priority");
     }},
    {"pthread_kill of nobody",
     [] {
       const pthread_t made = start<void>(nothing, nullptr);
       check(pthread_kill(made, 0) == 0, "it is there");
       join(made);
     }},
    {"pthread_once",
     [] {
       static pthread_once_t once;
       static int times;
       once = PTHREAD_ONCE_INIT;
       times = 0;
       const auto run = [](void*) -> void* {
         pthread_once(&once, [] { ++times; });
         check(times == 1, "it is over for everybody");
         return nullptr;
       };
       const pthread_t other = start<void>(run, nullptr);
       run(nullptr);
       join(other);
     }},
};

const row locks[] = {
    {"pthread_mutex_clocklock",
     [] {
       pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
       const timespec deadline = in_an_hour(CLOCK_MONOTONIC);
       check(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &deadline) == 0, "it was free");
       check(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &deadline) == ETIMEDOUT, "taken");
       check(has_come(deadline, CLOCK_MONOTONIC), "time has passed");
       const timespec wrong{0, -1};
       check(pthread_mutex_clocklock(&mutex, CLOCK_MONOTONIC, &wrong) == EINVAL, "no time");
       pthread_mutex_unlock(&mutex);
     }},
    {"pthread_cond_init pthread_cond_clockwait pthread_cond_destroy",
     [] {
       pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
       pthread_cond_t never;
       check(pthread_cond_init(&never, nullptr) == 0, "init");
       const timespec deadline = in_an_hour(CLOCK_MONOTONIC);
       pthread_mutex_lock(&mutex);
       check(pthread_cond_clockwait(&never, &mutex, CLOCK_MONOTONIC, &deadline) == ETIMEDOUT,
             "nobody signals");
       check(has_come(deadline, CLOCK_MONOTONIC), "time has passed");
       pthread_mutex_unlock(&mutex);
       check(pthread_cond_destroy(&never) == 0, "destroy");
     }},
    {"pthread_cond_wait pthread_cond_signal pthread_cond_broadcast",
     [] {
       struct shared {
         pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
         pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
         int turn = 0;
       } data;
       const auto run = [](void* of) -> void* {
         auto& at = *static_cast<shared*>(of);
         pthread_mutex_lock(&at.mutex);
         at.turn = 1;
         pthread_cond_signal(&at.changed);
         while (at.turn != 2) pthread_cond_wait(&at.changed, &at.mutex);
         pthread_mutex_unlock(&at.mutex);
         return nullptr;
       };
       const pthread_t other = start(+run, &data);
       pthread_mutex_lock(&data.mutex);
       while (data.turn != 1) pthread_cond_wait(&data.changed, &data.mutex);
       data.turn = 2;
       pthread_cond_broadcast(&data.changed);
       pthread_mutex_unlock(&data.mutex);
       join(other);
     }},
    {"pthread_rwlock_init timed clock try destroy",
     [] {
       pthread_rwlock_t lock;
       check(pthread_rwlock_init(&lock, nullptr) == 0, "init");
       check(pthread_rwlock_trywrlock(&lock) == 0, "free");
       const pthread_t other = start(
           +[](void* of) -> void* {
             auto* const on = static_cast<pthread_rwlock_t*>(of);
             timespec deadline = in_an_hour(CLOCK_REALTIME);
             check(pthread_rwlock_trywrlock(on) == EBUSY, "it is written");
             check(pthread_rwlock_timedrdlock(on, &deadline) == ETIMEDOUT, "timed read");
             deadline = in_an_hour(CLOCK_REALTIME);
             check(pthread_rwlock_timedwrlock(on, &deadline) == ETIMEDOUT, "timed write");
             deadline = in_an_hour(CLOCK_MONOTONIC);
             check(pthread_rwlock_clockrdlock(on, CLOCK_MONOTONIC, &deadline) == ETIMEDOUT,
                   "clock read");
             deadline = in_an_hour(CLOCK_MONOTONIC);
             check(pthread_rwlock_clockwrlock(on, CLOCK_MONOTONIC, &deadline) == ETIMEDOUT,
                   "clock write");
             return nullptr;
           },
           &lock);
       join(other);
       check(pthread_rwlock_unlock(&lock) == 0, "unlock");
       check(pthread_rwlock_destroy(&lock) == 0, "destroy");
     }},
    {"sem_timedwait sem_clockwait",
     [] {
       sem_t places;
       sem_init(&places, 0, 1);
       timespec deadline = in_an_hour(CLOCK_REALTIME);
       check(sem_timedwait(&places, &deadline) == 0, "there is one");
       check(sem_timedwait(&places, &deadline) == -1 && errno == ETIMEDOUT, "there is none");
       deadline = in_an_hour(CLOCK_MONOTONIC);
       check(sem_clockwait(&places, CLOCK_MONOTONIC, &deadline) == -1 && errno == ETIMEDOUT,
             "by another clock");
       sem_destroy(&places);
     }},
    {"syscall(SYS_futex)",
     [] {
       static int word;
       word = 0;
       const timespec hour_long{hour, 0};
       check(syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 1, nullptr) == -1 && errno == EAGAIN,
             "another value");
       check(
           syscall(SYS_futex, &word, FUTEX_WAIT_PRIVATE, 0, &hour_long) == -1 && errno == ETIMEDOUT,
           "nobody wakes");
       check(syscall(SYS_futex, &word, FUTEX_WAKE_PRIVATE, 1) == 0, "nobody waits");
       check(syscall(SYS_gettid) > 0, "another call goes to the system");
     }},
};

const row times[] = {
    {"nanosleep clock_nanosleep",
     [] {
       const timespec deadline = in_an_hour(CLOCK_MONOTONIC);
       const timespec wrong{0, 2'000'000'000};
       const timespec long_time{hour, 0};
       timespec left{7, 7};
       check(nanosleep(&wrong, nullptr) == -1 && errno == EINVAL, "no time");
       check(nanosleep(&long_time, &left) == 0 && left.tv_sec == 0, "an hour");
       check(has_come(deadline, CLOCK_MONOTONIC), "it has passed");
       const timespec next = in_an_hour(CLOCK_MONOTONIC);
       check(clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, nullptr) == 0, "until");
       check(has_come(next, CLOCK_MONOTONIC), "it has come");
       check(clock_nanosleep(CLOCK_MONOTONIC, 0, &wrong, nullptr) == EINVAL, "no time");
     }},
    {"gettimeofday time timespec_get clock",
     [] {
       const time_t begin = time(nullptr);
       const clock_t used = clock();
       check(begin >= 946'684'800 && begin < 946'684'800 + hour, "virtual time begins in 2000");
       sleep(10);
       timeval of_day{};
       check(gettimeofday(&of_day, nullptr) == 0 && of_day.tv_sec >= begin + 10, "gettimeofday");
       timespec now{};
       check(timespec_get(&now, TIME_UTC) == TIME_UTC && now.tv_sec >= begin + 10, "timespec_get");
       check(timespec_get(&now, 99) == 0, "no base");
       check(clock() - used >= 10 * CLOCKS_PER_SEC, "clock");
     }},
    {"sched_yield", [] { check(sched_yield() == 0, "yield"); }},
    {"get_nprocs getrandom getentropy random_device",
     [] {
       check(get_nprocs() == 2, "processors");
       std::uint64_t first = 0;
       std::uint64_t second = 0;
       check(getrandom(&first, sizeof first, 0) == sizeof first, "getrandom");
       check(getentropy(&second, sizeof second) == 0, "getentropy");
       check(first != 0 && first != second, "numbers");
       std::random_device device;
       const auto drawn = device();
       // Equal in every execution: the first one has noted them.
       static const std::uint64_t noted[] = {first, second, drawn};
       check(noted[0] == first && noted[1] == second && noted[2] == drawn, "the same again");
     }},
};

const row memory[] = {
    {"malloc calloc realloc reallocarray malloc_usable_size free",
     [] {
       char* at = static_cast<char*>(hide(malloc(10)));
       check(at != nullptr && malloc_usable_size(at) >= 10, "malloc");
       std::memcpy(at, "heddle", 7);
       at = static_cast<char*>(hide(realloc(at, 1'000)));
       check(std::strcmp(at, "heddle") == 0, "realloc keeps it");
       at = static_cast<char*>(hide(reallocarray(at, 100, 20)));
       check(std::strcmp(at, "heddle") == 0, "reallocarray keeps it");
       free(at);
       volatile std::size_t huge = SIZE_MAX / 2;
       check(hide(reallocarray(nullptr, huge, 3)) == nullptr && errno == ENOMEM, "too much");
       auto* const zeros = static_cast<unsigned char*>(hide(calloc(4, 4)));
       check(zeros[0] == 0 && zeros[15] == 0, "calloc");
       free(zeros);
       check(hide(calloc(huge, 3)) == nullptr, "too much");
     }},
    {"aligned_alloc posix_memalign memalign valloc",
     [] {
       const auto is_aligned = [](void* at, std::uintptr_t to) {
         return at != nullptr && reinterpret_cast<std::uintptr_t>(at) % to == 0;
       };
       void* at = hide(aligned_alloc(256, 512));
       check(is_aligned(at, 256), "aligned_alloc");
       free(at);
       check(posix_memalign(&at, 128, 10) == 0 && is_aligned(at, 128), "posix_memalign");
       free(at);
       volatile std::size_t odd = 3;
       check(posix_memalign(&at, odd, 10) == EINVAL, "no alignment");
       at = hide(memalign(64, 10));
       check(is_aligned(at, 64), "memalign");
       free(at);
       at = hide(valloc(10));
       check(is_aligned(at, 4096), "valloc");
       free(at);
     }},
};

const row of_c11[] = {
    {"thrd_current thrd_equal thrd_exit thrd_detach thrd_yield thrd_sleep",
     [] {
       static sem_t over;
       sem_init(&over, 0, 0);
       thrd_t made{};
       const auto exits = [](void*) -> int { thrd_exit(5); };
       check(thrd_create(&made, exits, nullptr) == thrd_success, "create");
       check(!thrd_equal(made, thrd_current()), "another thread");
       int result = 0;
       check(thrd_join(made, &result) == thrd_success && result == 5, "its result");
       const auto posts = [](void*) {
         thrd_yield();
         return sem_post(&over);
       };
       check(thrd_create(&made, posts, nullptr) == thrd_success, "create");
       check(thrd_detach(made) == thrd_success, "detach");
       sem_wait(&over);
       sem_destroy(&over);
       const timespec deadline = in_an_hour(CLOCK_MONOTONIC);
       const timespec long_time{hour, 0};
       check(thrd_sleep(&long_time, nullptr) == 0, "sleep");
       check(has_come(deadline, CLOCK_MONOTONIC), "time has passed");
     }},
    {"mtx_timedlock mtx_trylock cnd_timedwait cnd_signal cnd_broadcast",
     [] {
       mtx_t mutex;
       cnd_t never;
       check(mtx_init(&mutex, mtx_timed) == thrd_success, "mutex");
       check(cnd_init(&never) == thrd_success, "condition");
       const timespec deadline = in_an_hour(CLOCK_REALTIME);
       check(mtx_timedlock(&mutex, &deadline) == thrd_success, "free");
       check(mtx_trylock(&mutex) == thrd_busy, "taken");
       check(cnd_signal(&never) == thrd_success && cnd_broadcast(&never) == thrd_success, "signal");
       check(cnd_timedwait(&never, &mutex, &deadline) == thrd_timedout, "too late");
       check(mtx_timedlock(&mutex, &deadline) == thrd_timedout, "taken by itself");
       check(mtx_unlock(&mutex) == thrd_success, "unlock");
       cnd_destroy(&never);
       mtx_destroy(&mutex);
     }},
    {"tss_create tss_set tss_get tss_delete call_once",
     [] {
       static tss_t key;
       static once_flag flag;
       static int made;
       static int destroyed;
       flag = ONCE_FLAG_INIT;
       made = 0;
       destroyed = 0;
       check(tss_create(&key, [](void*) { ++destroyed; }) == thrd_success, "create");
       const auto run = [](void* of) {
         call_once(&flag, [] { ++made; });
         check(tss_get(key) == nullptr, "nothing yet");
         check(tss_set(key, of) == thrd_success && tss_get(key) == of, "set");
         return 0;
       };
       thrd_t other{};
       check(thrd_create(&other, run, &made) == thrd_success, "create");
       thrd_join(other, nullptr);
       call_once(&flag, [] { ++made; });
       check(made == 1 && destroyed == 1, "once; and its value is destroyed");
       tss_delete(key);
     }},
};

heddle::report explore(void (*body)()) {
  heddle::options how;
  how.executions = 200;
  how.time = std::chrono::seconds(3);
  return heddle::explore(how, body);
}

class NativeFunctions : public testing::TestWithParam<row> {};
TEST_P(NativeFunctions, DoWhatTheyShould) {
  const heddle::report found = explore(GetParam().body);
  EXPECT_TRUE(found.passed()) << GetParam().functions << "\n" << found.text();
}

std::string name_of(const testing::TestParamInfo<row>& of) {
  std::string name;
  for (const char c : std::string_view(of.param.functions)) {
    name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  return name;
}
INSTANTIATE_TEST_SUITE_P(Threads, NativeFunctions, testing::ValuesIn(threads), name_of);
INSTANTIATE_TEST_SUITE_P(Locks, NativeFunctions, testing::ValuesIn(locks), name_of);
INSTANTIATE_TEST_SUITE_P(Time, NativeFunctions, testing::ValuesIn(times), name_of);
INSTANTIATE_TEST_SUITE_P(Memory, NativeFunctions, testing::ValuesIn(memory), name_of);
INSTANTIATE_TEST_SUITE_P(C11, NativeFunctions, testing::ValuesIn(of_c11), name_of);

// What no execution can go on after says so with its name.
struct refused {
  const char* words;
  heddle::failure_kind kind;
  void (*body)();
};
const refused refusals[] = {
    {"pthread_cancel", heddle::failure_kind::misuse,
     [] {
       const pthread_t other = start<void>(nothing, nullptr);
       pthread_cancel(other);
     }},
    {"pthread_kill of another thread", heddle::failure_kind::misuse,
     [] {
       const pthread_t other = start<void>(nothing, nullptr);
       pthread_kill(other, SIGUSR1);
     }},
    {"pthread_tryjoin_np", heddle::failure_kind::misuse,
     [] {
       const pthread_t other = start<void>(nothing, nullptr);
       pthread_tryjoin_np(other, nullptr);
     }},
    {"pthread_timedjoin_np", heddle::failure_kind::misuse,
     [] {
       const pthread_t other = start<void>(nothing, nullptr);
       const timespec deadline = in_an_hour(CLOCK_REALTIME);
       pthread_timedjoin_np(other, nullptr, &deadline);
     }},
    {"pthread_clockjoin_np", heddle::failure_kind::misuse,
     [] {
       const pthread_t other = start<void>(nothing, nullptr);
       const timespec deadline = in_an_hour(CLOCK_MONOTONIC);
       pthread_clockjoin_np(other, nullptr, CLOCK_MONOTONIC, &deadline);
     }},
    {"this operation of the futex system call", heddle::failure_kind::misuse,
     [] {
       static int word;
       syscall(SYS_futex, &word, FUTEX_LOCK_PI_PRIVATE, 0, nullptr);
     }},
    {"exit(3)", heddle::failure_kind::crash, [] { exit(3); }},
    {"quick_exit(3)", heddle::failure_kind::crash, [] { quick_exit(3); }},
    {"_exit(3)", heddle::failure_kind::crash, [] { _exit(3); }},
    {"_Exit(3)", heddle::failure_kind::crash, [] { _Exit(3); }},
    // __assert_fail
    {"assert(a == 2) failed", heddle::failure_kind::failed_check,
     [] {
       int a = 1;
       assert(a == 2);
     }},
};

class NativeRefusals : public testing::TestWithParam<refused> {};
TEST_P(NativeRefusals, NameTheFunction) {
  const heddle::report found = explore(GetParam().body);
  ASSERT_TRUE(found.failure) << found.text();
  EXPECT_EQ(found.failure->kind, GetParam().kind) << found.text();
  EXPECT_NE(found.failure->message.find(GetParam().words), std::string::npos) << found.text();
  EXPECT_NE(found.text().find("functions_test.cpp:"), std::string::npos) << found.text();
}
INSTANTIATE_TEST_SUITE_P(All, NativeRefusals, testing::ValuesIn(refusals));

}  // namespace
