// SPDX-License-Identifier: MIT
#pragma once

#include <sys/auxv.h>
#include <sys/syscall.h>

// The register that tells where thread-local variables are (x86-64: the base of fs).
namespace heddle::native {

[[nodiscard]] inline void* thread_pointer() noexcept {
  void* pointer;
  asm("mov %%fs:0x10, %0" : "=r"(pointer));
  return pointer;
}

// Without the instruction for it (old kernels, valgrind) a system call does the same.
inline const bool has_fsgsbase = (getauxval(AT_HWCAP2) & 2) != 0;

inline void set_thread_pointer(void* pointer) noexcept {
  if (has_fsgsbase) [[likely]] {
    asm volatile("wrfsbase %0" : : "r"(pointer) : "memory");
    return;
  }
  constexpr long set_fs = 0x1002;  // ARCH_SET_FS
  long result;
  asm volatile("syscall"
               : "=a"(result)
               : "a"(static_cast<long>(SYS_arch_prctl)), "D"(set_fs), "S"(pointer)
               : "rcx", "r11", "memory");
}

}  // namespace heddle::native
