// SPDX-License-Identifier: MIT
#include <memory>
#include <stdexcept>

#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::var;

void fetch_add() {
  atomic<int> count{0};
  const auto add = [&] { count.fetch_add(1); };
  together(add, add);
  check(count.load() == 2);
}
void compare_exchange_loop() {
  atomic<int> count{0};
  const auto add = [&] {
    int seen = count.load();
    while (!count.compare_exchange_strong(seen, seen + 1)) {
    }
  };
  together(add, add);
  check(count.load() == 2);
}
void maximum_with_cas() {
  atomic<int> highest{0};
  const auto offer = [&](int value) {
    int seen = highest.load();
    while (seen < value && !highest.compare_exchange_strong(seen, value)) {
    }
  };
  together([&] { offer(7); }, [&] { offer(5); });
  check(highest.load() == 7);
}
void bits_with_fetch_or() {
  atomic<unsigned> flags{0};
  together([&] { flags.fetch_or(1u); }, [&] { flags.fetch_or(2u); });
  check(flags.load() == 3u);
}
void one_lock_around_both_halves() {
  mutex guard;
  var<int> balance{0};
  const auto deposit = [&] {
    lock_guard hold(guard);
    const int seen = balance.load();
    balance.store(seen + 1);
  };
  together(deposit, deposit);
  check(balance.load() == 2);
}
void published_with_release() {
  var<int> data{0};
  atomic<bool> ready{false};
  together(
      [&] {
        data.store(1);
        ready.store(true, std::memory_order_release);
      },
      [&] {
        if (ready.load(std::memory_order_acquire)) check(data.load() == 1);
      });
}
void release_sequence() {
  var<int> data{0};
  atomic<int> ready{0};
  together(
      [&] {
        data.store(1);
        ready.store(1, std::memory_order_release);
      },
      [&] {
        int seen = 1;
        ready.compare_exchange_strong(seen, 2, std::memory_order_relaxed);
      },
      [&] {
        if (ready.load(std::memory_order_acquire) == 2) check(data.load() == 1);
      });
}
void read_after_join() {
  var<int> result{0};
  heddle::thread worker([&] { result.store(42); });
  worker.join();
  check(result.load() == 42);
}
void written_before_the_start() {
  var<int> config{0};
  config.store(1);
  heddle::thread worker([&] { check(config.load() == 1); });
  worker.join();
}
void read_by_many() {
  var<int> config{7};
  const auto read = [&] { check(config.load() == 7); };
  together(read, read, read);
}
void a_variable_each() {
  var<int> one{0};
  var<int> two{0};
  together([&] { one.store(1); }, [&] { two.store(2); });
  check(one.load() + two.load() == 3);
}
void check_then_take_in_one() {
  mutex guard;
  var<int> items{1};
  const auto take = [&] {
    lock_guard hold(guard);
    if (items.load() == 0) return;
    items.store(items.load() - 1);
    check(items.load() >= 0);
  };
  together(take, take);
}
void dekker() {
  atomic<int> a{0};
  atomic<int> b{0};
  atomic<int> inside{0};
  together(
      [&] {
        a.store(1);
        if (b.load() == 0) inside.fetch_add(1);
      },
      [&] {
        b.store(1);
        if (a.load() == 0) inside.fetch_add(1);
      });
  check(inside.load() <= 1);
}
void message_passing() {
  atomic<int> data{0};
  atomic<int> flag{0};
  together(
      [&] {
        data.store(1);
        flag.store(1);
      },
      [&] {
        if (flag.load() == 1) check(data.load() == 1);
      });
}
void once() {
  atomic<int> state{0};
  atomic<int> made{0};
  const auto get = [&] {
    int expected = 0;
    if (state.compare_exchange_strong(expected, 1)) {
      made.fetch_add(1);
      state.store(2);
    } else {
      while (state.load() != 2) heddle::this_thread::yield();
    }
    check(made.load() == 1);
  };
  together(get, get);
}
void double_checked() {
  atomic<bool> ready{false};
  mutex guard;
  var<int> value{0};
  const auto get = [&] {
    if (!ready.load(std::memory_order_acquire)) {
      lock_guard hold(guard);
      if (!ready.load(std::memory_order_relaxed)) {
        value.store(1);
        ready.store(true, std::memory_order_release);
      }
    }
    check(value.load() == 1);
  };
  together(get, get);
}
void reference_count() {
  struct counted {
    atomic<int> count{2};
    var<int> data{1};
  };
  auto* object = new counted;
  const auto drop = [=] {
    if (object->count.fetch_sub(1) == 1) {
      object->data.store(0);
      delete object;
    }
  };
  together(drop, drop);
}
void ticket_lock() {
  atomic<int> next{0};
  atomic<int> serving{0};
  var<int> count{0};
  const auto add = [&] {
    const int mine = next.fetch_add(1);
    while (serving.load() != mine) heddle::this_thread::yield();
    count.store(count.load() + 1);
    serving.store(mine + 1);
  };
  together(add, add);
  check(count.load() == 2);
}
void exception_caught() {
  atomic<int> shared{0};
  together([&] { shared.store(1); },
           [&] {
             try {
               if (shared.load() == 0) throw std::runtime_error("handled");
             } catch (const std::runtime_error&) {
             }
           });
}
void detached_but_signalled() {
  auto done = std::make_shared<heddle::counting_semaphore<1>>(0);
  heddle::thread worker([done] { done->release(); });
  worker.detach();
  done->acquire();
}
void assumed() {
  atomic<int> shared{0};
  together([&] { shared.store(1); }, [&] { heddle::assume(shared.load() == 1); });
}
void chosen() {
  atomic<int> shared{0};
  const int value = static_cast<int>(heddle::choose(3));
  together([&] { shared.store(value); }, [&] { check(shared.load() <= 2); });
}
void version_counter() {
  atomic<int> version{0};
  atomic<int> low{0};
  atomic<int> high{0};
  together(
      [&] {
        version.fetch_add(1);
        low.store(1);
        high.store(1);
        version.fetch_add(1);
      },
      [&] {
        const int before = version.load();
        const int first = low.load();
        const int second = high.load();
        if (before % 2 == 0 && version.load() == before) check(first == second);
      });
}

}  // namespace

std::vector<correct> correct_data() {
  return {
      {"fetch_add", fetch_add},
      {"compare_exchange_loop", compare_exchange_loop},
      {"maximum_with_cas", maximum_with_cas},
      {"bits_with_fetch_or", bits_with_fetch_or},
      {"one_lock_around_both_halves", one_lock_around_both_halves},
      {"published_with_release", published_with_release},
      {"release_sequence", release_sequence},
      {"read_after_join", read_after_join},
      {"written_before_the_start", written_before_the_start},
      {"read_by_many", read_by_many},
      {"a_variable_each", a_variable_each},
      {"check_then_take_in_one", check_then_take_in_one},
      {"dekker", dekker},
      {"message_passing", message_passing},
      {"once", once},
      {"double_checked", double_checked},
      {"reference_count", reference_count},
      {"ticket_lock", ticket_lock},
      {"exception_caught", exception_caught},
      {"detached_but_signalled", detached_but_signalled},
      {"assumed", assumed},
      {"chosen", chosen},
      {"version_counter", version_counter},
  };
}

std::vector<correct> all_correct() {
  std::vector<correct> all;
  for (const auto& some : {correct_locks(), correct_conditions(), correct_data(),
                           correct_lock_free(), correct_toolkit()}) {
    all.insert(all.end(), some.begin(), some.end());
  }
  return all;
}

}  // namespace corpus
