// SPDX-License-Identifier: MIT
#include <pthread.h>

#include <cassert>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

// What a whole program may do, by its first argument.
namespace {

std::mutex mutex;

template <class F>
void in_two_threads(F f) {
  std::thread a(f);
  std::thread b(f);
  a.join();
  b.join();
}
void meet() {
  in_two_threads([] { const std::lock_guard lock(mutex); });
}

// State of every sort: each execution must find it as it was made.
struct list {
  int count = 3;
  std::vector<int> items{1, 2, 3};
};
int counter = 7;
char text[16] = "as it was";
char* const block = new char[8]{'n', 'e', 'w'};
const std::unique_ptr<list> on_the_heap = std::make_unique<list>();
std::map<int, int> tree{{1, 1}, {2, 4}};
int numbers[2] = {1, 2};

int next_of_static() {
  static std::vector<int> seen{42};
  seen.push_back(0);
  return static_cast<int>(seen.size());
}

void state() {
  assert(counter == 7);
  assert(std::strcmp(text, "as it was") == 0);
  assert(std::strcmp(block, "new") == 0);
  assert(on_the_heap->count == 3 && on_the_heap->items.size() == 3);
  assert(tree.size() == 2 && tree[2] == 4);
  assert(numbers[0] == 1 && numbers[1] == 2);
  assert(next_of_static() == 2);
  in_two_threads([] {
    const std::lock_guard lock(mutex);
    ++counter;
    on_the_heap->items.push_back(++on_the_heap->count);
    tree[counter] = 0;
    tree.erase(1);
  });
  std::memset(text, 'x', sizeof text);  // not instrumented
  std::strcpy(block, "changed");        // likewise
  std::sscanf("10 20", "%d %d", &numbers[0], &numbers[1]);
}

void keys() {
  pthread_key_t key;
  assert(pthread_key_create(&key, nullptr) == 0);  // there are 1,024 of them
  meet();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view mode = argc > 1 ? argv[1] : "";
  if (mode == "arguments") {
    assert(argc == 3 && std::string_view(argv[2]) == "two words" && argv[3] == nullptr);
    meet();
  } else if (mode == "state") {
    state();
  } else if (mode == "keys") {
    keys();
  } else if (mode == "output") {
    std::printf("this is shown once\n");
    meet();
    assert(!"on purpose");
  } else if (mode == "quiet") {
    std::printf("this is shown never\n");
    meet();
  } else if (mode == "exit") {
    std::thread([] { std::exit(5); }).join();
    assert(!"nobody comes here");
  } else if (mode == "exception") {
    std::thread([] { throw std::runtime_error("thrown on purpose"); }).join();
  } else if (mode == "abort") {
    meet();
    std::abort();
  } else if (mode == "crash") {
    meet();
    *static_cast<volatile int*>(nullptr) = 1;
  } else if (mode == "race") {
    in_two_threads([] { ++counter; });
  }
  return 3;  // the status of the program is no failure
}
