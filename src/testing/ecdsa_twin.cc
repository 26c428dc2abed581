#include "testing/ecdsa_twin.h"

#include <algorithm>
#include <array>
#include <cstddef>

namespace hallmark::testing {
namespace {

using Number = std::array<std::uint8_t, 32>;  // big-endian

// The order n of the group of P-256 (SEC 2 section 2.4.2).
constexpr Number kOrder = {0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff,
                           0xff, 0xff, 0xff, 0xff, 0xff, 0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17,
                           0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

Number order_minus(const Number& subtrahend) {
  Number difference{};
  int borrow = 0;
  for (std::size_t i = kOrder.size(); i-- > 0;) {
    const int digit = int{kOrder.at(i)} - int{subtrahend.at(i)} - borrow;
    borrow = digit < 0 ? 1 : 0;
    difference.at(i) = static_cast<std::uint8_t>(digit + 256 * borrow);
  }
  return difference;
}

// The contents of a DER INTEGER as 32 bytes.
Number number_of(ByteView contents) {
  if (contents.size() > 32) contents = contents.last(32);
  Number number{};
  std::copy(contents.begin(), contents.end(),
            number.end() - static_cast<std::ptrdiff_t>(contents.size()));
  return number;
}

Bytes integer_of(const Number& number) {
  const auto* first =
      std::find_if(number.begin(), number.end(), [](std::uint8_t byte) { return byte != 0; });
  Bytes contents(first, number.end());
  if (contents.front() >= 0x80) contents.insert(contents.begin(), 0);
  contents.insert(contents.begin(), {0x02, static_cast<std::uint8_t>(contents.size())});
  return contents;
}

}  // namespace

// SEQUENCE { INTEGER r, INTEGER s }, every length in one byte.
Bytes ecdsa_twin(ByteView signature) {
  const std::size_t length_of_r = signature[3];
  const ByteView r = signature.subspan(2, 2 + length_of_r);
  const ByteView s = signature.subspan(2 + r.size() + 2);
  const Bytes other = integer_of(order_minus(number_of(s)));
  Bytes twin = {0x30, static_cast<std::uint8_t>(r.size() + other.size())};
  twin.insert(twin.end(), r.begin(), r.end());
  twin.insert(twin.end(), other.begin(), other.end());
  return twin;
}

}  // namespace hallmark::testing
