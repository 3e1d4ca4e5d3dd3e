// SPDX-License-Identifier: MIT
#pragma once

namespace heddle::bench {

// Tells Google Benchmark of the workloads through the native door, as native/explorer/workload:
// what register_speed() measures, and how many times that is what the source door takes. Both with
// races = report and memory = cxx, alternately, in processes of their own. Then, as native/cost/..,
// of what one instrumented access costs and one scheduling point. Without a native door: nothing.
void register_native_door();

}  // namespace heddle::bench
