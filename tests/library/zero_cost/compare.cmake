# SPDX-License-Identifier: MIT
# cmake -DOBJDUMP=... -DOBJECTS=<list> -P compare.cmake: fails unless the functions of all objects
# are the same instructions and call the same functions; in which registers is the compiler's affair,
# and with it how long an instruction is.

set(first "")
foreach(object IN LISTS OBJECTS)
  # With relocations: which functions are called is part of it.
  execute_process(COMMAND "${OBJDUMP}" -d -r --no-show-raw-insn "${object}"
                  OUTPUT_VARIABLE code COMMAND_ERROR_IS_FATAL ANY)
  string(FIND "${code}" "Disassembly" start) # before it stands the name of the file
  string(SUBSTRING "${code}" ${start} -1 code)
  string(REGEX REPLACE "%[a-z0-9]+" "%" code "${code}")
  string(REGEX REPLACE "\n[ \t]+[0-9a-f]+:" "\n" code "${code}")
  string(REGEX REPLACE "[0-9a-f]+ <([A-Za-z_0-9.]+)\\+0x[0-9a-f]+>" "<\\1>" code "${code}")
  string(REGEX REPLACE "\n[0-9a-f]+ <" "\n<" code "${code}")
  foreach(function IN ITEMS deposit transfer take read_both publish wait_a_little)
    if(NOT code MATCHES "<${function}>:")
      message(FATAL_ERROR "${object} has no function ${function}")
    endif()
  endforeach()
  if(first STREQUAL "")
    set(first "${code}")
    set(first_object "${object}")
  elseif(NOT first STREQUAL code)
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/a.txt" "${first}")
    file(WRITE "${CMAKE_CURRENT_BINARY_DIR}/b.txt" "${code}")
    execute_process(COMMAND diff a.txt b.txt WORKING_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}")
    message(FATAL_ERROR "${first_object} and ${object} differ")
  endif()
endforeach()
