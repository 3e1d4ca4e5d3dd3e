// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>
#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <threads.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <heddle/gtest.hpp>
#include <string>

// The functions of POSIX and of the C standard, in C's way.
namespace {

heddle::options quick() {
  heddle::options made;
  made.executions = 300;
  made.time = std::chrono::seconds(3);
  return made;
}

// Runs `function` in two threads, which share `data`.
template <class Data>
void in_two_threads(void* (*function)(void*), Data& data) {
  pthread_t threads[2];
  for (pthread_t& at : threads) EXPECT_EQ(pthread_create(&at, nullptr, function, &data), 0);
  for (const pthread_t at : threads) EXPECT_EQ(pthread_join(at, nullptr), 0);
}

HEDDLE_TEST(NativePosix, ResultsAndErrorsOfThreads, quick()) {
  pthread_t thread;
  EXPECT_EQ(pthread_create(
                &thread, nullptr, [](void* argument) { return argument; }, &thread),
            0);
  EXPECT_EQ(pthread_join(pthread_self(), nullptr), EDEADLK);
  void* result = nullptr;
  EXPECT_EQ(pthread_join(thread, &result), 0);
  EXPECT_EQ(result, &thread);
  EXPECT_EQ(pthread_join(thread, nullptr), EINVAL);
}

HEDDLE_TEST(NativePosix, ExitOfAThread, quick()) {
  pthread_t thread;
  static int token = 0;
  const auto run = [](void*) -> void* { pthread_exit(&token); };
  EXPECT_EQ(pthread_create(&thread, nullptr, run, nullptr), 0);
  void* result = nullptr;
  EXPECT_EQ(pthread_join(thread, &result), 0);
  EXPECT_EQ(result, &token);
}

HEDDLE_TEST(NativePosix, KindsOfMutexes, quick()) {
  pthread_mutexattr_t attributes;
  pthread_mutexattr_init(&attributes);
  pthread_mutex_t mutex;
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_ERRORCHECK);
  pthread_mutex_init(&mutex, &attributes);
  EXPECT_EQ(pthread_mutex_unlock(&mutex), EPERM);
  EXPECT_EQ(pthread_mutex_lock(&mutex), 0);
  EXPECT_EQ(pthread_mutex_lock(&mutex), EDEADLK);
  EXPECT_EQ(pthread_mutex_trylock(&mutex), EBUSY);
  EXPECT_EQ(pthread_mutex_unlock(&mutex), 0);
  EXPECT_EQ(pthread_mutex_destroy(&mutex), 0);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  pthread_mutex_init(&mutex, &attributes);
  EXPECT_EQ(pthread_mutex_lock(&mutex), 0);
  EXPECT_EQ(pthread_mutex_trylock(&mutex), 0);
  EXPECT_EQ(pthread_mutex_unlock(&mutex), 0);
  EXPECT_EQ(pthread_mutex_unlock(&mutex), 0);
  EXPECT_EQ(pthread_mutex_destroy(&mutex), 0);
  pthread_mutexattr_destroy(&attributes);
}

HEDDLE_TEST(NativePosix, AnotherThreadUnlocks, quick()) {
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  EXPECT_EQ(pthread_mutex_lock(&mutex), 0);
  pthread_t thread;
  const auto run = [](void*) -> void* {
    pthread_mutex_unlock(&mutex);
    return nullptr;
  };
  EXPECT_EQ(pthread_create(&thread, nullptr, run, nullptr), 0);
  EXPECT_EQ(pthread_mutex_lock(&mutex), 0);
  EXPECT_EQ(pthread_mutex_unlock(&mutex), 0);
  EXPECT_EQ(pthread_join(thread, nullptr), 0);
}

HEDDLE_TEST(NativePosix, DeadlinesPassInVirtualTime, quick()) {
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  pthread_cond_t never = PTHREAD_COND_INITIALIZER;
  timespec deadline{};
  clock_gettime(CLOCK_REALTIME, &deadline);
  deadline.tv_sec += 3600;
  EXPECT_EQ(pthread_mutex_lock(&mutex), 0);
  EXPECT_EQ(pthread_cond_timedwait(&never, &mutex, &deadline), ETIMEDOUT);
  EXPECT_EQ(pthread_mutex_timedlock(&mutex, &deadline), ETIMEDOUT);
  EXPECT_EQ(pthread_mutex_unlock(&mutex), 0);
  timespec after{};
  clock_gettime(CLOCK_REALTIME, &after);
  EXPECT_GE(after.tv_sec, deadline.tv_sec);
  EXPECT_EQ(usleep(10), 0);
  EXPECT_EQ(sleep(1000), 0u);
}

struct meeting {
  pthread_barrier_t barrier;
  int arrived[2] = {0, 0};
  int serial = 0;
  int next = 0;
  pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
};
HEDDLE_TEST(NativePosix, Barrier, quick()) {
  meeting shared;
  pthread_barrier_init(&shared.barrier, nullptr, 2);
  in_two_threads(
      [](void* of) -> void* {
        auto& at = *static_cast<meeting*>(of);
        pthread_mutex_lock(&at.mutex);
        const int me = at.next++;
        pthread_mutex_unlock(&at.mutex);
        at.arrived[me] = 1;
        const bool last = pthread_barrier_wait(&at.barrier) == PTHREAD_BARRIER_SERIAL_THREAD;
        EXPECT_EQ(at.arrived[0] + at.arrived[1], 2);
        pthread_mutex_lock(&at.mutex);
        at.serial += last;
        pthread_mutex_unlock(&at.mutex);
        return nullptr;
      },
      shared);
  EXPECT_EQ(shared.serial, 1);
  EXPECT_EQ(pthread_barrier_destroy(&shared.barrier), 0);
}

struct counter {
  pthread_spinlock_t spin;
  pthread_rwlock_t shared = PTHREAD_RWLOCK_INITIALIZER;
  sem_t places;
  int count = 0;
};
HEDDLE_TEST(NativePosix, SpinLock, quick()) {
  counter data;
  pthread_spin_init(&data.spin, PTHREAD_PROCESS_PRIVATE);
  in_two_threads(
      [](void* of) -> void* {
        auto& at = *static_cast<counter*>(of);
        pthread_spin_lock(&at.spin);
        EXPECT_EQ(pthread_spin_trylock(&at.spin), EBUSY);
        ++at.count;
        pthread_spin_unlock(&at.spin);
        return nullptr;
      },
      data);
  EXPECT_EQ(data.count, 2);
  pthread_spin_destroy(&data.spin);
}

HEDDLE_TEST(NativePosix, ReadWriteLock, quick()) {
  counter data;
  in_two_threads(
      [](void* of) -> void* {
        auto& at = *static_cast<counter*>(of);
        pthread_rwlock_rdlock(&at.shared);
        const int seen = at.count;
        pthread_rwlock_unlock(&at.shared);
        pthread_rwlock_wrlock(&at.shared);
        EXPECT_GE(at.count, seen);
        ++at.count;
        EXPECT_EQ(pthread_rwlock_tryrdlock(&at.shared), EBUSY);
        pthread_rwlock_unlock(&at.shared);
        return nullptr;
      },
      data);
  EXPECT_EQ(data.count, 2);
}

HEDDLE_TEST(NativePosix, Semaphores, quick()) {
  counter data;
  sem_init(&data.places, 0, 1);
  in_two_threads(
      [](void* of) -> void* {
        auto& at = *static_cast<counter*>(of);
        sem_wait(&at.places);
        ++at.count;
        EXPECT_EQ(sem_trywait(&at.places), -1);
        EXPECT_EQ(errno, EAGAIN);
        sem_post(&at.places);
        return nullptr;
      },
      data);
  int value = 0;
  sem_getvalue(&data.places, &value);
  EXPECT_EQ(value, 1);
  EXPECT_EQ(data.count, 2);
  sem_destroy(&data.places);
}

int values_destroyed = 0;
HEDDLE_TEST(NativePosix, KeysAndTheirDestructors, quick()) {
  values_destroyed = 0;
  static pthread_key_t key;
  EXPECT_EQ(pthread_key_create(&key, [](void*) { ++values_destroyed; }), 0);
  pthread_t thread;
  const auto run = [](void* of) -> void* {
    EXPECT_EQ(pthread_getspecific(key), nullptr);
    pthread_setspecific(key, of);
    EXPECT_EQ(pthread_getspecific(key), of);
    return nullptr;
  };
  EXPECT_EQ(pthread_create(&thread, nullptr, run, &thread), 0);
  EXPECT_EQ(pthread_join(thread, nullptr), 0);
  EXPECT_EQ(pthread_getspecific(key), nullptr);
  EXPECT_EQ(values_destroyed, 1);
  EXPECT_EQ(pthread_key_delete(key), 0);
}

HEDDLE_TEST(NativePosix, ThreadsOfTheCStandard, quick()) {
  struct shared {
    mtx_t mutex;
    cnd_t changed;
    int count = 0;
  } data;
  EXPECT_EQ(mtx_init(&data.mutex, mtx_plain), thrd_success);
  EXPECT_EQ(cnd_init(&data.changed), thrd_success);
  thrd_t thread;
  const auto run = [](void* of) {
    auto& at = *static_cast<shared*>(of);
    mtx_lock(&at.mutex);
    at.count = 1;
    mtx_unlock(&at.mutex);
    cnd_signal(&at.changed);
    return 7;
  };
  EXPECT_EQ(thrd_create(&thread, run, &data), thrd_success);
  mtx_lock(&data.mutex);
  while (data.count == 0) cnd_wait(&data.changed, &data.mutex);
  mtx_unlock(&data.mutex);
  int result = 0;
  EXPECT_EQ(thrd_join(thread, &result), thrd_success);
  EXPECT_EQ(result, 7);
  cnd_destroy(&data.changed);
  mtx_destroy(&data.mutex);
}

}  // namespace
