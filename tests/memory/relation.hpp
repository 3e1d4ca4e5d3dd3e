// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>

namespace litmus {

using event_set = std::uint64_t;

// A binary relation over at most 64 events: row i holds the events that i is related to.
class relation {
 public:
  explicit relation(int size) noexcept : size_(size) {}

  void add(int from, int to) noexcept { rows_[at(from)] |= event_set{1} << to; }
  [[nodiscard]] bool has(int from, int to) const noexcept { return rows_[at(from)] >> to & 1; }
  [[nodiscard]] int size() const noexcept { return size_; }

  friend relation operator|(relation a, const relation& b) noexcept {
    for (int i = 0; i < a.size_; ++i) a.rows_[at(i)] |= b.rows_[at(i)];
    return a;
  }
  friend relation operator&(relation a, const relation& b) noexcept {
    for (int i = 0; i < a.size_; ++i) a.rows_[at(i)] &= b.rows_[at(i)];
    return a;
  }
  // a;b
  friend relation operator*(const relation& a, const relation& b) noexcept {
    relation result(a.size_);
    for (int i = 0; i < a.size_; ++i) {
      for (event_set left = a.rows_[at(i)]; left != 0; left &= left - 1) {
        result.rows_[at(i)] |= b.rows_[at(__builtin_ctzll(left))];
      }
    }
    return result;
  }
  [[nodiscard]] relation inverse() const noexcept {
    relation result(size_);
    for (int i = 0; i < size_; ++i) {
      for (int j = 0; j < size_; ++j) {
        if (has(i, j)) result.add(j, i);
      }
    }
    return result;
  }
  [[nodiscard]] relation without_identity() const noexcept {
    relation result = *this;
    for (int i = 0; i < size_; ++i) result.rows_[at(i)] &= ~(event_set{1} << i);
    return result;
  }
  [[nodiscard]] relation maybe() const noexcept {  // r?
    relation result = *this;
    for (int i = 0; i < size_; ++i) result.add(i, i);
    return result;
  }
  [[nodiscard]] relation closure() const noexcept {  // r+
    relation result = *this;
    for (int k = 0; k < size_; ++k) {
      for (int i = 0; i < size_; ++i) {
        if (result.has(i, k)) result.rows_[at(i)] |= result.rows_[at(k)];
      }
    }
    return result;
  }
  // [from];r;[to]
  [[nodiscard]] relation between(event_set from, event_set to) const noexcept {
    relation result(size_);
    for (int i = 0; i < size_; ++i) {
      if (from >> i & 1) result.rows_[at(i)] = rows_[at(i)] & to;
    }
    return result;
  }
  [[nodiscard]] bool irreflexive() const noexcept {
    for (int i = 0; i < size_; ++i) {
      if (has(i, i)) return false;
    }
    return true;
  }
  [[nodiscard]] bool acyclic() const noexcept { return closure().irreflexive(); }
  [[nodiscard]] static relation identity(int size, event_set of) noexcept {
    relation result(size);
    for (int i = 0; i < size; ++i) {
      if (of >> i & 1) result.add(i, i);
    }
    return result;
  }

 private:
  static constexpr std::size_t at(int event) noexcept { return static_cast<std::size_t>(event); }
  int size_;
  std::array<event_set, 64> rows_{};
};

}  // namespace litmus
