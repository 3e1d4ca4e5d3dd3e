// SPDX-License-Identifier: MIT
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "common/sanitizers.hpp"
#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::lock_guard;
using heddle::mutex;

void spins_for_ever() {
  atomic<bool> stop{false};
  heddle::thread spinner([&] {
    while (!stop.load()) heddle::this_thread::yield();
  });
  spinner.join();
  stop.store(true);
}

void too_polite() {
  atomic<int> mine{1};
  atomic<int> yours{1};
  const auto walk = [](atomic<int>& own, atomic<int>& other) {
    for (;;) {
      own.store(1);
      if (other.load() == 0) break;
      own.store(0);
      heddle::this_thread::yield();
    }
    own.store(0);
  };
  together([&] { walk(mine, yours); }, [&] { walk(yours, mine); });
}

void tries_for_ever() {
  mutex guard;
  lock_guard hold(guard);
  heddle::thread other([&] {
    while (!guard.try_lock()) heddle::this_thread::yield();
    guard.unlock();
  });
  other.join();
}

void two_flags() {
  atomic<bool> a{false};
  atomic<bool> b{false};
  together(
      [&] {
        while (!b.load()) heddle::this_thread::yield();
        a.store(true);
      },
      [&] {
        while (!a.load()) heddle::this_thread::yield();
        b.store(true);
      });
}

void forgotten_thread() {
  atomic<int> shared{0};
  heddle::thread forgotten([&] { shared.store(1); });
}

void forgotten_when_it_fails() {
  atomic<bool> bad{true};
  heddle::thread worker([&] { bad.load(); });
  if (bad.load()) return;
  worker.join();
}

mutex& a_global_mutex() {
  static mutex guard;
  return guard;
}

void locked_at_the_end() { a_global_mutex().lock(); }

void locked_at_the_end_of_a_thread() {
  heddle::thread worker([] { a_global_mutex().lock(); });
  worker.join();
}

void unlocks_anothers() {
  mutex guard;
  guard.lock();
  heddle::thread thief([&] { guard.unlock(); });
  thief.join();
}

void unlocks_twice() {
  mutex guard;
  guard.lock();
  guard.unlock();
  guard.unlock();
}

void waits_without_the_mutex() {
  mutex guard;
  heddle::condition_variable ready;
  heddle::unique_lock lock(guard);
  guard.unlock();
  ready.wait(lock);
}

void too_many_permits() {
  heddle::counting_semaphore<1> permits{1};
  permits.release();
}

void dies_locked() {
  atomic<int> shared{0};
  {
    mutex guard;
    guard.lock();
  }
  shared.store(1);
}

void dies_awaited() {
  auto guard = std::make_unique<mutex>();
  guard->lock();
  heddle::thread waiter([&] { guard->lock(); });
  guard->unlock();
  guard.reset();
  waiter.join();
}

void dies_under_a_load() {
  heddle::thread reader;
  {
    atomic<int> local{1};
    reader = heddle::thread([&] { (void)local.load(); });
    heddle::this_thread::yield();  // the reader gets as far as its load
  }
  reader.join();
}

void dies_before_a_load() {
  heddle::thread reader;
  {
    atomic<int> local{1};
    reader = heddle::thread([&] { (void)local.load(); });
  }
  reader.join();
}

void used_after_it_died() {
  struct shared {
    atomic<int> value{1};
  };
  alignas(shared) static unsigned char memory[sizeof(shared)];
  atomic<bool> gone{false};
  shared* object = new (memory) shared;
  heddle::thread user([&] {
    while (!gone.load()) heddle::this_thread::yield();
    object->value.store(2);
  });
  object->~shared();
  gone.store(true);
  user.join();
}

void throws() {
  atomic<int> shared{0};
  together([&] { shared.store(1); },
           [&] {
             if (shared.load() == 0) throw std::runtime_error("too early");
           });
}

void aborts() {
  atomic<int> shared{0};
  together([&] { shared.store(1); },
           [&] {
             if (shared.load() == 0) std::abort();
           });
}

// Published before it is made: a null pointer for who is quick.
void follows_a_null_pointer() {
  struct settings {
    atomic<int> volume{7};
  };
  settings made;
  atomic<settings*> published{nullptr};
  atomic<bool> ready{false};
  together(
      [&] {
        ready.store(true);
        published.store(&made);
      },
      [&] {
        if (ready.load()) published.load()->volume.store(8);
      });
}

}  // namespace

std::vector<labelled> other_bugs() {
  using enum heddle::failure_kind;
  std::vector<labelled> all = {
      {"spins_for_ever", spins_for_ever, livelock, "one thread spins"},
      {"too_polite", too_polite, livelock, "keep each other busy"},
      {"tries_for_ever", tries_for_ever, livelock, "one thread spins"},
      {"two_flags", two_flags, livelock, ""},
      {"forgotten_thread", forgotten_thread, leak, "joinable thread"},
      {"forgotten_when_it_fails", forgotten_when_it_fails, leak, "joinable thread"},
      {"locked_at_the_end", locked_at_the_end, leak, "locked at the end"},
      {"locked_at_the_end_of_a_thread", locked_at_the_end_of_a_thread, leak, "locked at the end"},
      {"unlocks_anothers", unlocks_anothers, misuse, "another thread holds"},
      {"unlocks_twice", unlocks_twice, misuse, "nobody holds"},
      {"waits_without_the_mutex", waits_without_the_mutex, misuse, "nobody holds"},
      {"too_many_permits", too_many_permits, misuse, "maximum"},
      {"dies_locked", dies_locked, misuse, "destroys a mutex that is still locked"},
      {"dies_awaited", dies_awaited, misuse, "about to use"},
      {"dies_under_a_load", dies_under_a_load, misuse, "about to use"},
      {"dies_before_a_load", dies_before_a_load, misuse, "after its destruction"},
      {"used_after_it_died", used_after_it_died, misuse, "after its destruction"},
      {"throws", throws, uncaught_exception, ""},
      {"aborts", aborts, crash, ""},
      {"follows_a_null_pointer", follows_a_null_pointer, crash, "SIGSEGV"},
  };
  // What really uses memory that is not there, or not any more, a sanitizer reports in its own way.
  if (address_sanitizer) {
    std::erase_if(all, [](const labelled& at) {
      const std::string_view situation = at.situation;
      return situation == "after its destruction" || situation == "SIGSEGV";
    });
  }
  return all;
}

std::vector<labelled> all_bugs() {
  std::vector<labelled> all;
  for (const auto& some : {lock_bugs(), condition_bugs(), data_bugs(), order_bugs(), other_bugs(),
                           lock_free_bugs(), toolkit_bugs()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace corpus
