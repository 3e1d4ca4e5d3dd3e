// SPDX-License-Identifier: MIT
#include "scaled.hpp"

#include <charconv>
#include <deque>
#include <memory>

#include "door.hpp"

namespace heddle::bench {

namespace {

unsigned threads_wanted = 0;
unsigned each_does = 0;

// Each thread gets one of a number of `Own`, and does work(its own, step) so many times.
template <class Own, class Work>
void in_all_threads(const Work& work) {
  std::deque<thread> threads;
  std::deque<Own> own;
  for (unsigned i = 0; i < threads_wanted; ++i) {
    threads.emplace_back([&work, &mine = own.emplace_back()] {
      for (unsigned step = 0; step < each_does; ++step) work(mine, step);
    });
  }
  for (thread& each : threads) each.join();
}

void stores() {
  in_all_threads<atomic<unsigned>>([](auto& mine, unsigned step) { mine.store(step); });
}

void counter() {
  mutex guard;
  var<unsigned> count{0};
  in_all_threads<char>([&](char&, unsigned) {
    lock_guard lock(guard);
    ++count;
  });
}

// Plain data of the body's own, some words of it.
void accesses() {
  constexpr unsigned words = 64;
  const auto own = std::make_unique<var<unsigned>[]>(words);
  asm volatile("" : : "r"(own.get()) : "memory");  // others might know of it
  for (unsigned i = 0; i < each_does; ++i) own[i % words].store(i);
}

bool parse(std::string_view size) {
  const char* const end = size.data() + size.size();
  const auto [cross, no_threads] = std::from_chars(size.data(), end, threads_wanted);
  if (no_threads != std::errc() || cross == end || *cross != 'x') return false;
  const auto [rest, no_steps] = std::from_chars(cross + 1, end, each_does);
  return no_steps == std::errc() && rest == end && threads_wanted > 0;
}

}  // namespace

std::optional<workload> scaled_workload(std::string_view name) {
  const std::size_t colon = name.find(':');
  if (colon == name.npos || !parse(name.substr(colon + 1))) return std::nullopt;
  const std::string_view kind = name.substr(0, colon);
  const unsigned steps = threads_wanted * each_does;
  if (kind == "stores") return workload{"stores", steps, &stores, 0, nullptr};
  if (kind == "counter") return workload{"counter", 2 * steps, &counter, 0, nullptr};
  if (kind == "accesses") return workload{"accesses", 0, &accesses, 0, nullptr};
  return std::nullopt;
}

}  // namespace heddle::bench
