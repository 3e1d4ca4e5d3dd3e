// SPDX-License-Identifier: MIT
#include "livelock_detector.hpp"

namespace heddle::sched {

namespace {
std::uint64_t hash_of(const event& done) noexcept {
  const auto what =
      static_cast<std::uint64_t>(done.op.kind) << 8 | static_cast<std::uint64_t>(done.op.result);
  // What the clock says differs by nature: a round that only reads it is the same round.
  const std::uint64_t value = done.op.kind == op_kind::read_clock ? 0 : done.value;
  return mix(done.op.object ^ (std::uint64_t{done.thread} << 32 | what) * 0x9e37'79b9'7f4a'7c15u ^
             value * 0xd6e8'feb8'6659'fd93u);
}
}  // namespace

void livelock_detector::add(const event& done, std::uint64_t state) {
  if (history_.empty()) history_.resize(capacity);
  const std::uint64_t hash = hash_of(done);
  history_[count_++ % capacity] = {hash, done.thread, state, done.op.kind == op_kind::read_clock};
  if (!pumping_) return;
  if (round_[position_].hash != hash) {
    give_up();
    return;
  }
  if (rounds_ == 0) events_.push_back(done);
  if (++position_ == round_.size()) {
    position_ = 0;
    ++rounds_;
  }
}

void livelock_detector::give_up() noexcept {
  pumping_ = false;
  // Each failed attempt doubles the wait, so that all of them together cost a constant factor.
  not_before_ = count_ * 2;
}

bool livelock_detector::repeats(std::uint64_t period) const noexcept {
  if (ago(0).hash != ago(period).hash) return false;
  for (std::uint64_t i = 1; i < period; ++i) {
    if (ago(i).hash != ago(i + period).hash) return false;
  }
  return true;
}

void livelock_detector::collect(std::uint64_t period) {
  round_.clear();
  events_.clear();
  for (std::uint64_t i = period; i-- > 0;) round_.push_back(ago(i));
}

}  // namespace heddle::sched
