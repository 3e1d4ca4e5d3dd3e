// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <set>
#include <sstream>
#include <string>
#include <syncstream>

#include "shim/both_explorers.hpp"

namespace {

using counted::all;
using counted::outcomes_of;

template <class Stream, class Buffer>
constexpr bool surface() {
  static_assert(std::is_constructible_v<Stream, std::ostream&> &&
                !std::is_convertible_v<std::ostream&, Stream>);
  static_assert(std::is_constructible_v<Stream, std::streambuf*, std::allocator<char>>);
  static_assert(std::is_move_constructible_v<Stream> && std::is_move_assignable_v<Stream>);
  static_assert(!std::is_copy_constructible_v<Stream>);
  static_assert(std::is_same_v<typename Stream::syncbuf_type, Buffer>);
  static_assert(std::is_same_v<decltype(std::declval<const Stream&>().rdbuf()), Buffer*>);
  static_assert(std::is_same_v<decltype(std::declval<Stream&>().emit()), void>);
  static_assert(std::is_same_v<decltype(std::declval<Buffer&>().emit()), bool>);
  static_assert(noexcept(std::declval<const Stream&>().get_wrapped()));
  static_assert(std::is_base_of_v<std::streambuf, Buffer> &&
                std::is_default_constructible_v<Buffer>);
  return true;
}
static_assert(surface<std::osyncstream, std::syncbuf>());
static_assert(surface<heddle::osyncstream, heddle::syncbuf>());

// Two lines of two parts each, never mixed: two orders.
TEST(OSyncStream, EmitsItsTextInOnePiece) {
  const auto found = outcomes_of([] {
    std::ostringstream out;
    counted::in_threads(2, [&](unsigned i) { heddle::osyncstream(out) << i << i << ' '; });
    return out.str();
  });
  EXPECT_EQ(found.values(), (std::set<std::string>{"00 11 ", "11 00 "}));
  EXPECT_EQ(found.report.executions, 2);
}

TEST(OSyncStream, OrdersWhatCameBeforeAnEarlierEmission) {
  const auto seen = all([] {
    std::ostringstream out;
    heddle::var<int> data{0};
    heddle::thread writer([&] {
      data.store(1);
      heddle::osyncstream(out) << "x";
    });
    heddle::osyncstream mine(out);
    mine << "y";
    mine.emit();
    if (out.str() == "xy") (void)data.load();
    writer.join();
  });
  EXPECT_EQ(counted::kind(seen), "none") << seen.text();
}

template <class Stream>
std::string use() {
  std::ostringstream out;
  {
    Stream first(out);
    first << "a" << 1;
    if (!out.str().empty()) return "too early";
    Stream moved(std::move(first));
    moved << "b";
    if (moved.get_wrapped() != out.rdbuf()) return "wrapped";
    moved.emit();
    moved << "c" << std::flush;
    if (out.str() != "a1b") return "no emission on a flush";
  }
  Stream none(static_cast<std::streambuf*>(nullptr));
  none << "lost";
  none.emit();
  return out.str() + (none.fail() ? "!" : "?");
}
TEST(OSyncStream, DoesAsTheStandards) {
  EXPECT_EQ(use<heddle::osyncstream>(), use<std::osyncstream>());
  EXPECT_EQ(use<heddle::osyncstream>(), "a1bc!");
  std::string inside;
  EXPECT_TRUE(all([&] { inside = use<heddle::osyncstream>(); }).passed());
  EXPECT_EQ(inside, "a1bc!");
}

TEST(OSyncStream, ObeysItsManipulators) {
  std::ostringstream out;
  heddle::osyncstream stream(out);
  stream << heddle::emit_on_flush << "a" << std::flush;
  EXPECT_EQ(out.str(), "a");
  stream << heddle::noemit_on_flush << "b" << std::flush;
  EXPECT_EQ(out.str(), "a");
  stream << heddle::flush_emit;
  EXPECT_EQ(out.str(), "ab");
}

}  // namespace
