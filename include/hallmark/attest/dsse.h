#pragma once

#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"

namespace hallmark::attest {

/// The payload type of every OMS envelope.
inline constexpr std::string_view kInTotoPayloadType = "application/vnd.in-toto+json";

/// A DSSE v1 envelope with exactly one signature. The payload is opaque: what was signed are these
/// bytes, not what they mean.
struct Envelope {
  Bytes payload;
  Bytes signature;
};

/// The bytes that DSSE v1 signs, for the in-toto payload type:
/// "DSSEv1" SP len(type) SP type SP len(payload) SP payload; lengths in decimal bytes.
Bytes pre_authentication_encoding(ByteView payload);

/// What version 0.2 of the Python reference signed by mistake: "DSSEV1", and in the payload's place
/// its Python bytes literal ("b'...'"), after the payload's own length. The literal can have four
/// times the payload's size.
Bytes legacy_pre_authentication_encoding(ByteView payload);

}  // namespace hallmark::attest
