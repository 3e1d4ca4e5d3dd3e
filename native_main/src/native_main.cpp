// SPDX-License-Identifier: MIT
#include <cstdio>
#include <cstdlib>

#include <heddle/explorers/explore.hpp>
#include <heddle/native/program.hpp>

// Explores a program whose main has been compiled under another name: -Dmain=heddle_program_main.
// The environment says how (HEDDLE_EXPLORER, HEDDLE_EXECUTIONS, HEDDLE_TIME, ..); the exit status
// is 1 if something was found.

// As C, and as C++ in both of its forms.
extern "C" [[gnu::weak]] int heddle_program_main_c(int, char**) __asm__("heddle_program_main");
[[gnu::weak]] int heddle_program_main(int, char**);
[[gnu::weak]] int heddle_program_main();

namespace {

int arguments = 0;
char** values = nullptr;

void run_program() {
  if (&heddle_program_main_c != nullptr) {
    heddle_program_main_c(arguments, values);
  } else if (static_cast<int (*)(int, char**)>(&heddle_program_main) != nullptr) {
    heddle_program_main(arguments, values);
  } else {
    heddle_program_main();
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (&heddle_program_main_c == nullptr &&
      static_cast<int (*)(int, char**)>(&heddle_program_main) == nullptr &&
      static_cast<int (*)()>(&heddle_program_main) == nullptr) {
    std::fprintf(
        stderr,
        "heddle::native_main: this program has no function heddle_program_main; compile its "
        "main with -Dmain=heddle_program_main\n");
    return 2;
  }
  arguments = argc;
  values = argv;
  heddle::options how;
  how.name = argv[0];
  how.name.erase(0, how.name.rfind('/') + 1);
  heddle::native::explore_as_program();
  const heddle::report found = heddle::explore(how, [] {
    run_program();
    heddle::native::exit_program();
  });
  std::printf("%s\n", found.text().c_str());
  return found.failure ? 1 : 0;
}
