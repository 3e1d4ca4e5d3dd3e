// SPDX-License-Identifier: MIT
int heddle_nothing_to_explore;
