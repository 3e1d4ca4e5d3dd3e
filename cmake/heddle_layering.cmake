# SPDX-License-Identifier: MIT
# Proves what heddle_room() promises, in two ways:
#
# * heddle_layering_<room>, built with everything else: a file compiled exactly as the room's
#   sources are, which fails where a header of a room that it does not use can be reached;
# * the test layering.<room>: reads the include lines of the room (check_includes.cmake).

function(heddle_layering)
  get_property(rooms GLOBAL PROPERTY HEDDLE_ROOMS)

  foreach(room IN LISTS rooms)
    get_target_property(dir heddle_${room} HEDDLE_DIR)
    get_target_property(sees heddle_${room} HEDDLE_SEES)

    set(foreign_headers "")
    foreach(other IN LISTS rooms)
      get_target_property(other_dir heddle_${other} HEDDLE_DIR)
      get_target_property(other_headers heddle_${other} HEDDLE_HEADERS)
      if(NOT "${other_dir}/include" IN_LIST sees)
        foreach(header IN LISTS other_headers)
          file(RELATIVE_PATH header "${other_dir}/include" "${header}")
          list(APPEND foreign_headers "${header}")
        endforeach()
      endif()
    endforeach()

    set(checks "")
    foreach(header IN LISTS foreign_headers)
      string(APPEND checks "#if __has_include(<${header}>)\n"
                           "#error \"${room} sees <${header}>, of a room that it does not use\"\n"
                           "#endif\n")
    endforeach()
    set(file "${PROJECT_BINARY_DIR}/layering/${room}.cpp")
    file(CONFIGURE OUTPUT "${file}" CONTENT "${checks}")
    add_library(heddle_layering_${room} OBJECT "${file}")
    target_link_libraries(heddle_layering_${room} PRIVATE heddle::${room})
    get_target_property(type heddle_${room} TYPE)
    if(NOT type STREQUAL "INTERFACE_LIBRARY")
      target_include_directories(
        heddle_layering_${room} PRIVATE $<TARGET_PROPERTY:heddle_${room},INCLUDE_DIRECTORIES>)
    endif()

    add_test(NAME layering.${room}
             COMMAND "${CMAKE_COMMAND}" "-DROOM=${room}" "-DDIR=${dir}" "-DSEES=${sees}"
                     -P "${PROJECT_SOURCE_DIR}/cmake/check_includes.cmake")
  endforeach()
endfunction()
