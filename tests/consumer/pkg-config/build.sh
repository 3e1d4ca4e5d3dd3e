#!/bin/sh
# SPDX-License-Identifier: MIT
# build.sh <program>: a project without CMake; pkg-config finds Heddle (PKG_CONFIG_PATH).
set -eu
# shellcheck disable=SC2046 # the flags are words
${CXX:-g++} -std=c++20 "$(dirname "$0")/../plain.cpp" $(pkg-config --cflags --libs heddle) -o "$1"
