# SPDX-License-Identifier: MIT
# Install rules and the package that find_package(heddle) and pkg-config find.

include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(package_dir "${CMAKE_INSTALL_LIBDIR}/cmake/heddle")
get_property(rooms GLOBAL PROPERTY HEDDLE_ROOMS)

# heddle::gtest has an export set of its own: it exists for those only who have GoogleTest.
foreach(room IN LISTS rooms)
  set(export_set heddle-targets)
  if(room STREQUAL "gtest")
    set(export_set heddle-gtest-targets)
  endif()
  set(file_set "")
  get_target_property(headers heddle_${room} HEDDLE_HEADERS)
  if(headers)
    set(file_set FILE_SET HEADERS)
  endif()
  install(TARGETS heddle_${room} EXPORT ${export_set} ${file_set})
endforeach()

install(EXPORT heddle-targets NAMESPACE heddle:: DESTINATION "${package_dir}")
if(TARGET heddle_gtest)
  install(EXPORT heddle-gtest-targets NAMESPACE heddle:: DESTINATION "${package_dir}")
endif()

configure_package_config_file(cmake/heddle-config.cmake.in heddle-config.cmake
                              INSTALL_DESTINATION "${package_dir}")
write_basic_package_version_file(heddle-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/heddle-config.cmake"
              "${PROJECT_BINARY_DIR}/heddle-config-version.cmake" DESTINATION "${package_dir}")

# pkg-config: the archives, users before what they use. heddle::gtest is left out; those who have
# only pkg-config name gtest themselves. heddle::fuzz_main has a main() that few want, and
# the native door wants its users to be compiled in its way.
set(HEDDLE_PC_LIBS "")
foreach(room IN LISTS rooms)
  get_target_property(type heddle_${room} TYPE)
  if(type STREQUAL "STATIC_LIBRARY" AND NOT room MATCHES "^(gtest|fuzz_main|native_runtime|native_main)$")
    string(PREPEND HEDDLE_PC_LIBS "-lheddle_${room} ")
  endif()
endforeach()
# Relative to the .pc file, so that the tree can be moved and `cmake --install --prefix` works.
file(RELATIVE_PATH HEDDLE_PC_PREFIX "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig"
     "${CMAKE_INSTALL_PREFIX}")
string(REGEX REPLACE "/$" "" HEDDLE_PC_PREFIX "${HEDDLE_PC_PREFIX}")
configure_file(cmake/heddle.pc.in heddle.pc @ONLY)
install(FILES "${PROJECT_BINARY_DIR}/heddle.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
