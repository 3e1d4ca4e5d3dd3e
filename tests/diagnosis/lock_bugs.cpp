// SPDX-License-Identifier: MIT
#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::lock_guard;
using heddle::mutex;

void abba() {
  mutex a;
  mutex b;
  together(
      [&] {
        lock_guard first(a);
        lock_guard second(b);
      },
      [&] {
        lock_guard first(b);
        lock_guard second(a);
      });
}

void ring_of_three() {
  mutex fork[3];
  const auto eat = [&](int i) {
    lock_guard left(fork[i]);
    lock_guard right(fork[(i + 1) % 3]);
  };
  together([&] { eat(0); }, [&] { eat(1); }, [&] { eat(2); });
}

void main_takes_part() {
  mutex a;
  mutex b;
  heddle::thread other([&] {
    lock_guard first(b);
    lock_guard second(a);
  });
  {
    lock_guard first(a);
    lock_guard second(b);
  }
  other.join();
}

void transfer_both_ways() {
  struct account {
    mutex guard;
    heddle::var<int> balance{10};
  };
  account one;
  account two;
  const auto transfer = [](account& from, account& to) {
    lock_guard take(from.guard);
    lock_guard give(to.guard);
    from.balance.store(from.balance.load() - 1);
    to.balance.store(to.balance.load() + 1);
  };
  together([&] { transfer(one, two); }, [&] { transfer(two, one); });
}

void one_of_two_passes() {  // a third thread finishes; the other two do not
  mutex a;
  mutex b;
  mutex c;
  together(
      [&] {
        lock_guard first(a);
        lock_guard second(b);
      },
      [&] {
        lock_guard first(b);
        lock_guard second(a);
      },
      [&] { lock_guard only(c); });
}

void nested_twice() {
  mutex a;
  mutex b;
  mutex c;
  together(
      [&] {
        lock_guard first(a);
        lock_guard second(b);
        lock_guard third(c);
      },
      [&] {
        lock_guard first(c);
        lock_guard second(a);
      });
}

void relocked() {
  mutex guard;
  lock_guard outer(guard);
  lock_guard inner(guard);
}

void relocked_through_a_call() {
  struct list {
    mutex guard;
    heddle::var<int> size{0};
    int count() {
      lock_guard hold(guard);
      return size.load();
    }
    bool empty() {
      lock_guard hold(guard);
      return count() == 0;
    }
  };
  list numbers;
  together([&] { (void)numbers.count(); }, [&] { (void)numbers.empty(); });
}

void upgraded() {
  heddle::shared_mutex guard;
  guard.lock_shared();
  guard.lock();
  guard.unlock();
  guard.unlock_shared();
}

void join_with_the_lock() {
  mutex guard;
  heddle::thread worker([&] { lock_guard hold(guard); });
  lock_guard hold(guard);
  worker.join();
}

void owner_returned() {
  mutex guard;
  together(
      [&] {
        guard.lock();  // and forgets to unlock
      },
      [&] { lock_guard hold(guard); });
}

void early_return() {
  mutex guard;
  heddle::atomic<bool> failed{true};
  const auto work = [&] {
    guard.lock();
    if (failed.load()) return;  // the way out that forgets the mutex
    guard.unlock();
  };
  together(work, work);
}

void semaphore_short_of_one() {
  heddle::counting_semaphore<4> permits{0};
  together([&] { permits.acquire(); }, [&] { permits.release(); }, [&] { permits.acquire(); });
}

void latch_expects_too_many() {
  heddle::latch done{3};
  heddle::thread one([&] { done.count_down(); });
  heddle::thread two([&] { done.count_down(); });
  done.wait();
  one.join();
  two.join();
}

void barrier_without_a_party() {
  heddle::barrier<> meet{2};
  heddle::thread only([&] { meet.arrive_and_wait(); });
  only.join();
}

void deadlock_beside_a_spinner() {
  mutex a;
  mutex b;
  heddle::atomic<bool> stop{false};
  heddle::thread spinner([&] {
    while (!stop.load()) heddle::this_thread::yield();
  });
  heddle::thread one([&] {
    lock_guard first(a);
    lock_guard second(b);
  });
  heddle::thread two([&] {
    lock_guard first(b);
    lock_guard second(a);
  });
  one.join();
  two.join();
  stop.store(true);
  spinner.join();
}

void reader_and_writer_cross() {
  heddle::shared_mutex a;
  heddle::shared_mutex b;
  together(
      [&] {
        a.lock_shared();
        b.lock();
        b.unlock();
        a.unlock_shared();
      },
      [&] {
        b.lock_shared();
        a.lock();
        a.unlock();
        b.unlock_shared();
      });
}

void semaphores_crossed() {
  heddle::counting_semaphore<1> a{1};
  heddle::counting_semaphore<1> b{1};
  together(
      [&] {
        a.acquire();
        b.acquire();
        b.release();
        a.release();
      },
      [&] {
        b.acquire();
        a.acquire();
        a.release();
        b.release();
      });
}

void deadlock_beside_a_heartbeat() {
  mutex accounts;
  mutex journal;
  heddle::atomic<bool> stop{false};
  heddle::thread heartbeat([&] {
    while (!stop.load()) heddle::this_thread::sleep_for(std::chrono::seconds(1));
  });
  heddle::thread writer([&] {
    lock_guard first(accounts);
    lock_guard second(journal);
  });
  {
    lock_guard first(journal);
    lock_guard second(accounts);
  }
  writer.join();
  stop.store(true);
  heartbeat.join();
}

}  // namespace

std::vector<labelled> lock_bugs() {
  constexpr auto deadlock = heddle::failure_kind::deadlock;
  return {
      {"abba", abba, deadlock, "lock cycle"},
      {"ring_of_three", ring_of_three, deadlock, "lock cycle"},
      {"main_takes_part", main_takes_part, deadlock, "lock cycle"},
      {"transfer_both_ways", transfer_both_ways, deadlock, "lock cycle"},
      {"one_of_two_passes", one_of_two_passes, deadlock, "lock cycle"},
      {"nested_twice", nested_twice, deadlock, "lock cycle"},
      {"reader_and_writer_cross", reader_and_writer_cross, deadlock, "lock cycle"},
      {"relocked", relocked, deadlock, "self-deadlock"},
      {"relocked_through_a_call", relocked_through_a_call, deadlock, "self-deadlock"},
      {"upgraded", upgraded, deadlock, "self-deadlock"},
      {"join_with_the_lock", join_with_the_lock, deadlock, "cycle through a join"},
      {"owner_returned", owner_returned, deadlock, "owner ended"},
      {"early_return", early_return, deadlock, "owner ended"},
      {"semaphore_short_of_one", semaphore_short_of_one, deadlock, "semaphore never released"},
      {"semaphores_crossed", semaphores_crossed, deadlock, "semaphore never released"},
      {"latch_expects_too_many", latch_expects_too_many, deadlock, "latch never opened"},
      {"barrier_without_a_party", barrier_without_a_party, deadlock, "barrier short of a party"},
      {"deadlock_beside_a_spinner", deadlock_beside_a_spinner, deadlock, "partial deadlock"},
      {"deadlock_beside_a_heartbeat", deadlock_beside_a_heartbeat, deadlock, "partial deadlock"},
  };
}

}  // namespace corpus
