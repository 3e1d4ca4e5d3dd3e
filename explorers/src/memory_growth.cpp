// SPDX-License-Identifier: MIT
#include "memory_growth.hpp"

#include <unistd.h>

#include <cstdio>

namespace heddle::explorers {

std::int64_t memory_growth::resident_megabytes() {
  std::FILE* file = std::fopen("/proc/self/statm", "r");
  if (file == nullptr) return 0;
  long long all = 0;
  long long resident = 0;  // in pages
  const bool read = std::fscanf(file, "%lld %lld", &all, &resident) == 2;
  std::fclose(file);
  return read ? resident * sysconf(_SC_PAGESIZE) / 1'000'000 : 0;
}

}  // namespace heddle::explorers
