// SPDX-License-Identifier: MIT
#include "capture.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cstdint>
#include <cstdio>
#include <iostream>

// Present when a sanitizer runtime is linked in, whatever this file is built with.
extern "C" void __sanitizer_set_report_fd(void* fd) __attribute__((weak));

namespace heddle::explorers {

output_capture::output_capture(bool enabled) : enabled_(enabled) {
  if (!enabled_) return;
  sink_ = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
  real_[0] = ::fcntl(1, F_DUPFD_CLOEXEC, 3);
  real_[1] = ::fcntl(2, F_DUPFD_CLOEXEC, 3);
  if (sink_ < 0 || real_[0] < 0 || real_[1] < 0) {  // closed descriptors: there is nothing to keep
    enabled_ = false;
    for (const int fd : {sink_, real_[0], real_[1]}) {
      if (fd >= 0) ::close(fd);
    }
    return;
  }
  redirect(sink_);
  if (__sanitizer_set_report_fd != nullptr) {
    __sanitizer_set_report_fd(reinterpret_cast<void*>(static_cast<std::intptr_t>(real_[1])));
  }
}

output_capture::~output_capture() {
  if (!enabled_) return;
  flush();
  ::dup2(real_[0], 1);
  ::dup2(real_[1], 2);
  if (__sanitizer_set_report_fd != nullptr) {
    __sanitizer_set_report_fd(reinterpret_cast<void*>(std::intptr_t{2}));
  }
  for (const int fd : {real_[0], real_[1], sink_, store_}) {
    if (fd >= 0) ::close(fd);
  }
}

void output_capture::flush() {
  std::cout.flush();
  std::cerr.flush();
  std::clog.flush();
  std::fflush(nullptr);
}

void output_capture::redirect(int to) {
  flush();
  ::dup2(to, 1);
  ::dup2(to, 2);
}

void output_capture::keep_from_here() {
  if (!enabled_) return;
  if (store_ < 0) store_ = ::memfd_create("heddle-output", MFD_CLOEXEC);
  if (store_ < 0) return;
  ::ftruncate(store_, 0) == 0 ? ::lseek(store_, 0, SEEK_SET) : 0;
  redirect(store_);
}

std::string output_capture::kept() {
  if (!enabled_ || store_ < 0) return {};
  redirect(sink_);
  std::string text(64 * 1024, '\0');
  const ssize_t size = ::pread(store_, text.data(), text.size(), 0);
  text.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
  return text;
}

}  // namespace heddle::explorers
