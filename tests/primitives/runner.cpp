// SPDX-License-Identifier: MIT
#include "runner.hpp"

#include <optional>

#include "common/without_limits.hpp"

namespace primitives {

namespace {

struct world {
  explicit world(const settings& made)
      : permits(made.permits), latch(made.latch), barrier(made.parties) {}
  heddle::mutex mutex;
  heddle::recursive_mutex recursive;
  heddle::shared_mutex shared;
  heddle::counting_semaphore<> permits;
  heddle::latch latch;
  heddle::barrier<> barrier;
  heddle::once_flag once;
  heddle::promise<int> promise;
  heddle::shared_future<int> future = promise.get_future();
  heddle::stop_source source;
  heddle::atomic<int> atomic{0};
  heddle::condition_variable_any any;
};

void run_thread(const std::vector<step>& code, world& in, std::string& log) {
  std::optional<heddle::barrier<>::arrival_token> token;
  for (std::size_t at = 0; at < code.size(); ++at) {
    const step& now = code[at];
    const auto tried = [&](bool success) {
      log += success ? '1' : '0';
      if (!success) at += static_cast<std::size_t>(now.skip);
    };
    switch (now.what) {
      case op::lock:
        in.mutex.lock();
        break;
      case op::try_lock:
        tried(in.mutex.try_lock());
        break;
      case op::unlock:
        in.mutex.unlock();
        break;
      case op::r_lock:
        in.recursive.lock();
        break;
      case op::r_try_lock:
        tried(in.recursive.try_lock());
        break;
      case op::r_unlock:
        in.recursive.unlock();
        break;
      case op::x_lock:
        in.shared.lock();
        break;
      case op::x_try_lock:
        tried(in.shared.try_lock());
        break;
      case op::x_unlock:
        in.shared.unlock();
        break;
      case op::s_lock:
        in.shared.lock_shared();
        break;
      case op::s_try_lock:
        tried(in.shared.try_lock_shared());
        break;
      case op::s_unlock:
        in.shared.unlock_shared();
        break;
      case op::acquire:
        in.permits.acquire();
        break;
      case op::try_acquire:
        tried(in.permits.try_acquire());
        break;
      case op::release:
        in.permits.release();
        break;
      case op::count_down:
        in.latch.count_down();
        break;
      case op::try_wait:
        tried(in.latch.try_wait());
        break;
      case op::await_latch:
        in.latch.wait();
        break;
      case op::arrive:
        token.emplace(in.barrier.arrive());
        break;
      case op::await_barrier:
        in.barrier.wait(std::move(*token));
        break;
      case op::drop:
        in.barrier.arrive_and_drop();
        break;
      case op::call_once:
      case op::call_throwing: {
        char result = 'p';
        try {
          heddle::call_once(in.once, [&] {
            result = 'c';
            if (now.what == op::call_throwing) throw 1;
          });
        } catch (int) {
          result = 't';
        }
        log += result;
        break;
      }
      case op::set_value:
        try {
          in.promise.set_value(1);
          tried(true);
        } catch (const heddle::future_error&) {
          tried(false);
        }
        break;
      case op::get:
        (void)in.future.get();
        break;
      case op::request_stop:
        tried(in.source.request_stop());
        break;
      case op::stop_requested:
        tried(in.source.stop_requested());
        break;
      case op::load:
        log += std::to_string(in.atomic.load());
        break;
      case op::store:
        in.atomic.store(now.value);
        break;
      case op::add:
        log += std::to_string(in.atomic.fetch_add(now.value));
        break;
      case op::compare_exchange: {
        int expected = 0;
        tried(in.atomic.compare_exchange_strong(expected, now.value));
        break;
      }
      case op::wait:
        in.atomic.wait(0);
        break;
      case op::notify_one:
        in.atomic.notify_one();
        break;
      case op::notify_all:
        in.atomic.notify_all();
        break;
      case op::any_wait:
        in.any.wait(in.mutex);
        break;
      case op::any_notify_one:
        in.any.notify_one();
        break;
      case op::any_notify_all:
        in.any.notify_all();
        break;
    }
  }
  log += '.';
}

// Keeps what the threads logged, whether the execution completed or not.
class keeping final : public heddle::detail::watching {
 public:
  keeping(heddle::sched::explorer& inner, const std::vector<std::string>& logs, observed& into)
      : watching(inner), logs_(logs), into_(into) {}
  void end_execution(const heddle::sched::outcome& result) override {
    watching::end_execution(result);
    if (result.result == heddle::sched::verdict::redundant) return;
    std::string all;
    for (const std::string& log : logs_) all += log + "|";
    ++into_.outcomes[all];
  }

 private:
  const std::vector<std::string>& logs_;
  observed& into_;
};

}  // namespace

observed run(const program& code, const settings& made, const char* explorer) {
  heddle::options how = without_limits("Primitives.Test", explorer);
  how.stop_at_first_failure = false;
  how.capture = false;
  how.early_timeouts = 0;
  how.rereads = 1'000'000;
  observed seen;
  std::vector<std::string> logs(code.size());
  const auto decide = heddle::detail::explorer_for(how);
  keeping keeper(*decide, logs, seen);
  const auto report = heddle::explore(how, keeper, [&] {
    for (std::string& log : logs) log.clear();
    // Not destroyed where threads are stuck: left for the next execution to forget.
    auto in = std::make_shared<world>(made);
    std::vector<heddle::thread> threads;
    for (std::size_t i = 0; i < code.size(); ++i) {
      threads.emplace_back([&, in, i] { run_thread(code[i], *in, logs[i]); });
    }
    for (heddle::thread& each : threads) each.join();
  });
  seen.executions = report.executions - report.redundant;
  seen.redundant = report.redundant;
  seen.deadlocked = report.deadlocked;
  seen.exhaustive = report.coverage == heddle::coverage::exhaustive;
  if (report.failed != 0) seen.text = report.text();
  return seen;
}

}  // namespace primitives
