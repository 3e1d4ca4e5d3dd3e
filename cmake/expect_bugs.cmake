# SPDX-License-Identifier: MIT
# cmake -DPROGRAM=<a test program> -P expect_bugs.cmake
#
# Runs the tests whose suite ends in Bug. Passes if there are some and every one of them fails in an
# orderly way. WILL_FAIL would be content with the first that fails.

execute_process(
  COMMAND "${PROGRAM}" "--gtest_filter=*Bug.*" --gtest_color=no
  RESULT_VARIABLE result
  OUTPUT_VARIABLE output
  ERROR_VARIABLE output)

message("${output}") # for the log of the test

if(NOT output MATCHES "Running ([0-9]+) tests? from")
  message(FATAL_ERROR "${PROGRAM} did not get as far as running a test (exit: ${result})")
endif()
set(run "${CMAKE_MATCH_1}")
if(run EQUAL 0)
  message(FATAL_ERROR "${PROGRAM} has no test in a suite that ends in Bug")
endif()

set(failed 0)
if(output MATCHES "FAILED  \\] ([0-9]+) tests?, listed below")
  set(failed "${CMAKE_MATCH_1}")
endif()
if(NOT result MATCHES "^[01]$")
  message(FATAL_ERROR "${PROGRAM} ended with '${result}', not with 1 as a failed test does")
endif()
if(NOT failed EQUAL run)
  message(FATAL_ERROR "${failed} of ${run} bugs were found: all were expected")
endif()
