// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <new>
#include <type_traits>
#include <utility>
#include <vector>

#include <heddle/sched/point.hpp>
#include <heddle/sched/thread_hooks.hpp>

namespace heddle {

namespace detail {

// The values of one thread, the last made first, in the execution's memory.
struct local_value {
  std::uint64_t owner;  // the thread_specific it belongs to
  local_value* next;
  void* value;  // null when destroyed
};

inline std::uint64_t next_local_owner() noexcept {
  static std::atomic<std::uint64_t> count{0};
  return ++count;
}
inline local_value* find_local(std::uint64_t owner) noexcept {
  auto* at = static_cast<local_value*>(sched::thread_local_word());
  while (at != nullptr && (at->owner != owner || at->value == nullptr)) at = at->next;
  return at;
}

// Values of an OS thread outside any execution, which end with it.
inline std::vector<std::shared_ptr<void>>& values_of_os_thread() {
  thread_local std::vector<std::shared_ptr<void>> all;
  return all;
}

}  // namespace detail

// One value per thread, as a thread_local variable (which the threads of an execution, fibers of
// one OS thread, would share). A thread's value is made when it first asks for it, by the function
// given or else by T(), and destroyed when the thread ends, the last one made first. No scheduling
// points.
//
//   heddle::thread_specific<int> depth([] { return 1; });
//   ++*depth;
//
// Outside an execution there is one value for each OS thread, destroyed with it.
template <class T>
class thread_specific {
 public:
  thread_specific() requires std::is_default_constructible_v<T> : make_([] { return T(); }) {}
  template <class Function>
  requires std::is_invocable_r_v<T, Function&>
  explicit thread_specific(Function make) : make_(std::move(make)) {}
  thread_specific(const thread_specific&) = delete;
  thread_specific& operator=(const thread_specific&) = delete;

  [[nodiscard]] T& get() const {
    const detail::local_value* found = detail::find_local(owner_);
    return *static_cast<T*>(found != nullptr ? found->value : add());
  }
  [[nodiscard]] T& operator*() const { return get(); }
  [[nodiscard]] T* operator->() const { return &get(); }
  // Has the calling thread a value yet?
  [[nodiscard]] bool has_value() const noexcept { return detail::find_local(owner_) != nullptr; }

 private:
  struct holder {
    detail::local_value entry;
    alignas(T) unsigned char value[sizeof(T)];
  };
  void* add() const {
    const bool inside = sched::in_execution();
    void* memory = inside ? sched::allocate(sizeof(holder), alignof(holder))
                          : ::operator new (sizeof(holder), std::align_val_t{alignof(holder)});
    auto* made = new (memory) holder;
    made->entry = {owner_, nullptr, nullptr};
    made->entry.value = new (made->value) T(make_());  // may itself ask for other values
    void*& first = sched::thread_local_word();
    made->entry.next = static_cast<detail::local_value*>(first);
    first = &made->entry;
    if (inside) {
      sched::at_thread_exit(sched::exit_phase::destructors, &destroy, &made->entry);
    } else {
      detail::values_of_os_thread().emplace_back(made, [](holder* old) {
        sched::thread_local_word() = nullptr;  // nobody asks any more
        destroy(&old->entry);
        ::operator delete (old, std::align_val_t{alignof(holder)});
      });
    }
    return made->entry.value;
  }
  static void destroy(void* at) {
    auto* entry = static_cast<detail::local_value*>(at);
    static_cast<T*>(std::exchange(entry->value, nullptr))->~T();
  }
  std::function<T()> make_;
  std::uint64_t owner_ = detail::next_local_owner();
};

}  // namespace heddle
