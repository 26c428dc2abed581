#include <array>
#include <cstdint>
#include <iostream>

#include "hallmark/base/hex.h"

int main() {
  const std::array<std::uint8_t, 3> bytes{0x0a, 0xbc, 0xff};
  std::cout << hallmark::base::encode_hex(bytes) << '\n';
}
