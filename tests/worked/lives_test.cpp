// SPDX-License-Identifier: MIT
// Worked programs about the life of threads: stopped by an event, timers, daemons, exceptions,
// values of their own.
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "every_execution.hpp"

namespace {

using namespace heddle::threading;
using namespace std::chrono_literals;
using heddle::failure_kind;
using worked::fails;
using worked::holds;
using worked::results;

heddle::options on_an_idle_machine() {
  heddle::options how = worked::settings();
  how.early_timeouts = 0;
  return how;
}

// A subclass with a stop method: the only way to end a thread is to ask it.
class ticking_thread : public thread {
 public:
  explicit ticking_thread(int most) : thread(thread_options{.name = "ticker"}), most_(most) {}
  void run() override {
    while (ticks_.load() < most_ && !stop_.is_set()) ticks_.store(ticks_.load() + 1);
  }
  void stop() { stop_.set(); }
  int ticks() { return ticks_.load(); }

 private:
  event stop_;
  heddle::var<int> ticks_ = 0;
  const int most_;
};

TEST(StoppableThread, EndsWhenItIsTold) {
  const auto seen = results([] {
    ticking_thread ticker(2);
    ticker.start();
    ticker.stop();
    ticker.join();
    heddle::check(!ticker.is_alive(), "joined and alive");
    return ticker.ticks();
  });
  EXPECT_EQ(seen, (std::set<int>{0, 1, 2}));
}

// Something every second until told to stop: the wait is the pause and the question in one. (A loop
// that asks in vain is followed for options.rereads rounds, which are 2.)
TEST(RepeatingTimer, IsAWaitForItsEnd) {
  const auto seen = results(
      [] {
        event stop;
        heddle::var<int> ticks = 0;
        thread ticker([&] {
          while (!stop.wait_for(1s)) ticks.store(ticks.load() + 1);
        });
        ticker.start();
        sleep(2500ms);
        stop.set();
        ticker.join();
        return ticks.load();
      },
      on_an_idle_machine());
  EXPECT_EQ(seen, std::set<int>{2});
}

bool timer_fires(std::chrono::seconds cancelled_after) {
  heddle::var<bool> fired = false;
  timer later(5s, [&] { fired.store(true); });
  later.start();
  sleep(cancelled_after);
  later.cancel();
  later.join();
  return fired.load();
}

// On an idle machine the clock decides. On a loaded one the main thread may come too late.
TEST(DelayedTimer, IsCancelledInTime) {
  EXPECT_EQ(results([] { return timer_fires(1s); }, on_an_idle_machine()), std::set<bool>{false});
  EXPECT_EQ(results([] { return timer_fires(9s); }, on_an_idle_machine()), std::set<bool>{true});
  EXPECT_EQ(results([] { return timer_fires(5s); }, on_an_idle_machine()),
            (std::set<bool>{false, true}));
  EXPECT_EQ(results([] { return timer_fires(1s); }), (std::set<bool>{false, true}));
}

TEST(DelayedTimer, CancelledAtOnceHasTwoOutcomes) {
  const auto seen = results([] {
    heddle::var<bool> fired = false;
    timer now(0s, [&] { fired.store(true); });
    now.start();
    now.cancel();
    now.join();
    return fired.load();
  });
  EXPECT_EQ(seen, (std::set<bool>{false, true}));
}

// A logger that nobody waits for: the program ends by waiting for its queue instead.
int lines_logged(bool wait_for_the_queue) {
  struct log {
    queue<std::string> to_write;
    counter written;
  };
  const auto shared = std::make_shared<log>();
  thread logger({.name = "logger", .daemon = true}, [shared] {
    for (;;) {
      (void)shared->to_write.get();
      shared->written.increment();
      shared->to_write.task_done();
    }
  });
  logger.start();
  shared->to_write.put("one");
  shared->to_write.put("two");
  if (wait_for_the_queue) shared->to_write.join();
  return static_cast<int>(shared->written.value());
}

TEST(DaemonLogger, HasWrittenAllWhenItsQueueIsJoined) {
  heddle::options how = worked::settings();
  how.explorer = "dfs";  // where daemons are abandoned
  EXPECT_EQ(results([] { return lines_logged(true); }, how), std::set<int>{2});
  EXPECT_EQ(results([] { return lines_logged(false); }, how), (std::set<int>{0, 1, 2}));
}

// One hook for all threads: it is told who failed and why, and the others are not disturbed.
TEST(ExceptionHook, CollectsWhatGoesWrong) {
  const auto seen = results([] {
    lock told_lock;
    heddle::var<std::string> told;
    set_exception_hook([&](const uncaught_exception& what) {
      guard hold(told_lock);
      told.write() += what.thread.name() + ": " + what.message + ". ";
    });
    thread a({.name = "a"}, [] { throw std::runtime_error("no disk"); });
    thread b({.name = "b"}, [] { throw std::runtime_error("no net"); });
    thread c({.name = "c"}, [] { throw thread_exit(); });  // is no failure
    for (thread* each : {&a, &b, &c}) each->start();
    for (thread* each : {&a, &b, &c}) each->join();
    return told.load();
  });
  EXPECT_EQ(seen, (std::set<std::string>{"a: no disk. b: no net. ", "b: no net. a: no disk. "}));
}

TEST(ThreadLocalValue, IsSeenByItsThreadOnly) {
  holds([] {
    local<int> mine;
    heddle::atomic<int> turns = 0;
    const auto work = [&](int value) {
      heddle::check(!mine.has_value(), "somebody else's value");
      mine.set(value);
      turns.fetch_add(1);
      heddle::check(mine.value() == value, "changed by somebody else");
    };
    thread a([&] { work(1); });
    thread b([&] { work(2); });
    a.start();
    b.start();
    a.join();
    b.join();
    heddle::check(!mine.has_value(), "the main thread has set none");
  });
}

// Names and numbers: given or counted, and those who are alive.
TEST(Roll, IsCalledOfThoseAlive) {
  const auto seen = results([] {
    event end;
    thread named({.name = "reader"}, [&] { end.wait(); });
    thread counted([&] { end.wait(); });
    named.start();
    counted.start();
    std::string all;
    for (const auto& each : enumerate_threads()) all += each.name() + " ";
    heddle::check(active_count() == 3, "they wait for the end");
    end.set();
    named.join();
    counted.join();
    heddle::check(active_count() == 1, "only the main thread is left");
    return all;
  });
  EXPECT_EQ(seen, std::set<std::string>{"MainThread reader Thread-1 "});
}

// A result kept in the thread object, read after a timed join that may not have been long enough.
TEST(TimedJoin, TellsWhetherTheResultIsThere) {
  const auto seen = results([] {
    heddle::var<int> result = 0;
    thread slow([&] {
      sleep(2s);
      result.store(42);
    });
    slow.start();
    const bool in_time = slow.join_for(3s);
    const bool alive = slow.is_alive();
    heddle::check(!in_time || !alive, "has ended, and is alive");
    const int read = in_time ? result.load() : 0;
    slow.join();
    heddle::check(!in_time || read == 42, "has ended without a result");
    return in_time;
  });
  EXPECT_EQ(seen, (std::set<bool>{false, true}));
}

}  // namespace
