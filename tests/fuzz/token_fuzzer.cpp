// SPDX-License-Identifier: MIT
// For libFuzzer: any bytes as a token, as they are and with
// their checksum repaired. What is accepted must read back as the same schedule.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <heddle/sched/schedule.hpp>

namespace {

void parse(const std::string& text) {
  try {
    const auto read = heddle::sched::schedule::parse(text);
    if (read.indices.size() < 100'000 && !(heddle::sched::schedule::parse(read.token()) == read)) {
      std::abort();
    }
  } catch (const std::invalid_argument&) {
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  parse(text);
  if (text.size() < 5) return 0;
  const std::uint32_t sum =
      heddle::sched::hash_name(std::string_view(text).substr(0, text.size() - 4));
  for (int i = 0; i < 4; ++i) {
    text[text.size() - 1 - static_cast<std::size_t>(i)] = "0123456789abcdef"[sum >> (4 * i) & 15];
  }
  parse(text);
  return 0;
}
