#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/pem.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

void check_blocks(const std::vector<PemBlock>& blocks) {
  HALLMARK_CHECK(!blocks.empty());
  std::string text;
  std::vector<PemBlock> plain;
  for (const PemBlock& block : blocks) {
    HALLMARK_CHECK(block.contents.empty() == block.encrypted_headers);
    if (block.encrypted_headers) continue;
    text += encode_pem(block.label, block.contents);
    plain.push_back(block);
  }
  if (plain.empty()) return;
  const auto again = parse_pem(text);
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(again->size() == plain.size());
  for (std::size_t i = 0; i < plain.size(); ++i) {
    HALLMARK_CHECK((*again)[i].label == plain[i].label);
    HALLMARK_CHECK((*again)[i].contents == plain[i].contents);
    HALLMARK_CHECK(!(*again)[i].encrypted_headers);
  }
}

}  // namespace
}  // namespace hallmark::base

// What was read, written again, is read as the same blocks.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  if (const auto blocks = base::parse_pem(text_of({data, size}))) {
    base::check_blocks(*blocks);
  } else {
    const Error& error = blocks.error();
    HALLMARK_CHECK(error.code == Code::kPemMalformed);
    HALLMARK_CHECK(base::is_utf8(error.message));
  }
  return 0;
}
