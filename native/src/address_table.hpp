// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

#include <heddle/sched/ids.hpp>

namespace heddle::native {

// What an execution knows about addresses: open addressing, emptied by counting up. An address on a
// stack means something else once another thread has the stack: hence the owner.
template <class Value>
class address_table {
 public:
  // A new Value where there is none yet.
  Value& at(std::uintptr_t address, std::uint32_t owner) {
    if ((used_ + 1) * 2 > capacity_) grow();
    slot& found = search(slots_.get(), capacity_, address);
    if (found.epoch != epoch_ || found.owner != owner) {
      if (found.epoch != epoch_) ++used_;
      found = {address, epoch_, owner, Value{}};
    }
    return found.value;
  }
  // Null: nothing is known.
  Value* find(std::uintptr_t address, std::uint32_t owner) noexcept {
    if (used_ == 0) return nullptr;
    slot& found = search(slots_.get(), capacity_, address);
    return found.epoch == epoch_ && found.owner == owner ? &found.value : nullptr;
  }
  void clear() noexcept {
    used_ = 0;
    if (++epoch_ != 0) return;
    epoch_ = 1;
    for (std::size_t i = 0; i < capacity_; ++i) slots_[i].epoch = 0;
  }

 private:
  struct slot {
    std::uintptr_t address = 0;
    std::uint32_t epoch = 0;  // not the current one: free
    std::uint32_t owner = 0;
    Value value{};
  };
  slot& search(slot* in, std::size_t capacity, std::uintptr_t address) const noexcept {
    std::size_t at = sched::mix(address) & (capacity - 1);
    while (in[at].epoch == epoch_ && in[at].address != address) at = (at + 1) & (capacity - 1);
    return in[at];
  }
  void grow() {
    const std::size_t capacity = capacity_ == 0 ? 1024 : capacity_ * 2;
    auto bigger = std::make_unique<slot[]>(capacity);
    for (std::size_t i = 0; i < capacity_; ++i) {
      if (slots_[i].epoch == epoch_) search(bigger.get(), capacity, slots_[i].address) = slots_[i];
    }
    slots_ = std::move(bigger);
    capacity_ = capacity;
  }

  std::unique_ptr<slot[]> slots_;
  std::size_t capacity_ = 0;
  std::size_t used_ = 0;
  std::uint32_t epoch_ = 1;
};

}  // namespace heddle::native
