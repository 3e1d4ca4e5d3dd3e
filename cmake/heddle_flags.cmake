# SPDX-License-Identifier: MIT
# heddle_flags(<target>): the warnings, the sanitizers and the rest of what only Heddle's own code
# is compiled with. Nothing of it reaches a consumer, except that a sanitized build links as one.

add_library(heddle_flags INTERFACE)

target_compile_options(
  heddle_flags
  INTERFACE -Wall
            -Wextra
            -Wpedantic
            # g++ also counts a constructor's parameter that is called like the public member it sets;
            # clang sees the shadowed members that matter.
            $<IF:$<CXX_COMPILER_ID:GNU>,-Wshadow=local,-Wshadow>
            -Wno-missing-field-initializers # trailing members with defaults are left out on purpose
            -Wconversion
            -Wno-sign-conversion # clang counts it into -Wconversion
            # C++20 allows a variadic macro without variable arguments; clang 14 does not know.
            $<$<CXX_COMPILER_ID:Clang,AppleClang>:-Wno-gnu-zero-variadic-macro-arguments>
            # For the commands of tools/heddle-gdb.py, which look into Heddle's own types.
            $<$<CXX_COMPILER_ID:Clang>:-fstandalone-debug>
            # Paths from the root of the sources, so that reports are the same in every clone.
            "-fmacro-prefix-map=${PROJECT_SOURCE_DIR}/=")

# False alarms of g++ 12 about std::string at -O2 (GCC bug 105651).
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
  target_compile_options(heddle_flags INTERFACE -Wno-restrict)
endif()
if(HEDDLE_WERROR)
  target_compile_options(heddle_flags INTERFACE -Werror)
endif()

if(HEDDLE_SANITIZE)
  target_compile_options(heddle_flags INTERFACE -fsanitize=${HEDDLE_SANITIZE}
                                                -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # The instrumentation makes g++ warn of uninitialised values that are none.
    target_compile_options(heddle_flags INTERFACE -Wno-error=maybe-uninitialized)
  endif()
endif()

function(heddle_flags target)
  # BUILD_INTERFACE: a static library exports what it links to, and this is no part of the export.
  target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:heddle_flags>)
  set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
  target_compile_features(${target} PRIVATE cxx_std_20)
  if(HEDDLE_SANITIZE)
    target_link_options(${target} PUBLIC $<BUILD_INTERFACE:-fsanitize=${HEDDLE_SANITIZE}>)
  endif()
endfunction()

# For tests and examples, which are compiled more often than run: in the default build -O1 -g1 halves
# the time that they take. With PCH, for targets of several files, GoogleTest and Heddle are parsed
# once.
function(heddle_quick_build target)
  if(CMAKE_BUILD_TYPE STREQUAL "RelWithDebInfo")
    target_compile_options(${target} PRIVATE -O1 -g1)
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "PCH" "" "")
  if(arg_PCH)
    target_precompile_headers(${target} PRIVATE <gtest/gtest.h> <heddle/heddle.hpp>)
  endif()
endfunction()
