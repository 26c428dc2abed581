// A signing state that is accepted is the same when it is written and read again, and no input at
// all becomes a bundle with a signature that was made for nothing.

#include <cstddef>
#include <cstdint>

#include "hallmark/attest/detached.h"
#include "hallmark/base/utf8.h"

namespace hallmark::attest {
namespace {

void check(const SigningState& state) {
  const auto again = decode_signing_state(encode_signing_state(state));
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(again->key == state.key);
  HALLMARK_CHECK(again->payload == state.payload && !state.payload.empty());
  HALLMARK_CHECK(again->chain.size() == state.chain.size());
  for (std::size_t i = 0; i < state.chain.size(); ++i) {
    HALLMARK_CHECK(again->chain[i].der() == state.chain[i].der());
  }
  const auto attached = attach_signature(state, bytes_of("no signature"), base::UnixTime{});
  HALLMARK_CHECK(!attached && attached.error().code == Code::kSignatureInvalid);
}

void check(const Error& error) {
  HALLMARK_CHECK(failure_of(error.code) == Failure::kRejected ||
                 error.code == Code::kSigningStateUnreadable || error.code == Code::kKeyMalformed ||
                 error.code == Code::kKeyUnsupported);
  HALLMARK_CHECK(base::is_utf8(error.message));
}

}  // namespace
}  // namespace hallmark::attest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  if (const auto state = attest::decode_signing_state(text_of({data, size}))) {
    attest::check(*state);
  } else {
    attest::check(state.error());
  }
  return 0;
}
