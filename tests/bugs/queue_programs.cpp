// SPDX-License-Identifier: MIT
//
// Containers whose users agree on too little.
#include <array>

#include "bug_programs.hpp"
#include "team.hpp"

namespace bugs {
namespace {

using heddle::check;
using heddle::lock_guard;
using heddle::mutex;
using heddle::unique_lock;
using heddle::var;

// A round in which it is not one's turn is lost.
void circular_buffer() {
  mutex m;
  std::array<var<int>, 10> buffer;
  var<std::size_t> first{0u};
  var<std::size_t> next{0u};
  var<bool> send{true};
  team<2> all;
  all.start([&] {
    for (int i = 0; i < 7; ++i) {
      const lock_guard hold(m);
      if (!send) continue;
      buffer[next++ % 10] = i;
      send = false;
    }
  });
  all.start([&] {
    for (int i = 0; i < 7; ++i) {
      const lock_guard hold(m);
      if (send) continue;
      check(buffer[first++ % 10] == i, "another element than expected");
      send = true;
    }
  });
}

// Its indices wrap around one element too late, and at 1.
class wrapping_queue {
 public:
  static constexpr std::size_t size = 20;
  void put(int value) { elements_[advance(tail_)] = value; }
  int take() {
    check(!empty(), "nothing to take");
    return elements_[advance(head_)];
  }
  [[nodiscard]] bool empty() const { return head_ == tail_; }

 private:
  static std::size_t advance(var<std::size_t>& index) {
    const std::size_t at = index;
    index = at == size ? 1 : at + 1;
    return at;
  }
  std::array<var<int>, size + 1> elements_;
  var<std::size_t> head_{0u};
  var<std::size_t> tail_{0u};
};

void queue() {
  constexpr std::size_t size = wrapping_queue::size;
  mutex m;
  wrapping_queue elements;
  std::array<var<int>, size> stored;
  var<bool> may_put{true};
  var<bool> may_take{false};
  team<2> all;
  all.start([&] {
    int value = 0;
    {
      const lock_guard hold(m);
      elements.put(value);
      stored[0] = value;
      check(!elements.empty(), "empty with an element");
    }
    for (std::size_t i = 1; i < size; ++i) {
      const lock_guard hold(m);
      if (!may_put) continue;
      elements.put(++value);
      stored[i] = value;
      may_put = false;
      may_take = true;
    }
  });
  all.start([&] {
    for (std::size_t i = 0; i < size; ++i) {
      const lock_guard hold(m);
      if (!may_take) continue;
      check(elements.take() == stored[i], "another element than stored");
      may_take = false;
      may_put = true;
    }
  });
}

// Once something was pushed, there is always something to pop?
void stack() {
  constexpr int size = 10;
  mutex m;
  var<int> top{0};
  std::array<var<int>, size> elements;
  var<bool> pushed{false};
  team<2> all;
  all.start([&] {
    for (int i = 0; i < size; ++i) {
      const lock_guard hold(m);
      check(top < size, "overflow");
      elements[static_cast<std::size_t>(top++)] = i;
      pushed = true;
    }
  });
  all.start([&] {
    for (int i = 0; i < size; ++i) {
      const lock_guard hold(m);
      if (!pushed) continue;
      check(top > 0, "underflow");
      --top;
    }
  });
}

// Each call is atomic; an append of another buffer is two calls of that.
class string_buffer {
 public:
  explicit string_buffer(int length) : length_(length) {}
  [[nodiscard]] int length() {
    const lock_guard hold(monitor_);
    return length_;
  }
  void erase(int begin, int end) {
    const lock_guard hold(monitor_);
    length_ -= end - begin;
  }
  void append(int characters) {
    const lock_guard hold(monitor_);
    length_ += characters;
  }
  void append(string_buffer& other) {
    const lock_guard hold(monitor_);
    const int more = other.length();
    other.copy_out(more);
    length_ += more;
  }

 private:
  void copy_out(int count) {
    const lock_guard hold(monitor_);
    check(count <= length_, "more characters than there are");
  }
  mutex monitor_;
  var<int> length_;
};

void stringbuffer() {
  string_buffer source(3);
  string_buffer sink(0);
  team<1> all;
  all.start([&] {
    source.erase(0, 3);
    source.append(3);
  });
  sink.append(source);
}

// A consumer that has seen an element lets go of the lock before it takes it.
void bounded_buffer() {
  constexpr std::size_t size = 2;  // one slot of the ring stays free
  mutex m;
  heddle::condition_variable not_full;
  heddle::condition_variable not_empty;
  std::array<var<int>, size + 1> ring;
  var<std::size_t> head{0u};
  var<std::size_t> rear{0u};
  var<int> producers_waiting{0};
  var<int> consumers_waiting{0};
  const auto wait_while = [](unique_lock<mutex>& lock, heddle::condition_variable& on,
                             var<int>& waiting, const auto& condition) {
    ++waiting;
    while (condition()) on.wait(lock);
    --waiting;
  };
  team<4> all;
  all.start(2, [&] {
    for (int i = 0; i < 2; ++i) {
      unique_lock lock(m);
      wait_while(lock, not_full, producers_waiting,
                 [&] { return (rear + 1) % (size + 1) == head; });
      ring[rear] = i;
      rear = (rear + 1) % (size + 1);
      if (consumers_waiting > 0) not_empty.notify_one();
    }
  });
  all.start(2, [&] {
    for (int i = 0; i < 2; ++i) {
      unique_lock lock(m);
      wait_while(lock, not_empty, consumers_waiting, [&] { return head == rear; });
      lock.unlock();
      lock.lock();
      check(head != rear, "the element is gone");
      head = (head + 1) % (size + 1);
      if (producers_waiting > 0) not_full.notify_one();
    }
  });
}

constexpr auto failed_check = heddle::failure_kind::failed_check;
constexpr program all_of_them[] = {
    {"circular_buffer", circular_buffer, failed_check},
    {"queue", queue, failed_check},
    {"stack", stack, failed_check},
    {"stringbuffer", stringbuffer, failed_check},
    {"boundedBuffer", bounded_buffer, failed_check},
};

}  // namespace

std::span<const program> queue_programs() { return all_of_them; }

}  // namespace bugs
