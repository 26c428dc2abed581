#include "crypto/pkcs11/key_material.h"

#include <algorithm>
#include <string_view>

#include <gtest/gtest.h>

#include "testing/crypto_data.h"
#include "testing/result_matchers.h"

namespace hallmark::crypto::pkcs11 {
namespace {

using ::hallmark::testing::FailsWith;
using ::hallmark::testing::HasCode;
using ::hallmark::testing::IsOk;
using ::testing::HasSubstr;

struct Curve {
  const char* key;
  Bytes name;
  std::size_t field_size;
};

std::vector<Curve> curves() {
  return {{"p256_public", {0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07}, 32},
          {"p384_public", {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22}, 48},
          {"p521_public", {0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x23}, 66}};
}

// The point stands at the end of a SubjectPublicKeyInfo.
Bytes point_of(const Curve& curve) {
  const Bytes spki = test_key(curve.key).encode_spki();
  return {spki.end() - static_cast<std::ptrdiff_t>(2 * curve.field_size + 1), spki.end()};
}

Bytes compressed(const Bytes& point) {
  Bytes result(point.begin(), point.begin() + static_cast<std::ptrdiff_t>(point.size() / 2 + 1));
  result[0] = point.back() % 2 == 0 ? 2 : 3;
  return result;
}

Bytes wrapped(const Bytes& point) {
  Bytes result{0x04};
  if (point.size() >= 0x80) result.push_back(0x81);
  result.push_back(static_cast<std::uint8_t>(point.size()));
  result.insert(result.end(), point.begin(), point.end());
  return result;
}

TEST(EcPublicKeyTest, ReadsEveryFormOfAPoint) {
  for (const Curve& curve : curves()) {
    const Bytes point = point_of(curve);
    for (const Bytes& form :
         {point, wrapped(point), compressed(point), wrapped(compressed(point))}) {
      const auto key = decode_ec_public_key(curve.name, form);
      ASSERT_THAT(key, IsOk()) << curve.key << " " << form.size();
      EXPECT_TRUE(*key == test_key(curve.key)) << curve.key << " " << form.size();
    }
  }
}

// A real point of P-256 whose x begins with 0x3f, so that it looks like an OCTET STRING of 63
// bytes.
TEST(EcPublicKeyTest, TellsABarePointFromOneThatIsWrapped) {
  Bytes point{0x02};
  point.resize(33);
  point[1] = 0x3f;
  int found = 0;
  for (std::uint8_t low = 0; low < 32; ++low) {
    point.back() = low;
    const auto key = decode_ec_public_key(curves()[0].name, point);
    if (!key) continue;  // Half of all x are on no point.
    ++found;
    const Bytes spki = key->encode_spki();
    const Bytes whole(spki.end() - 65, spki.end());
    ASSERT_EQ(whole[1], 0x3f);
    const auto again = decode_ec_public_key(curves()[0].name, whole);
    ASSERT_THAT(again, IsOk());
    EXPECT_TRUE(*again == *key);
  }
  EXPECT_GT(found, 0);
}

TEST(EcPublicKeyTest, RefusesAPointThatIsNone) {
  const Curve p256 = curves()[0];
  const Bytes point = point_of(p256);
  Bytes off_curve = point;
  off_curve.back() ^= 1U;
  Bytes miswrapped = wrapped(point);
  miswrapped[1] = 0x40;
  Bytes longer = wrapped(point);
  longer.push_back(0);
  for (const Bytes& bad : {Bytes{}, Bytes{0x04}, off_curve, wrapped(off_curve), miswrapped, longer,
                           wrapped(wrapped(point)), point_of(curves()[1])}) {
    EXPECT_THAT(decode_ec_public_key(p256.name, bad), HasCode(Code::kKeyMalformed)) << bad.size();
  }
  EXPECT_THAT(decode_ec_public_key(p256.name, miswrapped),
              FailsWith(Code::kKeyMalformed, HasSubstr("DER OCTET STRING")));
  EXPECT_THAT(decode_ec_public_key(p256.name, Bytes(5000)),
              FailsWith(Code::kKeyMalformed, HasSubstr("too long")));
}

TEST(EcPublicKeyTest, RefusesOtherCurves) {
  const Bytes point = point_of(curves()[0]);
  const Bytes secp256k1{0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x0a};
  EXPECT_THAT(decode_ec_public_key(secp256k1, point),
              FailsWith(Code::kKeyUnsupported, HasSubstr("secp256k1")));
  Bytes explicit_parameters{0x30, 0x03, 0x02, 0x01, 0x01};
  EXPECT_THAT(decode_ec_public_key(explicit_parameters, point),
              FailsWith(Code::kKeyUnsupported, HasSubstr("explicit")));
  EXPECT_THAT(decode_ec_public_key({}, point), HasCode(Code::kKeyUnsupported));
  Bytes with_more = curves()[0].name;
  with_more.insert(with_more.end(), {0x05, 0x00});
  EXPECT_THAT(decode_ec_public_key(with_more, point), HasCode(Code::kKeyMalformed));
}

TEST(EcdsaSignatureTest, WritesShortNumbersInTheirShortestForm) {
  Bytes raw(64);
  raw[31] = 0x7f;
  raw[63] = 0x80;
  const auto der = encode_ecdsa_signature(KeyType::kP256, raw);
  ASSERT_THAT(der, IsOk());
  EXPECT_EQ(*der, (Bytes{0x30, 0x07, 0x02, 0x01, 0x7f, 0x02, 0x02, 0x00, 0x80}));
}

TEST(EcdsaSignatureTest, RefusesOtherLengths) {
  const std::pair<KeyType, std::size_t> sizes[] = {
      {KeyType::kP256, 64}, {KeyType::kP384, 96}, {KeyType::kP521, 132}};
  for (const auto& [type, size] : sizes) {
    EXPECT_THAT(encode_ecdsa_signature(type, Bytes(size, 1)), IsOk());
    for (const std::size_t other : {std::size_t{0}, size - 1, size + 1, size + 2}) {
      EXPECT_THAT(encode_ecdsa_signature(type, Bytes(other, 1)), HasCode(Code::kTokenFailed));
    }
  }
  EXPECT_THAT(encode_ecdsa_signature(KeyType::kRsa, Bytes(256, 1)), HasCode(Code::kTokenFailed));
}

}  // namespace
}  // namespace hallmark::crypto::pkcs11
