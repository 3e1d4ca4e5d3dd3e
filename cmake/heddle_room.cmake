# SPDX-License-Identifier: MIT
# heddle_room(<name> [USES <room>...] [PUBLIC_LIBS <lib>...] [PRIVATE_LIBS <lib>...]
#             [HEADERS <glob>...] [SOURCES <glob>...] [EXCLUDE <regex>])
#
# Declares the library heddle_<name> (heddle::<name> in and out of the tree) from what lies in the
# directory of the caller: installed headers in include/, everything else in src/, subdirectories
# included. New files are picked up by the next build.
#
# A room has its own include directory and sees those of the rooms it USES (and of what these use),
# no others: the layering is what the compiler enforces. See also heddle_layering.cmake.
#
# A room without sources is an INTERFACE library; PRIVATE_LIBS are then without meaning.

# The files that match the globs but not the regular expression, both seen from the caller's directory.
function(heddle_room_files result exclude)
  list(TRANSFORM ARGN PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/" OUTPUT_VARIABLE globs)
  file(GLOB_RECURSE files CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}" ${globs})
  if(exclude)
    list(FILTER files EXCLUDE REGEX "${exclude}")
  endif()
  list(TRANSFORM files PREPEND "${CMAKE_CURRENT_SOURCE_DIR}/")
  set(${result} "${files}" PARENT_SCOPE)
endfunction()

function(heddle_room name)
  cmake_parse_arguments(PARSE_ARGV 1 room "" "EXCLUDE" "USES;PUBLIC_LIBS;PRIVATE_LIBS;HEADERS;SOURCES")
  if(room_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "heddle_room(${name}): what is '${room_UNPARSED_ARGUMENTS}'?")
  endif()
  if(NOT DEFINED room_HEADERS)
    set(room_HEADERS "include/*.hpp")
  endif()
  if(NOT DEFINED room_SOURCES)
    set(room_SOURCES "src/*.cpp")
  endif()

  heddle_room_files(headers "${room_EXCLUDE}" ${room_HEADERS})
  heddle_room_files(sources "${room_EXCLUDE}" ${room_SOURCES})

  set(target heddle_${name})
  if(sources)
    set(scope PUBLIC)
    add_library(${target} STATIC ${sources})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # Nobody replaces a function of Heddle by another one, so calls among them may be inlined.
      target_compile_options(${target} PRIVATE -fno-semantic-interposition)
      if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
        # Small structs are reset for each execution; `rep stos` takes longer than all the rest.
        target_compile_options(${target} PRIVATE
                               -mmemset-strategy=vector_loop:512:noalign,libcall:-1:noalign)
      endif()
    endif()
    target_include_directories(${target} PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}/src")
    target_link_libraries(${target} PRIVATE ${room_PRIVATE_LIBS})
    heddle_flags(${target})
  else()
    set(scope INTERFACE)
    add_library(${target} INTERFACE)
  endif()
  add_library(heddle::${name} ALIAS ${target})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_link_libraries(${target} ${scope} ${room_PUBLIC_LIBS})

  set(sees "${CMAKE_CURRENT_SOURCE_DIR}/include")
  foreach(used IN LISTS room_USES)
    target_link_libraries(${target} ${scope} heddle::${used})
    get_target_property(used_sees heddle_${used} HEDDLE_SEES)
    list(APPEND sees ${used_sees})
  endforeach()
  list(REMOVE_DUPLICATES sees)

  if(headers)
    target_sources(${target} ${scope} FILE_SET HEADERS BASE_DIRS include FILES ${headers})
  else()
    # A file set brings this by itself.
    target_include_directories(
      ${target} ${scope} "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>")
  endif()

  set_target_properties(
    ${target}
    PROPERTIES EXPORT_NAME ${name}
               HEDDLE_DIR "${CMAKE_CURRENT_SOURCE_DIR}"
               HEDDLE_HEADERS "${headers}"
               HEDDLE_SEES "${sees}") # the include directories of its own and of the rooms it uses
  set_property(GLOBAL APPEND PROPERTY HEDDLE_ROOMS ${name})
endfunction()
