// SPDX-License-Identifier: MIT
#include "copied_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>

#include "interruption.hpp"

namespace heddle::explorers {

namespace {

void write_all(int to, const char* data, std::size_t size) {
  while (size != 0) {
    const ssize_t written = ::write(to, data, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) ::_exit(1);  // nobody listens any more
    data += written;
    size -= static_cast<std::size_t>(written);
  }
}

// A message is its length and its bytes.
[[noreturn]] void be_the_copy(int to, const std::function<void(const teller&)>& work) {
  const rlimit no_core{};
  ::setrlimit(RLIMIT_CORE, &no_core);
  if (const int sink = ::open("/dev/null", O_WRONLY | O_CLOEXEC); sink >= 0) {
    ::dup2(sink, 1);
    ::dup2(sink, 2);
  }
  work([to](const std::string& message) {
    const auto size = static_cast<std::uint32_t>(message.size());
    write_all(to, reinterpret_cast<const char*>(&size), sizeof size);
    write_all(to, message.data(), message.size());
  });
  ::_exit(0);
}

// Hands out whole messages, and leaves the beginning of the next one.
void take_messages(std::string& bytes, const std::function<void(const std::string&)>& heard) {
  std::uint32_t size = 0;
  while (bytes.size() >= sizeof size) {
    std::memcpy(&size, bytes.data(), sizeof size);
    if (bytes.size() < sizeof size + size) return;
    heard(bytes.substr(sizeof size, size));
    bytes.erase(0, sizeof size + size);
  }
}

void listen(int from, std::chrono::nanoseconds time,
            const std::function<void(const std::string&)>& heard) {
  using clock = std::chrono::steady_clock;
  const auto until = clock::now() + (time.count() != 0 ? time : std::chrono::hours(1));
  std::string bytes;
  char buffer[4096];
  while (clock::now() < until && !interruption::requested()) {
    pollfd readable{from, POLLIN, 0};
    if (::poll(&readable, 1, 50) <= 0) continue;
    const ssize_t size = ::read(from, buffer, sizeof buffer);
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return;
    bytes.append(buffer, static_cast<std::size_t>(size));
    take_messages(bytes, heard);
  }
}

}  // namespace

void in_a_copy_of_the_process(std::chrono::nanoseconds time,
                              const std::function<void(const teller& tell)>& work,
                              const std::function<void(const std::string& message)>& heard) {
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return;
  const pid_t copy = ::fork();
  if (copy == 0) {
    ::close(ends[0]);
    be_the_copy(ends[1], work);
  }
  ::close(ends[1]);
  if (copy > 0) {
    listen(ends[0], time, heard);
    ::kill(copy, SIGKILL);
    while (::waitpid(copy, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
  ::close(ends[0]);
}

}  // namespace heddle::explorers
