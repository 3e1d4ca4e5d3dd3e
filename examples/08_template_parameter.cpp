// SPDX-License-Identifier: MIT
// Code that takes its threads library as a template parameter: heddle::real in production, which is
// the standard library under other names, and heddle::controlled in tests.
//
// A cache of one value, filled by whoever asks first. The buggy one looks whether it is filled, and
// fills it, in two steps; both may fill it.
#include <heddle/gtest.hpp>
#include <heddle/library/real.hpp>

namespace {

template <class Library = heddle::real>
class cache_in_two_steps {
 public:
  template <class Make>
  int get(Make make) {
    if (!filled_.load()) {
      value_.store(make());
      filled_.store(true);
    }
    return value_.load();
  }

 private:
  typename Library::template atomic<bool> filled_{false};
  typename Library::template var<int> value_{0};
};

template <class Library = heddle::real>
class cache {
 public:
  template <class Make>
  int get(Make make) {
    Library::call_once(filled_, [&] { value_.store(make()); });
    return value_.load();
  }

 private:
  typename Library::once_flag filled_;
  typename Library::template var<int> value_{0};
};

// The scenario too is written once.
template <class Library, template <class> class Cache>
void ask_twice() {
  Cache<Library> shared;
  const auto ask = [&] { EXPECT_EQ(shared.get([] { return 42; }), 42); };
  typename Library::thread other(ask);
  ask();
  other.join();
}

HEDDLE_TEST(TemplateParameterBug, FilledInTwoSteps) {
  ask_twice<heddle::controlled, cache_in_two_steps>();
}

HEDDLE_TEST(TemplateParameter, FilledOnce) { ask_twice<heddle::controlled, cache>(); }

// As it ships, on real threads.
[[maybe_unused]] void in_production() { ask_twice<heddle::real, cache>(); }

}  // namespace
