// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <future>
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

#include "hashing.hpp"

// With one seed, every process performs the same operations on the same objects, wherever the
// system has put the program, its libraries and its memory. HEDDLE_NATIVE_PROCESSES says how many
// are compared.
namespace {

std::mutex global_mutex;
int global_count = 0;

void locks_and_memory() {
  std::vector<std::unique_ptr<std::mutex>> mutexes;
  for (int i = 0; i < 3; ++i) mutexes.push_back(std::make_unique<std::mutex>());
  const auto work = [&](std::size_t first) {
    for (std::size_t i = 0; i < 3; ++i) {
      const std::lock_guard lock(*mutexes[(first + i) % 3]);
      const std::lock_guard count(global_mutex);
      ++global_count;
    }
  };
  std::thread a(work, 0);
  std::thread b(work, 1);
  a.join();
  b.join();
}

void futures_and_semaphores() {
  std::counting_semaphore<3> places(1);
  auto a = std::async(std::launch::async, [&] {
    places.acquire();
    places.release();
    return 1;
  });
  std::promise<int> promise;
  std::thread b([&] {
    places.acquire();
    promise.set_value(2);
    places.release();
  });
  static_cast<void>(a.get() + promise.get_future().get());
  b.join();
}

// The order of an unordered container of pointers is the order of their addresses.
void addresses_that_decide() {
  std::unordered_set<std::mutex*> all;
  std::vector<std::unique_ptr<std::mutex>> owned;
  for (int i = 0; i < 8; ++i) {
    owned.push_back(std::make_unique<std::mutex>());
    all.insert(owned.back().get());
  }
  const auto work = [&] {
    for (std::mutex* at : all) const std::lock_guard lock(*at);
  };
  std::thread a(work);
  std::thread b(work);
  a.join();
  b.join();
}

// What a process prints, without what GoogleTest says.
std::vector<std::string> hashes_of(const char* command) {
  std::vector<std::string> lines;
  std::FILE* const pipe = popen(command, "r");
  if (pipe == nullptr) return lines;
  std::array<char, 256> part{};
  std::string line;
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) {
    line += part.data();
    if (!line.ends_with('\n')) continue;
    if (line.starts_with("hash: ")) lines.push_back(line);
    line.clear();
  }
  pclose(pipe);
  return lines;
}

// The bodies of NativeDoors print by themselves; this test prints the others.
TEST(NativeDeterminism, EveryProcessDoesTheSame) {
  if (hashes::wanted()) {
    hashes::print("locks and memory", locks_and_memory);
    hashes::print("futures and semaphores", futures_and_semaphores);
    hashes::print("addresses that decide", addresses_that_decide);
    for (const auto& [name, body] : hashes::bodies()) hashes::print(name, body);
    return;
  }
  const char* const asked = std::getenv("HEDDLE_NATIVE_PROCESSES");
  const int processes = asked == nullptr ? 3 : std::atoi(asked);
  std::map<std::string, int> seen;
  for (int i = 0; i < processes; ++i) {
    const std::vector<std::string> lines = hashes_of(
        "HEDDLE_NATIVE_PRINT=1 /proc/$PPID/exe "
        "--gtest_filter=NativeDoors.*:NativeDeterminism.EveryProcessDoesTheSame 2>&1");
    for (const std::string& line : lines) ++seen[line];
    EXPECT_GT(lines.size(), 100u) << "a process has ended early";
  }
  for (const auto& [line, count] : seen) {
    EXPECT_EQ(count, processes) << line;
    EXPECT_EQ(line.find("plain accesses 0 of 0"), std::string::npos) << line;
  }
}

}  // namespace
