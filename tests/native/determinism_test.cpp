// SPDX-License-Identifier: MIT
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <future>
#include <heddle/explorers/random_walk.hpp>
#include <heddle/explorers/wrapper.hpp>
#include <heddle/gtest.hpp>
#include <map>
#include <memory>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <unordered_set>
#include <vector>

// With one seed, every process performs the same operations on the same objects, wherever the
// system has put the program, its libraries and its memory. HEDDLE_NATIVE_PROCESSES says how many
// are compared.
namespace {

// Hashes (thread, operation, object, result) of everything that happens.
class hashing final : public heddle::explorers::wrapper {
 public:
  using wrapper::wrapper;
  [[nodiscard]] needs wants() const override {
    needs all = wrapper::wants();
    all.steps = true;
    return all;
  }
  void step(const heddle::sched::event& done, const heddle::sched::operation& next) override {
    wrapper::step(done, next);
    for (const std::uint64_t part :
         {std::uint64_t{done.thread}, static_cast<std::uint64_t>(done.op.kind), done.op.object,
          static_cast<std::uint64_t>(done.op.result)}) {
      sum = heddle::sched::mix(sum, part);
    }
    ++events;
  }
  std::uint64_t sum = 0;
  std::uint64_t events = 0;
};

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

std::string hash_of_everything() {
  std::string text;
  for (const auto& body : {locks_and_memory, futures_and_semaphores, addresses_that_decide}) {
    heddle::options how;
    how.executions = 200;
    how.time = std::chrono::seconds(0);
    how.races = heddle::races::off;
    heddle::explorers::random_walk random(7);
    hashing decide(random);
    const heddle::report found = heddle::explore(how, decide, body);
    std::array<char, 64> line{};
    std::snprintf(
        line.data(), line.size(), "%llx.%llu.%lld;", static_cast<unsigned long long>(decide.sum),
        static_cast<unsigned long long>(decide.events), static_cast<long long>(found.executions));
    text += line.data();
  }
  return text;
}

std::string output_of(const char* command) {
  std::string text;
  std::FILE* const pipe = popen(command, "r");
  if (pipe == nullptr) return text;
  std::array<char, 256> part{};
  while (std::fgets(part.data(), part.size(), pipe) != nullptr) text += part.data();
  pclose(pipe);
  const std::size_t at = text.find("hash: ");
  return at == std::string::npos ? text : text.substr(at, text.find('\n', at) - at);
}

TEST(NativeDeterminism, EveryProcessDoesTheSame) {
  if (std::getenv("HEDDLE_NATIVE_PRINT") != nullptr) {
    std::printf("hash: %s\n", hash_of_everything().c_str());
    return;
  }
  const char* const asked = std::getenv("HEDDLE_NATIVE_PROCESSES");
  const int processes = asked == nullptr ? 4 : std::atoi(asked);
  std::map<std::string, int> seen;
  for (int i = 0; i < processes; ++i) {
    ++seen[output_of(
        "HEDDLE_NATIVE_PRINT=1 /proc/$PPID/exe "
        "--gtest_filter=NativeDeterminism.EveryProcessDoesTheSame 2>&1")];
  }
  EXPECT_EQ(seen.size(), 1u);
  for (const auto& [hash, count] : seen) {
    EXPECT_TRUE(hash.starts_with("hash: ")) << hash;
    EXPECT_EQ(hash.find(".0."), std::string::npos) << hash;
    if (seen.size() > 1) ADD_FAILURE() << count << " times " << hash;
  }
}

}  // namespace
