# SPDX-License-Identifier: MIT
# cmake -DROOM=<name> -DDIR=<its directory> -DSEES=<include directories> -P check_includes.cmake
#
# Fails if a file of the room includes a header of Heddle that is in none of the directories it may
# see, or climbs out of the room by "..", or if one of its installed headers needs Boost or fmt
# (a user may have another version of either).

set(problems "")
file(GLOB_RECURSE files RELATIVE "${DIR}" "${DIR}/*.hpp" "${DIR}/*.cpp")
foreach(file IN LISTS files)
  file(STRINGS "${DIR}/${file}" lines REGEX "^[ \t]*#[ \t]*include")
  foreach(line IN LISTS lines)
    if(NOT line MATCHES "[<\"]([^>\"]+)[>\"]")
      continue()
    endif()
    set(header "${CMAKE_MATCH_1}")

    if(header MATCHES "(^|/)\\.\\./")
      cmake_path(GET file PARENT_PATH parent)
      cmake_path(SET target NORMALIZE "${DIR}/${parent}/${header}")
      cmake_path(IS_PREFIX DIR "${target}" inside)
      if(NOT inside)
        string(APPEND problems "  ${ROOM}: ${file}: <${header}> climbs out of the room\n")
      endif()
    endif()
    if(file MATCHES "^include/" AND header MATCHES "^(boost|fmt)/")
      string(APPEND problems "  ${ROOM}: ${file}: <${header}> in an installed header\n")
    endif()
    if(header MATCHES "^heddle/")
      set(seen FALSE)
      foreach(directory IN LISTS SEES)
        if(EXISTS "${directory}/${header}")
          set(seen TRUE)
        endif()
      endforeach()
      if(NOT seen)
        string(APPEND problems "  ${ROOM}: ${file}: <${header}> is in no room that ${ROOM} uses\n")
      endif()
    endif()
  endforeach()
endforeach()

if(problems)
  message(FATAL_ERROR "The layering is broken:\n${problems}")
endif()
