// SPDX-License-Identifier: MIT
// For libFuzzer: any bytes as a token, as they are and with
// their checksum repaired. What is accepted must read back as the same schedule.
//
// The parser is compiled into this program, so that the fuzzer sees its branches and the sanitizers
// its memory.
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <string>

#include <heddle/sched/schedule.hpp>

namespace {

// "9999999x0" is a run of ten million choices: that takes as long as ten thousand short tokens.
// Only one in 256 of the tokens with so long a run is tried.
bool takes_long(const std::string& text) {
  int digits = 0;
  for (const char c : text) {
    if (c == 'x' && digits > 4) return heddle::sched::hash_name(text) % 256 != 0;
    digits = c >= '0' && c <= '9' ? digits + 1 : 0;
  }
  return false;
}

void parse(const std::string& text) {
  if (takes_long(text)) return;
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
