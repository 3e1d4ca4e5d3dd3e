# SPDX-License-Identifier: MIT
# Sets HEDDLE_NATIVE: is the native door built? It needs Linux, x86-64 and the GNU C library, whose
# functions it stands in front of; and sanitizers do the same, so they exclude each other.

include(CheckCXXSourceCompiles)
check_cxx_source_compiles(
  "#include <features.h>
   #if !defined(__linux__) || !defined(__x86_64__) || !defined(__GLIBC__)
   #error \"not here\"
   #endif
   int main() {}"
  HEDDLE_NATIVE_POSSIBLE)

set(default ${HEDDLE_NATIVE_POSSIBLE})
if(HEDDLE_SANITIZE)
  set(default OFF)
endif()
option(HEDDLE_NATIVE "Build the native door (Linux, x86-64, GNU C library)" ${default})
if(HEDDLE_NATIVE AND NOT HEDDLE_NATIVE_POSSIBLE)
  message(FATAL_ERROR "HEDDLE_NATIVE needs Linux on x86-64 with the GNU C library; turn it off")
endif()
if(HEDDLE_NATIVE AND HEDDLE_SANITIZE)
  message(FATAL_ERROR "HEDDLE_NATIVE and HEDDLE_SANITIZE exclude each other; turn one of them off")
endif()
if(NOT HEDDLE_NATIVE)
  message(STATUS "heddle::native is left out: it needs Linux on x86-64 with the GNU C library, and no "
                 "HEDDLE_SANITIZE")
endif()
