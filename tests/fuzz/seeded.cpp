// SPDX-License-Identifier: MIT
// A bug that needs a certain input and a certain interleaving: only after "pay!" are two payments
// made at once, and only if one is between the other's read and write is money lost.
#include <heddle/fuzz.hpp>

HEDDLE_FUZZ(seeded) {
  const std::string command = input.text(8);
  if (command != "pay!") return;
  const int amount = input.number(1, 9);
  heddle::atomic<int> balance{0};
  const auto pay = [&] { balance.store(balance.load() + amount); };
  heddle::thread first(pay);
  heddle::thread second(pay);
  first.join();
  second.join();
  heddle::check(balance.load() == 2 * amount, "no payment is lost");
}
