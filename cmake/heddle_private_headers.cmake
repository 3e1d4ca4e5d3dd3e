# SPDX-License-Identifier: MIT
# heddle_private_headers, a target: compiles each header in a room's src/ on its own, with what the
# room's sources are compiled with. CMake does the same for installed headers
# (all_verify_interface_header_sets).

add_custom_target(heddle_private_headers)

function(heddle_private_headers room)
  get_target_property(type heddle_${room} TYPE)
  get_target_property(src heddle_${room} HEDDLE_DIR)
  string(APPEND src "/src")
  file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${src}" "${src}/*.hpp")
  if(type STREQUAL "INTERFACE_LIBRARY" OR NOT headers)
    return()
  endif()

  set(files "")
  foreach(header IN LISTS headers)
    set(file "${PROJECT_BINARY_DIR}/private_headers/${room}/${header}.cpp")
    file(CONFIGURE OUTPUT "${file}" CONTENT "#include \"${header}\" // IWYU pragma: keep\n")
    list(APPEND files "${file}")
  endforeach()
  set(target heddle_private_headers_${room})
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${files})
  target_link_libraries(${target} PRIVATE heddle::${room})
  target_include_directories(${target}
                             PRIVATE $<TARGET_PROPERTY:heddle_${room},INCLUDE_DIRECTORIES>)
  target_compile_definitions(${target}
                             PRIVATE $<TARGET_PROPERTY:heddle_${room},COMPILE_DEFINITIONS>)
  add_dependencies(heddle_private_headers ${target})
endfunction()
