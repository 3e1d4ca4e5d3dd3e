// SPDX-License-Identifier: MIT
#include "progress.hpp"

#include "statistics_text.hpp"

#include <fmt/format.h>
#include <unistd.h>

namespace heddle::explorers {

namespace {
void put(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written <= 0) return;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}
}  // namespace

progress_line::progress_line(int descriptor)
    : descriptor_(descriptor),
      terminal_(::isatty(descriptor) == 1),
      next_(clock::now() + std::chrono::seconds(1)) {}

progress_line::~progress_line() {
  if (written_) put(descriptor_, "\r\x1b[K");
}

void progress_line::update(std::string_view name, std::int64_t executions, std::int64_t of,
                           double done, clock::time_point now) {
  if (!terminal_ || now < next_) return;
  next_ = now + std::chrono::milliseconds(250);
  written_ = true;
  const std::string limit = of == 0 ? std::string() : fmt::format(" of at most {}", of);
  std::string search;
  if (done > 0 && done < 1) {
    const auto left = std::chrono::duration<double>(now - started_) * (1 / done - 1);
    search = fmt::format(", {:.{}f} % of the search", 100 * done, done < 0.1 ? 2 : 0);
    if (left < std::chrono::hours(1'000'000)) {
      search += fmt::format(", about {} left",
                            about(std::chrono::duration_cast<std::chrono::nanoseconds>(left)));
    }
  }
  put(descriptor_,
      fmt::format("\r\x1b[Kheddle: {}: {} executions{}{}", name, executions, limit, search));
}

}  // namespace heddle::explorers
