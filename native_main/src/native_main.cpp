// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include <heddle/explorers/explore.hpp>
#include <heddle/native/program.hpp>

// Explores a program whose main has been compiled under another name: -Dmain=heddle_program_main.
// The environment says how (HEDDLE_EXPLORER, HEDDLE_EXECUTIONS, HEDDLE_TIME, ..); the exit status
// is 1 if something was found.

// As C, and as C++ in both of its forms.
extern "C" [[gnu::weak]] int heddle_program_main_c(int, char**) __asm__("heddle_program_main");
[[gnu::weak]] int heddle_program_main(int, char**);
[[gnu::weak]] int heddle_program_main();

const char heddle_native_runner = 1;

// In a namespace of Heddle, whose variables are not put back between executions.
namespace heddle::native_main {
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

// What one execution leaves behind in these could be what the next one fails or passes by: then not
// everything has been explored.
void claim_less(heddle::report& of, const std::vector<std::string>& lasting) {
  if (lasting.empty()) return;
  constexpr std::size_t most = 5;
  std::string names;
  for (std::size_t i = 0; i < lasting.size() && i < most; ++i)
    names += (i == 0 ? "" : ", ") + lasting[i];
  if (lasting.size() > most) names += " and " + std::to_string(lasting.size() - most) + " more";
  of.coverage = std::min(of.coverage, heddle::coverage::bounded);
  of.assumptions.push_back(
      "library functions do not write to " + names +
      ", which lead to memory of libraries: only what instrumented code writes there is put back "
      "between executions");
}

}  // namespace
}  // namespace heddle::native_main

int main(int argc, char** argv) {
  using namespace heddle::native_main;
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
  const std::vector<std::string> lasting = heddle::native::explore_as_program();
  heddle::report found = heddle::explore(how, [] {
    run_program();
    heddle::native::exit_program();
  });
  claim_less(found, lasting);
  std::printf("%s\n", found.text().c_str());
  return found.failure ? 1 : 0;
}
