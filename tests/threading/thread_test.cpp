// SPDX-License-Identifier: MIT
#include <memory>
#include <stdexcept>
#include <vector>

#include "threading/explored.hpp"

namespace {

using namespace explored;  // NOLINT(google-build-using-namespace)

// start() returns before, during or after the body runs: 0, 1 or 2 steps have been made.
TEST(Rule01, StartReturnsBeforeDuringOrAfterTheBody) {
  EXPECT_EQ(results([] {
              th::counter steps;
              th::thread worker([&] {
                steps.increment();
                steps.increment();
              });
              worker.start();
              const auto seen = steps.value();
              worker.join();
              return seen;
            }),
            (std::set<std::int64_t>{0, 1, 2}));
}

TEST(Rule02, WorkIsACallableWithArgumentsOrARunOfOnesOwn) {
  struct doubler : th::thread {
    explicit doubler(int of) : number(of) {}
    void run() override { number *= 2; }
    int number;
  };
  always_passes([] {
    int sum = 0;
    th::thread adder([&sum](int a, std::unique_ptr<int>& b) { sum = a + *b; }, 3,
                     std::make_unique<int>(4));
    adder.start();
    adder.join();
    heddle::check(sum == 7);
    doubler own(21);
    own.start();
    own.join();
    heddle::check(own.number == 42);
    doubler here(5);
    here.run();  // in the caller: no thread is started
    heddle::check(here.number == 10 && !here.is_alive() && !here.ident());
  });
}

TEST(Rule03, StartingTwiceIsRefusedAlsoAfterTheEnd) {
  always_passes([] {
    th::thread worker([] {});
    worker.start();
    heddle::check(is_refused([&] { worker.start(); }));
    worker.join();
    heddle::check(is_refused([&] { worker.start(); }));
  });
  static_assert(!std::is_copy_constructible_v<th::thread>);
}

TEST(Rule03, ANewThreadMayDoTheSameWork) {
  always_passes([] {
    th::counter done;
    const auto work = [&] { done.increment(); };
    for (int i = 0; i < 2; ++i) {
      th::thread worker(work);
      worker.start();
      worker.join();
    }
    heddle::check(done.value() == 2);
  });
}

TEST(Rule04, JoinMayBeRepeatedAndBySeveral) {
  always_passes([] {
    th::counter done;
    th::thread worker([&] { done.increment(); });
    worker.start();
    th::thread other([&] {
      worker.join();
      heddle::check(done.value() == 1);
    });
    other.start();
    worker.join();
    worker.join();
    heddle::check(!worker.is_alive());
    other.join();
  });
}

TEST(Rule04, ATimedJoinSaysWhetherItEnded) {
  EXPECT_EQ(results(
                [] {
                  th::event go;
                  th::thread worker([&] { go.wait(); });
                  worker.start();
                  const bool early = worker.join_for(1s);
                  go.set();
                  const bool late = worker.join_for(1h);
                  heddle::check(!late || !worker.is_alive());
                  worker.join();
                  return std::pair(early, late);
                },
                1),
            (std::set<std::pair<bool, bool>>{{false, true}, {false, false}}));
}

TEST(Rule04, JoiningOneselfOrAThreadNotStartedIsRefused) {
  always_passes([] {
    th::thread* self = nullptr;
    bool refused = false;
    th::thread worker([&] { refused = is_refused([&] { self->join(); }); });
    self = &worker;
    heddle::check(is_refused([&] { worker.join(); }));
    worker.start();
    worker.join();
    heddle::check(refused);
  });
}

TEST(Rule05, NamesAreGivenOrCounted) {
  always_passes([] {
    th::thread first([] {});
    th::thread second(th::thread_options{.name = "writer"}, [] {});
    th::thread third([] {});
    heddle::check(first.name() == "Thread-1");
    heddle::check(second.name() == "writer");
    heddle::check(third.name() == "Thread-2");
    third.set_name("reader");
    heddle::check(third.name() == "reader");
    heddle::check(th::main_thread().name() == "MainThread");
    heddle::check(th::current_thread() == th::main_thread());
  });
}

TEST(Rule05, NamesAppearInReports) {
  std::string text;
  EXPECT_EQ(failure(
                [] {
                  th::thread worker(th::thread_options{.name = "writer"},
                                    [] { heddle::check(false, "wrong"); });
                  worker.start();
                  worker.join();
                },
                &text),
            "failed check");
  EXPECT_NE(text.find("'writer'"), std::string::npos) << text;
}

TEST(Rule06, DaemonIsOffInheritedAndSetBeforeTheStartOnly) {
  always_passes([] {
    th::event checked;
    th::thread plain([] {});
    heddle::check(!plain.daemon());
    th::thread daemon(th::thread_options{.daemon = true}, [&] {
      th::thread child([] {});
      heddle::check(child.daemon());
      checked.set();
    });
    daemon.start();
    heddle::check(is_refused([&] { daemon.set_daemon(false); }));
    checked.wait();
    daemon.join();
  });
}

// The body ends; the daemon has made 0, 1 or 2 steps. dfs covers it, reduction claims nothing.
TEST(Rule06, DaemonsAreAbandonedAndOthersWaitedFor) {
  static int steps;
  static int kept;
  const auto body = [](bool daemon) {
    return [daemon] {
      static th::event never;
      steps = 0;
      th::thread worker(th::thread_options{.daemon = daemon}, [] {
        heddle::point("one");
        ++steps;
        heddle::point("two");
        ++steps;
      });
      worker.start();
    };
  };
  std::set<int> seen;
  kept = 0;
  auto how = by("dfs");
  auto of = heddle::explore(how, [&] {
    if (kept++ != 0) seen.insert(steps);
    body(true)();
  });
  EXPECT_TRUE(of.passed()) << of.text();
  seen.insert(steps);
  EXPECT_TRUE(seen.contains(0));
  EXPECT_FALSE(seen.contains(2));  // nothing of the body's is left to run beside its last step
  of = heddle::explore(how, body(false));
  EXPECT_TRUE(of.passed()) << of.text();
  EXPECT_EQ(steps, 2);
}

TEST(Rule06, ADaemonAbandonedWithALockIsALeak) {
  EXPECT_EQ(failure([] {
              static th::lock guard;
              th::thread worker(th::thread_options{.daemon = true}, [] {
                th::guard hold(guard);
                th::sleep(1h);
              });
              worker.start();
              th::yield();
            }),
            "leak");
}

TEST(Rule07, IdentifiersAreEmptyBeforeTheStartAndUnique) {
  always_passes([] {
    th::thread a([] {});
    th::thread b([] {});
    heddle::check(!a.ident() && !a.native_id());
    a.start();
    b.start();
    heddle::check(a.ident() && b.ident() && a.ident() != b.ident() && a.native_id());
    a.join();
    b.join();
  });
}

TEST(Rule08, IsAliveBetweenStartAndEnd) {
  const auto found = results([] {
    th::thread worker([] {});
    heddle::check(!worker.is_alive());
    worker.start();
    const bool between = worker.is_alive();
    worker.join();
    heddle::check(!worker.is_alive());
    return between;
  });
  EXPECT_EQ(found, (std::set<bool>{false, true}));
}

TEST(Rule09, OnlyTheLivingAreCounted) {
  const auto found = results([] {
    heddle::check(th::active_count() == 1);
    th::event go;
    th::thread a([&] { go.wait(); });
    th::thread b([] {});
    heddle::check(th::active_count() == 1);
    a.start();
    b.start();
    const int between = th::active_count();
    const auto all = th::enumerate_threads();
    heddle::check(all.front() == th::main_thread());
    heddle::check(all[1] == a.as_view());
    b.join();
    heddle::check(th::active_count() == 2);
    go.set();
    a.join();
    heddle::check(th::active_count() == 1);
    return between;
  });
  EXPECT_EQ(found, (std::set<int>{2, 3}));
}

TEST(Rule10, AThreadIsStoppedByAnEvent) {
  struct stoppable : th::thread {
    void run() override {
      while (!asked.wait_for(1s)) ++rounds;
    }
    void stop() { asked.set(); }
    th::event asked;
    int rounds = 0;
  };
  heddle::options how = by("dfs", 1);
  const auto of = heddle::explore(how, [] {
    stoppable worker;
    worker.start();
    th::sleep(2500ms);
    worker.stop();
    worker.join();
    heddle::check(worker.rounds <= 3);
  });
  EXPECT_TRUE(of.passed()) << of.text();
}

TEST(Rule11, AnUncaughtExceptionEndsThatThreadOnlyAndFailsTheTest) {
  std::string text;
  EXPECT_EQ(failure(
                [] {
                  th::thread worker([] { throw std::runtime_error("no more paper"); });
                  worker.start();
                  worker.join();
                },
                &text),
            "uncaught exception");
  EXPECT_NE(text.find("no more paper"), std::string::npos) << text;
}

TEST(Rule11, TheHookIsToldInsteadAndJoinDoesNotThrow) {
  always_passes([] {
    std::string told;
    th::set_exception_hook([&](const th::uncaught_exception& of) {
      told = of.thread.name() + ": " + of.message;
      heddle::check(of.exception != nullptr && of.where.known());
    });
    th::thread worker(th::thread_options{.name = "printer"},
                      [] { throw std::runtime_error("no more paper"); });
    worker.start();
    worker.join();
    heddle::check(told == "printer: no more paper");
  });
}

TEST(Rule11, AHookThatThrowsIsReported) {
  std::string text;
  EXPECT_EQ(failure(
                [] {
                  th::set_exception_hook(
                      [](const auto&) { throw std::logic_error("the hook is broken"); });
                  th::thread worker([] { throw std::runtime_error("x"); });
                  worker.start();
                  worker.join();
                },
                &text),
            "uncaught exception");
  EXPECT_NE(text.find("the hook is broken"), std::string::npos) << text;
}

TEST(Rule11, AThreadMayEndItselfQuietly) {
  always_passes([] {
    bool told = false;
    th::set_exception_hook([&](const auto&) { told = true; });
    int steps = 0;
    th::thread worker([&] {
      ++steps;
      throw th::thread_exit{};
    });
    worker.start();
    worker.join();
    heddle::check(steps == 1 && !told);
  });
}

TEST(Rule11, TheHookIsForgottenAtTheEndOfTheExecution) {
  int executions = 0;
  auto how = by("dfs");
  const auto of = heddle::explore(how, [&] {
    const bool first = executions++ == 0;
    if (first) th::set_exception_hook([](const auto&) {});
    th::thread worker([] { throw 1; });
    worker.start();
    heddle::point();
    worker.join();
  });
  EXPECT_FALSE(of.passed());
  EXPECT_GT(of.complete, 0);  // the first
}

TEST(Rule02, DestroyingASubclassWhileItRunsIsMisuse) {
  struct own : th::thread {
    void run() override { th::yield(); }
  };
  EXPECT_EQ(failure([] {
              own worker;
              worker.start();
            }),
            "misuse");
}

}  // namespace
