// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <cstring>
#include <map>
#include <memory>

#include <heddle/sched/point.hpp>
#include <heddle/shim/atomic_words.hpp>

namespace heddle::detail {

// The model of a plain object that atomic_refs refer to.
template <class T>
struct referred_atomic {
  referred_atomic(std::uint64_t initial, atomic_words<T> codec, location created)
      : words(std::move(codec)),
        model(initial, printer<T>(), created, sched::mix(shared_key, sizeof(T))) {
    model.name = "atomic_ref";
  }
  static constexpr sched::stable_key shared_key = 0x61'746f'6d5f'7265;
  [[no_unique_address]] atomic_words<T> words;
  sched::atomic_object model;
  std::uint32_t references = 0;
};

// Those of one execution, by address. They stay to its end although references come and go: what a
// release wrote is acquired through another reference, later.
template <class T>
class referred_atomics {
 public:
  static referred_atomic<T>& at(T& object, location created) {
    referred_atomics& all = of_this_execution();
    auto& found = all.known_[&object];
    if (found == nullptr) {
      atomic_words<T> words;
      const std::uint64_t word = words.encode(object);
      found = std::make_unique<referred_atomic<T>>(word, std::move(words), created);
    }
    return *found;
  }
  // Called where nobody refers to the object any more: from here on it may be changed plainly.
  static void refresh(referred_atomic<T>& known, const T& object) {
    const std::uint64_t word = known.words.encode(object);
    if (word == known.model.value) return;
    known.model.value = word;
    known.model.released = {};
    known.model.newest = 0;
    ++known.model.version;
  }

 private:
  static referred_atomics& of_this_execution() {
    static thread_local referred_atomics all;
    if (all.execution_ != sched::execution_number()) {
      all.known_.clear();
      all.execution_ = sched::execution_number();
    }
    return all;
  }
  std::uint32_t execution_ = 0;
  std::map<const T*, std::unique_ptr<referred_atomic<T>>> known_;
};

// The value of an atomic_ref: in the object it refers to.
template <class T>
class referred_cell {
 public:
  referred_cell(T& object, location created) : object_(&object), created_(created) { refer(); }
  referred_cell(const referred_cell& other) noexcept
      : object_(other.object_), created_(other.created_) {
    refer();
  }
  referred_cell& operator=(const referred_cell&) = delete;
  ~referred_cell() {
    if (execution_ == sched::execution_number()) --known_->references;
  }
  [[nodiscard]] sched::atomic_object& model() { return known().model; }
  [[nodiscard]] atomic_words<T>& words() { return known().words; }
  // The newest value is not always the one just stored.
  void settle(const T&) noexcept {
    const T value = known_->words.decode(known_->model.value);
    std::memcpy(static_cast<void*>(object_), &value, sizeof(T));
  }

 private:
  void refer() {
    execution_ = sched::execution_number();
    known_ = &referred_atomics<T>::at(*object_, created_);
    if (known_->references++ == 0) referred_atomics<T>::refresh(*known_, *object_);
  }
  referred_atomic<T>& known() {
    if (execution_ != sched::execution_number()) refer();  // kept from an earlier execution
    return *known_;
  }
  T* object_;
  location created_;
  std::uint32_t execution_ = 0;
  referred_atomic<T>* known_ = nullptr;
};

}  // namespace heddle::detail
