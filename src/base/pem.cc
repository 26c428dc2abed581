#include "hallmark/base/pem.h"

#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "hallmark/base/base64.h"
#include "hallmark/base/secret.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kEndOnItsLine = "\n-----END ";
constexpr std::string_view kDashes = "-----";
constexpr std::size_t kLineLength = 64;
constexpr std::size_t kLongestLine = 76;

// Takes the next line off `rest`, without its line end.
std::string_view next_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view without_trailing_blanks(std::string_view line) {
  while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
  return line;
}

std::optional<std::string_view> label_in(std::string_view line, std::string_view opening) {
  line = without_trailing_blanks(line);
  if (!line.starts_with(opening) || !line.ends_with(kDashes)) return std::nullopt;
  line.remove_prefix(opening.size());
  if (line.size() < kDashes.size()) return std::nullopt;
  line.remove_suffix(kDashes.size());
  return line;
}

class PemReader {
 public:
  explicit PemReader(std::string_view text) : rest_(text) {}

  Result<std::vector<PemBlock>> read_all() {
    std::vector<PemBlock> blocks;
    auto read = read_blocks(blocks);
    if (read) return blocks;
    // The caller gets none of the blocks, so it cannot wipe those that were read; one may be a key.
    for (PemBlock& block : blocks) wipe(block.contents);
    return fail(std::move(read.error()));
  }

 private:
  Result<void> read_blocks(std::vector<PemBlock>& blocks) {
    while (!rest_.empty()) {
      const std::string_view line = take_line();
      if (label_in(line, kEnd)) return malformed("an end line without a begin line");
      const auto label = label_in(line, kBegin);
      if (!label) continue;
      HALLMARK_ASSIGN_OR_RETURN(PemBlock block, read_block(*label));
      blocks.push_back(std::move(block));
    }
    if (blocks.empty()) return fail(Code::kPemMalformed, "expected a PEM block, found none");
    return {};
  }

  std::string_view take_line() {
    ++line_number_;
    return next_line(rest_);
  }

  [[nodiscard]] tl::unexpected<Error> malformed(std::string_view what) const {
    return fail(Code::kPemMalformed, fmt::format("line {}: {}", line_number_, what));
  }

  Result<PemBlock> read_block(std::string_view label) {
    std::string base64;
    // Growing would leave copies behind.
    base64.reserve(std::min(rest_.size(), rest_.find(kEndOnItsLine)));
    auto block = read_lines(label, base64);
    const Secret wiped(std::move(base64));  // a private key, perhaps
    return block;
  }

  Result<PemBlock> read_lines(std::string_view label, std::string& base64) {
    PemBlock block{.label = std::string(label), .contents = {}};
    while (!rest_.empty()) {
      const std::string_view line = without_trailing_blanks(take_line());
      if (const auto end_label = label_in(line, kEnd)) {
        if (*end_label != label) return malformed("the block ends under another label");
        return finish_block(std::move(block), base64);
      }
      // Headers stand before the base64 text; a colon further down is a fault of that text.
      if (base64.empty() && line.find(':') != std::string_view::npos) {
        block.encrypted_headers = true;
      } else if (line.size() > kLongestLine) {
        return malformed(
            fmt::format("expected at most {} characters, found {}", kLongestLine, line.size()));
      }
      if (!block.encrypted_headers) base64.append(line);
    }
    return malformed(fmt::format("the block '{}' does not end", escape_for_display(label)));
  }

  Result<PemBlock> finish_block(PemBlock block, std::string_view base64) const {
    if (block.encrypted_headers) return block;
    auto contents = decode_base64(base64);
    if (!contents) return malformed(fmt::format("block above: {}", contents.error().message));
    if (contents->empty()) return malformed("the block above is empty");
    block.contents = *std::move(contents);
    return block;
  }

  std::string_view rest_;
  std::size_t line_number_ = 0;
};

}  // namespace

Result<std::vector<PemBlock>> parse_pem(std::string_view text) {
  return PemReader(text).read_all();
}

std::string encode_pem(std::string_view label, ByteView contents) {
  const std::string base64 = encode_base64(contents);
  std::string text = fmt::format("{}{}{}\n", kBegin, label, kDashes);
  for (std::size_t i = 0; i < base64.size(); i += kLineLength) {
    text.append(base64, i, kLineLength);
    text.push_back('\n');
  }
  text += fmt::format("{}{}{}\n", kEnd, label, kDashes);
  return text;
}

}  // namespace hallmark::base
