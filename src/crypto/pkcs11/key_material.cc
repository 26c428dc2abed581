#include "crypto/pkcs11/key_material.h"

#include <algorithm>
#include <array>
#include <string_view>

#include <fmt/core.h>

#include "crypto/key_type.h"
#include "crypto/native.h"
#include "crypto/openssl_state.h"

namespace hallmark::crypto::pkcs11 {
namespace {

constexpr std::size_t kLongestPart = 1024;

constexpr std::uint8_t kSequence = 0x30;
constexpr std::uint8_t kBitString = 0x03;
constexpr std::uint8_t kOctetString = 0x04;

// id-ecPublicKey, 1.2.840.10045.2.1
constexpr std::array<std::uint8_t, 9> kEcPublicKey = {0x06, 0x07, 0x2a, 0x86, 0x48,
                                                      0xce, 0x3d, 0x02, 0x01};

struct Curve {
  std::string_view name;  // DER of its object identifier (RFC 5480 section 2.1.1.1).
  std::size_t field_size;
};

using namespace std::string_view_literals;
constexpr auto kCurves = std::to_array<Curve>({
    {"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"sv, 32},
    {"\x06\x05\x2b\x81\x04\x00\x22"sv, 48},
    {"\x06\x05\x2b\x81\x04\x00\x23"sv, 66},
});

std::size_t field_size_of(KeyType type) {
  switch (type) {
    case KeyType::kP256:
      return 32;
    case KeyType::kP384:
      return 48;
    case KeyType::kP521:
      return 66;
    case KeyType::kRsa:
    case KeyType::kEd25519:
      break;
  }
  return 0;
}

void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

// One DER element of less than 64 KiB.
Bytes element(std::uint8_t tag, ByteView contents) {
  Bytes out{tag};
  const std::size_t size = contents.size();
  if (size < 0x80) {
    out.push_back(static_cast<std::uint8_t>(size));
  } else {
    const bool one_byte = size < 0x100;
    out.push_back(one_byte ? 0x81 : 0x82);
    if (!one_byte) out.push_back(static_cast<std::uint8_t>(size >> 8U));
    out.push_back(static_cast<std::uint8_t>(size & 0xffU));
  }
  append(out, contents);
  return out;
}

// A point begins with 0x04 and so does an OCTET STRING: a point of P-256 whose second byte happens
// to be 0x3f can be read as both. The length tells them apart, as no form of a point in a wrapping
// has the length of another without.
ByteView unwrap(ByteView point, std::size_t field_size) {
  for (const std::size_t size : {2 * field_size + 1, field_size + 1}) {
    const std::size_t header = size < 0x80 ? 2 : 3;
    if (point.size() == header + size) return point.subspan(header);
  }
  return point;
}

// The wrapping is part of what has to be right.
bool is_wrapping(ByteView whole, ByteView contents) {
  const Bytes expected = element(kOctetString, contents);
  return std::equal(whole.begin(), whole.end(), expected.begin(), expected.end());
}

}  // namespace

Result<PublicKey> decode_ec_public_key(ByteView parameters, ByteView point) {
  if (parameters.size() > kLongestPart || point.size() > kLongestPart) {
    return fail(Code::kKeyMalformed, "the public key on the token is too long for an EC key");
  }
  const auto* curve = std::find_if(kCurves.begin(), kCurves.end(),
                                   [&](const Curve& c) { return c.name == text_of(parameters); });
  ByteView bare = point;
  if (curve != kCurves.end()) {
    bare = unwrap(point, curve->field_size);
    if (bare.size() != point.size() && !is_wrapping(point, bare)) {
      return fail(Code::kKeyMalformed, "expected the point of a public key in a DER OCTET STRING");
    }
  }
  Bytes algorithm(kEcPublicKey.begin(), kEcPublicKey.end());
  append(algorithm, parameters);
  Bytes bits{0};  // none is unused
  append(bits, bare);
  Bytes parts = element(kSequence, algorithm);
  append(parts, element(kBitString, bits));
  return PublicKey::decode_spki(element(kSequence, parts));
}

Result<Bytes> encode_ecdsa_signature(KeyType type, ByteView r_and_s) {
  const OpensslScope scope;
  const std::size_t size = field_size_of(type);
  if (size == 0 || r_and_s.size() != 2 * size) {
    return fail(Code::kTokenFailed,
                fmt::format("expected a signature of {} bytes of the {} key, found {}", 2 * size,
                            to_string(type), r_and_s.size()));
  }
  const auto number = [size](const std::uint8_t* bytes) {
    return BigNumberHandle(BN_bin2bn(bytes, static_cast<int>(size), nullptr));
  };
  BigNumberHandle r = number(r_and_s.data());
  BigNumberHandle s = number(r_and_s.data() + size);
  const EcdsaSignatureHandle signature(ECDSA_SIG_new());
  if (!r || !s || !signature) return fail(Code::kInternal, describe_openssl_error());
  ECDSA_SIG_set0(signature.get(), r.release(), s.release());  // fails only without numbers
  return encode_der(i2d_ECDSA_SIG, signature.get());
}

}  // namespace hallmark::crypto::pkcs11
