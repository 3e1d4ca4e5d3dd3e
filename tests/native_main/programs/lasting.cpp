// SPDX-License-Identifier: MIT
#include <cassert>
#include <cstring>
#include <mutex>
#include <thread>

// A global variable that leads to memory which a library has allocated.
char* text = ::strdup("as it was");
std::mutex mutex;

int main() {
  const auto look = [] {
    const std::lock_guard lock(mutex);
    assert(std::strlen(text) == 9);
  };
  std::thread a(look);
  std::thread b(look);
  a.join();
  b.join();
  return 0;
}
