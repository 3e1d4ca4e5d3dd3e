// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <cstdio>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include <heddle/sched/monitor.hpp>
#include <heddle/shim/threading/real_per_thread.hpp>

namespace heddle::threading {

// What the toolkit stands on in a program that ships: threads, mutexes and condition variables of
// the standard library, and nothing of Heddle's libraries. The same names as in controlled.hpp.
struct real {
  static constexpr bool explores = false;

  using moment = std::chrono::steady_clock::time_point;
  static constexpr moment never = moment::max();
  template <class Rep, class Period>
  static moment in(const std::chrono::duration<Rep, Period>& time) noexcept {
    const moment now = std::chrono::steady_clock::now();
    if (time >= never - now) return never;
    return now + std::chrono::ceil<std::chrono::steady_clock::duration>(time);
  }
  static void sleep_until(moment deadline, location) { std::this_thread::sleep_until(deadline); }
  static void yield(location) noexcept { std::this_thread::yield(); }

  using thread_key = std::uint32_t;
  static constexpr thread_key nobody = 0xffff'ffff;
  [[nodiscard]] static thread_key self() noexcept {
    static std::atomic<thread_key> next{0};
    thread_local const thread_key mine = next++;
    return mine;
  }
  [[nodiscard]] static constexpr std::uint32_t run() noexcept { return 1; }
  [[nodiscard]] static thread_key main() noexcept { return self(); }  // the first that asks

  struct monitor {
    monitor(const sched::monitor_type&, void*, location) noexcept {}
    std::int32_t level[2] = {0, 0};
    thread_key holder = nobody;
    location acquired;
    std::mutex guard;
    std::condition_variable changed;
  };
  class section {
   public:
    section(monitor& on, const sched::monitor_call& call, location where, moment deadline = never)
        : section(on, call, where, deadline, call.need) {}
    section(monitor& on, const sched::monitor_call& call, location, moment deadline,
            sched::level_range need, monitor* also = nullptr)
        : on_(on), hold_(on.guard), also_(also), reads_(call.reads) {
      const auto ready = [&] { return need.contains(on.level[need.which]); };
      if (deadline == never) {
        on.changed.wait(hold_, ready);
      } else {
        failed_ = !on.changed.wait_until(hold_, deadline, ready);
      }
      if (also != nullptr) hold_also_ = std::unique_lock(also->guard);
    }
    ~section() {
      if (failed_ || reads_) return;
      on_.changed.notify_all();
      if (also_ != nullptr) also_->changed.notify_all();
    }
    section(const section&) = delete;
    section& operator=(const section&) = delete;
    [[nodiscard]] bool timed_out() const noexcept { return failed_; }
    void take_effect() noexcept { failed_ = false; }
    bool fail() noexcept {
      failed_ = true;
      return false;
    }

   private:
    monitor& on_;
    std::unique_lock<std::mutex> hold_;
    monitor* also_;
    std::unique_lock<std::mutex> hold_also_;
    bool reads_;
    bool failed_ = false;
  };
  static void destroy(monitor&, const char*) noexcept {}

  template <class T>
  using atomic = std::atomic<T>;
  template <class T>
  using per_thread = real_per_thread<T>;

  class owned_lock {
   public:
    explicit owned_lock(location) noexcept {}
    bool lock(moment deadline, location) {
      std::unique_lock hold(guard_);
      const auto ready = [this] { return owner_ == nobody || owner_ == self(); };
      if (deadline == never) {
        freed_.wait(hold, ready);
      } else if (!freed_.wait_until(hold, deadline, ready)) {
        return false;
      }
      owner_ = self();
      ++depth_;
      return true;
    }
    bool try_lock(location where) { return lock(moment::min(), where); }
    void unlock(location) {
      const std::lock_guard hold(guard_);
      if (--depth_ != 0) return;
      owner_ = nobody;
      freed_.notify_one();
    }
    [[nodiscard]] bool is_mine() const {
      const std::lock_guard hold(guard_);
      return owner_ == self();
    }

   private:
    friend class waiters;
    friend struct real;
    mutable std::mutex guard_;
    std::condition_variable freed_;
    thread_key owner_ = nobody;
    std::uint32_t depth_ = 0;
  };
  class waiters {
   public:
    explicit waiters(location) noexcept {}
    // The owner of `with` calls: nobody else can notify before it is in the queue.
    bool wait(owned_lock& with, moment deadline, location where) {
      std::unique_lock hold(guard_);
      const std::uint32_t levels = with.depth_;
      for (std::uint32_t i = 0; i < levels; ++i) with.unlock(where);
      ++waiting_;
      const auto woken = [this] { return wake_ups_ != 0; };
      bool notified = true;
      if (deadline == never) {
        queue_.wait(hold, woken);
      } else {
        notified = queue_.wait_until(hold, deadline, woken);
      }
      --waiting_;
      if (notified) --wake_ups_;
      hold.unlock();
      for (std::uint32_t i = 0; i < levels; ++i) with.lock(never, where);
      return notified;
    }
    void wake_one(location) { wake(1); }
    void wake_all(location) { wake(~0u); }

   private:
    void wake(std::uint32_t most) {
      const std::lock_guard hold(guard_);
      const std::uint32_t asleep = waiting_ - wake_ups_;
      wake_ups_ += most < asleep ? most : asleep;
      queue_.notify_all();
    }
    std::mutex guard_;
    std::condition_variable queue_;
    std::uint32_t waiting_ = 0;
    std::uint32_t wake_ups_ = 0;
  };

  template <class Lock>
  [[nodiscard]] static std::uint64_t rank(const Lock& on) noexcept {
    return reinterpret_cast<std::uintptr_t>(&on);
  }

  static thread_key spawn(void (*entry)(void*), void* closure, std::string_view, bool, location) {
    std::atomic<thread_key> key{nobody};
    std::thread([&key, entry, closure] {
      const thread_key mine = self();
      key = mine;
      key.notify_one();
      entry(closure);
    }).detach();
    key.wait(nobody);
    return key;
  }
  static void rename(thread_key, std::string_view) noexcept {}
  struct passed_on {};
  static void misuse(std::string_view what, location where) {
    std::fprintf(stderr, "%s:%u: %.*s\n", where.file, where.line, static_cast<int>(what.size()),
                 what.data());
  }
  static void leak(std::string_view what, location where, const monitor&) { misuse(what, where); }
};

}  // namespace heddle::threading
