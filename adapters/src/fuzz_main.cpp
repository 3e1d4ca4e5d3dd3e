// SPDX-License-Identifier: MIT
// A HEDDLE_FUZZ test without a fuzzer: runs the files it is given, or standard input. AFL++ makes
// do with that, too: afl-fuzz -i in -o out -- ./program @@
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

extern "C" int LLVMFuzzerInitialize(int* argc, char*** argv);
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(std::FILE* from) {
  std::string bytes;
  char block[4096];
  for (std::size_t read; (read = std::fread(block, 1, sizeof block, from)) != 0;) {
    bytes.append(block, read);
  }
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

}  // namespace

int main(int argc, char** argv) {
  LLVMFuzzerInitialize(&argc, &argv);
  if (argc < 2) run(stdin);
  for (int i = 1; i < argc; ++i) {
    std::FILE* file = std::fopen(argv[i], "rb");
    if (file == nullptr) {
      std::perror(argv[i]);
      return 2;
    }
    run(file);
    std::fclose(file);
  }
  return 0;
}
