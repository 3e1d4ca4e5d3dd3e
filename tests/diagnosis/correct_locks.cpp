// SPDX-License-Identifier: MIT
#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::shared_mutex;
using heddle::unique_lock;
using heddle::var;

void counter_with_a_lock() {
  mutex guard;
  var<int> count{0};
  const auto add = [&] {
    lock_guard hold(guard);
    count.store(count.load() + 1);
  };
  together(add, add);
  check(count.load() == 2);
}
void three_threads_one_lock() {
  mutex guard;
  var<int> count{0};
  const auto add = [&] {
    lock_guard hold(guard);
    count.store(count.load() + 1);
  };
  together(add, add, add);
  check(count.load() == 3);
}
void same_order() {
  mutex a;
  mutex b;
  const auto both = [&] {
    lock_guard first(a);
    lock_guard second(b);
  };
  together(both, both);
}
void three_in_order() {
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
        lock_guard second(c);
      },
      [&] {
        lock_guard first(a);
        lock_guard second(c);
      });
}
void scoped_lock_both_ways() {
  mutex a;
  mutex b;
  together([&] { heddle::scoped_lock both(a, b); }, [&] { heddle::scoped_lock both(b, a); });
}
void gate_lock() {
  mutex gate;
  mutex a;
  mutex b;
  together(
      [&] {
        lock_guard through(gate);
        lock_guard first(a);
        lock_guard second(b);
      },
      [&] {
        lock_guard through(gate);
        lock_guard first(b);
        lock_guard second(a);
      });
}
void one_after_the_other() {
  mutex a;
  mutex b;
  heddle::thread one([&] {
    lock_guard first(a);
    lock_guard second(b);
  });
  one.join();
  heddle::thread two([&] {
    lock_guard first(b);
    lock_guard second(a);
  });
  two.join();
}
void before_the_start() {
  mutex a;
  mutex b;
  {
    lock_guard first(b);
    lock_guard second(a);
  }
  heddle::thread one([&] {
    lock_guard first(a);
    lock_guard second(b);
  });
  one.join();
}
void inverse_but_never_nested() {
  mutex a;
  mutex b;
  together(
      [&] {
        { lock_guard first(a); }
        lock_guard second(b);
      },
      [&] {
        { lock_guard first(b); }
        lock_guard second(a);
      });
}
void try_lock_backs_off() {
  mutex a;
  mutex b;
  together(
      [&] {
        lock_guard first(a);
        lock_guard second(b);
      },
      [&] {
        lock_guard first(b);
        if (a.try_lock()) a.unlock();
      });
}
void recursive() {
  heddle::recursive_mutex guard;
  const auto twice = [&] {
    lock_guard outer(guard);
    lock_guard inner(guard);
  };
  together(twice, twice);
}
void reads_together() {
  shared_mutex guard;
  const auto read = [&] {
    guard.lock_shared();
    guard.unlock_shared();
  };
  together(read, read);
}
void reader_and_writer() {
  shared_mutex guard;
  var<int> value{0};
  together(
      [&] {
        guard.lock();
        value.store(1);
        guard.unlock();
      },
      [&] {
        guard.lock_shared();
        (void)value.load();
        guard.unlock_shared();
      });
}
void readers_nested_both_ways() {
  shared_mutex a;
  shared_mutex b;
  together(
      [&] {
        a.lock_shared();
        b.lock_shared();
        b.unlock_shared();
        a.unlock_shared();
      },
      [&] {
        b.lock_shared();
        a.lock_shared();
        a.unlock_shared();
        b.unlock_shared();
      });
}
void unlocked_by_hand() {
  mutex guard;
  const auto work = [&] {
    guard.lock();
    guard.unlock();
  };
  together(work, work);
}
void moved_lock() {
  mutex guard;
  const auto work = [&] {
    unique_lock outer(guard);
    unique_lock inner(std::move(outer));
  };
  together(work, work);
}
void early_return_with_a_guard() {
  mutex guard;
  atomic<bool> failed{true};
  const auto work = [&] {
    lock_guard hold(guard);
    if (failed.load()) return;
  };
  together(work, work);
}
void join_without_the_lock() {
  mutex guard;
  heddle::thread worker([&] { lock_guard hold(guard); });
  { lock_guard hold(guard); }
  worker.join();
}
void semaphore_as_lock() {
  heddle::counting_semaphore<1> permit{1};
  var<int> count{0};
  const auto add = [&] {
    permit.acquire();
    count.store(count.load() + 1);
    permit.release();
  };
  together(add, add);
  check(count.load() == 2);
}
void semaphore_as_signal() {
  heddle::counting_semaphore<2> ready{0};
  var<int> data{0};
  together(
      [&] {
        data.store(1);
        ready.release();
      },
      [&] {
        ready.acquire();
        check(data.load() == 1);
      });
}
void latch_counts_right() {
  heddle::latch done{2};
  var<int> one_result{0};
  var<int> two_result{0};
  heddle::thread one([&] {
    one_result.store(1);
    done.count_down();
  });
  heddle::thread two([&] {
    two_result.store(2);
    done.count_down();
  });
  done.wait();
  check(one_result.load() + two_result.load() == 3);
  one.join();
  two.join();
}
void barrier_of_two() {
  heddle::barrier<> meet{2};
  const auto work = [&] { meet.arrive_and_wait(); };
  together(work, work);
}

}  // namespace

std::vector<correct> correct_locks() {
  return {
      {"counter_with_a_lock", counter_with_a_lock},
      {"three_threads_one_lock", three_threads_one_lock},
      {"same_order", same_order},
      {"three_in_order", three_in_order},
      {"scoped_lock_both_ways", scoped_lock_both_ways},
      {"gate_lock", gate_lock},
      {"one_after_the_other", one_after_the_other},
      {"before_the_start", before_the_start},
      {"inverse_but_never_nested", inverse_but_never_nested},
      {"try_lock_backs_off", try_lock_backs_off},
      {"recursive", recursive},
      {"reads_together", reads_together},
      {"reader_and_writer", reader_and_writer},
      {"readers_nested_both_ways", readers_nested_both_ways},
      {"unlocked_by_hand", unlocked_by_hand},
      {"moved_lock", moved_lock},
      {"early_return_with_a_guard", early_return_with_a_guard},
      {"join_without_the_lock", join_without_the_lock},
      {"semaphore_as_lock", semaphore_as_lock},
      {"semaphore_as_signal", semaphore_as_signal},
      {"latch_counts_right", latch_counts_right},
      {"barrier_of_two", barrier_of_two},
  };
}

}  // namespace corpus
