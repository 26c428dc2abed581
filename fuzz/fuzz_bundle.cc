// A bundle that is accepted keeps its payload, signature and material when it is written and read.

#include <cstddef>
#include <cstdint>

#include "hallmark/attest/bundle.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using hallmark::attest::decode_bundle;
  const auto bundle = decode_bundle(hallmark::text_of({data, size}));
  if (!bundle) return 0;
  const auto again = decode_bundle(hallmark::attest::encode_bundle(*bundle));
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(again->envelope.payload == bundle->envelope.payload);
  HALLMARK_CHECK(again->envelope.signature == bundle->envelope.signature);
  HALLMARK_CHECK(again->material.index() == bundle->material.index());
  HALLMARK_CHECK(!bundle->envelope.payload.empty() && !bundle->envelope.signature.empty());
  return 0;
}
