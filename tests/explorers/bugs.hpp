// SPDX-License-Identifier: MIT
#pragma once

// One bug of each kind that reports have a word for, as small as can be. Their line numbers are in
// the golden reports: append, do not insert.
namespace bugs {

void data_race();
void deadlock_cycle();
void self_deadlock();
void never_notified();
void missed_notification();
void livelock();
void failed_check();
void uncaught_exception();
void misuse();
void leak();
void endless();
void crash();
void no_bug();

}  // namespace bugs
