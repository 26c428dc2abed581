#include <cstddef>
#include <cstdint>
#include <string_view>

#include "hallmark/base/base64.h"

// Every accepted text is the one spelling of its bytes, and any bytes have a spelling.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const ByteView input(data, size);
  const std::string_view text = text_of(input);
  if (const auto bytes = base::decode_base64(text)) {
    HALLMARK_CHECK(base::encode_base64(*bytes) == text);
  } else {
    HALLMARK_CHECK(bytes.error().code == Code::kBase64Malformed);
  }
  const auto again = base::decode_base64(base::encode_base64(input));
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(text_of(*again) == text);
  return 0;
}
