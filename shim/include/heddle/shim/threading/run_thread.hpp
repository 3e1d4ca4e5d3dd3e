// SPDX-License-Identifier: MIT
#pragma once

#include <cstdio>
#include <functional>
#include <memory>
#include <typeinfo>
#include <utility>

#include <heddle/shim/threading/errors.hpp>
#include <heddle/shim/threading/registry.hpp>

// The life of a toolkit thread: start, work, hook, end, join.
namespace heddle::threading {

namespace detail {

template <class Backend>
struct thread_calls {
  static constexpr sched::monitor_call start{"start"};
  static constexpr sched::monitor_call end{"end"};
  static constexpr sched::monitor_call join{
      .name = "join", .reads = true, .effect = sched::custody::joins};
};

template <class Backend>
uncaught<Backend> describe_exception(const std::shared_ptr<thread_state<Backend>>& thread) {
  uncaught<Backend> result{std::current_exception(),
                           "an exception of unknown type",
                           {},
                           thread->created,
                           basic_thread_view<Backend>(thread)};
  try {
    throw;
  } catch (const std::exception& error) {
    result.type = typeid(error).name();
    result.message = error.what();
  } catch (...) {
  }
  return result;
}

// Inside a handler. Without a hook the exception goes on: under control that is a failure.
template <class Backend>
void tell_hook(const std::shared_ptr<thread_state<Backend>>& thread) {
  const auto hook = registry<Backend>::of_this_run().current_hook();
  if (hook) {
    hook(describe_exception<Backend>(thread));
  } else if constexpr (Backend::explores) {
    throw;
  } else {
    const auto what = describe_exception<Backend>(thread);
    std::fprintf(stderr, "exception in thread %s: %s: %s\n", thread->name.c_str(),
                 what.type.c_str(), what.message.c_str());
  }
}

template <class Backend>
void end_thread(thread_state<Backend>& thread) {
  auto& all = registry<Backend>::of_this_run();
  typename Backend::section here(thread.monitor, thread_calls<Backend>::end, {}, Backend::never, {},
                                 &all.monitor);
  thread.monitor.level[0] = thread_state<Backend>::finished;
  all.leave(thread);
}

template <class Backend>
void run_to_end(const std::shared_ptr<thread_state<Backend>>& thread,
                const std::function<void()>& work) {
  try {
    try {
      work();
    } catch (const thread_exit&) {
    } catch (const typename Backend::passed_on&) {
      throw;
    } catch (...) {
      tell_hook<Backend>(thread);
    }
  } catch (...) {
    end_thread<Backend>(*thread);  // whoever joins it goes on
    throw;
  }
  end_thread<Backend>(*thread);
}

}  // namespace detail

// Within a section that also changes the registry. `work`: instead of the state's own.
template <class Backend>
void launch_thread(const std::shared_ptr<thread_state<Backend>>& thread, std::function<void()> work,
                   location where) {
  struct closure {
    std::shared_ptr<thread_state<Backend>> thread;
    std::function<void()> work;
  };
  auto run = std::make_unique<closure>(closure{thread, std::move(work)});
  if (!run->work) {
    run->work = [state = thread.get()] {
      if (state->work) state->work();
    };
  }
  const auto entry = [](void* with) {
    const std::unique_ptr<closure> mine(static_cast<closure*>(with));
    detail::run_to_end<Backend>(mine->thread, mine->work);
  };
  thread->monitor.level[0] = thread_state<Backend>::alive;
  thread->key = Backend::spawn(entry, run.get(), thread->name, thread->daemon, where);
  (void)run.release();  // it is the thread's now
  thread->monitor.holder = thread->key;
  registry<Backend>::of_this_run().enter(thread);
}

// Throws usage_error if the thread was started before.
template <class Backend>
void start_thread(const std::shared_ptr<thread_state<Backend>>& thread, std::function<void()> work,
                  location where) {
  typename Backend::section here(thread->monitor, detail::thread_calls<Backend>::start, where,
                                 Backend::never, {}, &registry<Backend>::of_this_run().monitor);
  if (thread->monitor.level[0] != thread_state<Backend>::fresh) {
    here.fail();
    throw usage_error("a thread can be started only once; make a new one with the same work");
  }
  launch_thread(thread, std::move(work), where);
}

// Throws usage_error; whether the thread was started is asked of its present state.
template <class Backend>
bool join_thread(thread_state<Backend>& thread, typename Backend::moment deadline, location where) {
  if (thread.monitor.level[0] == thread_state<Backend>::fresh) {
    throw usage_error("join of a thread that was not started");
  }
  if (thread.key == Backend::self()) throw usage_error("a thread cannot join itself");
  typename Backend::section here(thread.monitor, detail::thread_calls<Backend>::join, where,
                                 deadline, {.least = thread_state<Backend>::finished});
  return !here.timed_out();
}

}  // namespace heddle::threading
