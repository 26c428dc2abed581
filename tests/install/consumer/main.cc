#include <array>
#include <cstdint>
#include <iostream>

#include "hallmark/base/hex.h"
#include "hallmark/hash/hasher.h"

int main() {
  const std::array<std::uint8_t, 3> bytes{0x0a, 0xbc, 0xff};
  std::cout << hallmark::base::encode_hex(bytes) << '\n';
  // Every outside library of the hash layer has to be found.
  for (const auto algorithm : hallmark::hash::kAlgorithms) {
    std::cout << hallmark::hash::hash_bytes(algorithm, bytes).bytes().size() << '\n';
  }
}
