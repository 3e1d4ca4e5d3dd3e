// SPDX-License-Identifier: MIT
// A call that only the main thread may make (a signal handler, a window, a library that says so),
// made by another. Cured by sending the main thread what is to be done, in a queue.
#include <functional>
#include <stdexcept>

#include <heddle/gtest.hpp>
#include <heddle/threading.hpp>

namespace {

using namespace heddle::threading;

class window {
 public:
  void draw() {
    if (!(current_thread() == main_thread())) {
      throw std::logic_error("draw() may be called by the main thread only");
    }
    ++drawn_;
  }
  [[nodiscard]] int drawn() const { return drawn_; }

 private:
  heddle::var<int> drawn_ = 0;
};

HEDDLE_TEST(WindowBug, IsDrawnByAWorker) {
  window view;
  thread worker({.name = "worker"}, [&] { view.draw(); });
  worker.start();
  worker.join();
}

HEDDLE_TEST(Window, IsDrawnByTheMainThread) {
  window view;
  queue<std::function<void()>> to_do;
  thread worker({.name = "worker"}, [&] { to_do.put([&] { view.draw(); }); });
  worker.start();
  to_do.get()();
  worker.join();
  EXPECT_EQ(view.drawn(), 1);
}

}  // namespace
