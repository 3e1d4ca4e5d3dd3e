// SPDX-License-Identifier: MIT
// Writes the HTML report of a failure after more than 5,000 steps to the file that is named.
#include <cstdio>
#include <fstream>

#include <heddle/heddle.hpp>

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  heddle::options how;
  how.name = "Page.</script><script>document.title='pwned'</script>";
  how.explorer = "random";
  how.environment = false;
  how.minimise = 0;
  how.diagnose = false;
  const heddle::report found = heddle::explore(how, [] {
    heddle::atomic<int> noise{0};
    heddle::atomic<int> balance{0};
    heddle::mutex guard;
    heddle::name(noise, "noise <img src=x onerror=\"document.title='pwned'\">");
    heddle::name(balance, "balance");
    const auto work = [&] {
      for (int i = 0; i < 1'260; ++i) noise.fetch_add(1);
      const heddle::lock_guard hold(guard);
      balance.fetch_add(1);
    };
    heddle::thread one(heddle::named("one & <only>"), work);
    heddle::thread two(work);
    heddle::thread three(work);
    heddle::thread four(work);
    one.join();
    two.join();
    three.join();
    four.join();
    heddle::check(balance.load() == 5, "always wrong </script>");
  });
  std::ofstream(argv[1], std::ios::binary) << found.html();
  std::printf("%zu entries\n", found.failure ? found.failure->trace.entries.size() : 0);
  return found.failure ? 0 : 1;
}
