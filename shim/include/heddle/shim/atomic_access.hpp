// SPDX-License-Identifier: MIT
#pragma once

#include <heddle/shim/atomic_arithmetic.hpp>
#include <heddle/shim/atomic_words.hpp>
#include <heddle/shim/memory_order.hpp>

// What calls on atomics do, whether the value lives in an atomic or is referred to: one visible
// operation each. A cell is where the value lives:
//
//   cell.model()          the model object, which holds the value as a word
//   cell.words()          how values become words
//   cell.settle(value)    called after each change, with the new value
namespace heddle::detail::atomics {

template <class T, class Cell>
T load(Cell& cell, memory_order order, location where) {
  expect_load_order(order, cell.model(), "an atomic load with an order that releases", where);
  return cell.words().decode(sched::load(cell.model(), order, where));
}

template <class T, class Cell>
void store(Cell& cell, const T& value, memory_order order, location where) {
  expect_store_order(order, cell.model(), "an atomic store with an order that acquires", where);
  sched::store(cell.model(), cell.words().encode(value), order, where);
  cell.settle(value);
}

template <class T, class Cell>
T exchange(Cell& cell, const T& value, memory_order order, location where) {
  const T before = cell.words().decode(sched::modify(
      cell.model(), cell.words().encode(value),
      [](std::uint64_t, std::uint64_t desired) { return desired; }, order, where));
  cell.settle(value);
  return before;
}

template <class T, class Cell>
bool compare_exchange(Cell& cell, T& expected, const T& desired, bool weak, memory_order success,
                      memory_order failure, location where) {
  expect_load_order(failure, cell.model(), "a compare-exchange whose failure order releases",
                    where);
  std::uint64_t word = cell.words().encode(expected);
  const bool done = sched::compare_exchange(cell.model(), word, cell.words().encode(desired), weak,
                                            success, failure, where);
  if (done) {
    cell.settle(desired);
  } else {
    expected = cell.words().decode(word);
  }
  return done;
}

// value = Function{}(value, operand); returns the value before.
template <class T, class Function, class Cell>
T modify(Cell& cell, operand_t<T> operand, memory_order order, location where) {
  T before;
  if constexpr (fits_word<T>) {
    before = from_word<T>(sched::modify(
        cell.model(), to_word(operand),
        [](std::uint64_t current, std::uint64_t with) {
          return to_word(Function{}(from_word<T>(current), from_word<operand_t<T>>(with)));
        },
        order, where));
  } else {
    // Too wide for a word (long double): the operand is where both are known.
    using words = std::remove_reference_t<decltype(cell.words())>;
    struct both {
      words* codec;
      T operand;
    } const given{&cell.words(), operand};
    before = cell.words().decode(sched::modify(
        cell.model(), reinterpret_cast<std::uintptr_t>(&given),
        [](std::uint64_t current, std::uint64_t at) {
          const both& with = *reinterpret_cast<const both*>(static_cast<std::uintptr_t>(at));
          return with.codec->encode(Function{}(with.codec->decode(current), with.operand));
        },
        order, where));
  }
  cell.settle(Function{}(before, operand));
  return before;
}

template <class T, class Cell>
void wait(Cell& cell, const T& old, memory_order order, location where) {
  expect_load_order(order, cell.model(), "an atomic wait with an order that releases", where);
  sched::atomic_wait(cell.model(), cell.words().encode(old), order, where);
}

}  // namespace heddle::detail::atomics
