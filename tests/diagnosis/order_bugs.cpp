// SPDX-License-Identifier: MIT
#include "corpus.hpp"

namespace corpus {

namespace {

using heddle::atomic;
using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::var;

void used_before_it_is_made() {
  atomic<int> config{0};
  heddle::thread user([&] { check(config.load() == 1, "not configured yet"); });
  config.store(1);
  user.join();
}

void not_waited_for() {
  atomic<int> result{0};
  heddle::thread worker([&] { result.store(42); });
  check(result.load() == 42, "the result is not there yet");
  worker.join();
}

void handle_stored_too_late() {  // as in Mozilla's thread creation bug
  mutex guard;
  var<int> handle{0};
  heddle::thread child([&] {
    lock_guard hold(guard);
    check(handle.load() != 0, "the thread does not know its own handle");
  });
  {
    lock_guard hold(guard);
    handle.store(1);
  }
  child.join();
}

void torn_down_too_early() {
  atomic<bool> open{true};
  heddle::thread user([&] { check(open.load(), "used after it was closed"); });
  open.store(false);
  user.join();
}

void closed_before_the_last_write() {
  mutex guard;
  var<bool> open{true};
  heddle::thread writer([&] {
    lock_guard hold(guard);
    check(open.load(), "written after it was closed");
  });
  {
    lock_guard hold(guard);
    open.store(false);
  }
  writer.join();
}

void second_stage_first() {
  mutex guard;
  var<int> stage{0};
  together(
      [&] {
        lock_guard hold(guard);
        stage.store(1);
      },
      [&] {
        lock_guard hold(guard);
        check(stage.load() == 1, "the first stage is not done");
        stage.store(2);
      });
}

void last_writer_wins() {
  atomic<int> setting{0};
  together([&] { setting.store(1); }, [&] { setting.store(2); });
  check(setting.load() == 2, "the default has overwritten the setting");
}

void logged_out_of_order() {
  atomic<int> clock{0};
  atomic<int> first{0};
  atomic<int> second{0};
  together([&] { first.store(clock.fetch_add(1)); }, [&] { second.store(clock.fetch_add(1)); });
  check(first.load() < second.load(), "the second was first");
}

void read_before_reset() {
  atomic<int> count{5};
  heddle::thread resetter([&] { count.store(0); });
  heddle::thread reader([&] { check(count.load() == 0, "an old count"); });
  resetter.join();
  reader.join();
}

void stopped_before_it_started() {
  atomic<bool> started{false};
  atomic<bool> stopped{false};
  heddle::thread worker([&] { started.store(true); });
  heddle::thread stopper([&] {
    stopped.store(true);
    check(started.load(), "stopped what had not started");
  });
  worker.join();
  stopper.join();
}

// Takes what it waited for without testing again whether it is there.
class careless_store {
 public:
  void take() {
    heddle::unique_lock lock(guard_);
    if (items_.load() == 0) filled_.wait(lock);
    check(items_.load() > 0, "woken up, and there is nothing to take");
    items_.store(items_.load() - 1);
  }
  void put(int items, bool all) {
    lock_guard hold(guard_);
    items_.store(items_.load() + items);
    all ? filled_.notify_all() : filled_.notify_one();
  }

 private:
  mutex guard_;
  heddle::condition_variable filled_;
  var<int> items_{0};
};

void wake_up_stolen() {
  careless_store store;
  together([&] { store.take(); },
           [&] {
             store.put(1, false);
             store.put(1, false);
           },
           [&] { store.take(); });
}

void all_woken_for_one_item() {
  careless_store store;
  together([&] { store.take(); }, [&] { store.take(); },
           [&] {
             store.put(1, true);
             store.put(1, true);
           });
}

}  // namespace

std::vector<labelled> order_bugs() {
  constexpr auto order = heddle::failure_kind::order_violation;
  return {
      {"used_before_it_is_made", used_before_it_is_made, order, ""},
      {"not_waited_for", not_waited_for, order, ""},
      {"handle_stored_too_late", handle_stored_too_late, order, ""},
      {"torn_down_too_early", torn_down_too_early, order, ""},
      {"second_stage_first", second_stage_first, order, ""},
      {"last_writer_wins", last_writer_wins, order, ""},
      {"logged_out_of_order", logged_out_of_order, order, ""},
      {"read_before_reset", read_before_reset, order, ""},
      {"stopped_before_it_started", stopped_before_it_started, order, ""},
      {"closed_before_the_last_write", closed_before_the_last_write, order, ""},
      {"wake_up_stolen", wake_up_stolen, order, "stolen wake-up"},
      {"all_woken_for_one_item", all_woken_for_one_item, order, "stolen wake-up"},
  };
}

}  // namespace corpus
