#include "attest/hash_label.h"

#include <fmt/core.h>

#include "hallmark/base/decimal.h"
#include "hallmark/base/utf8.h"

namespace hallmark::attest {
namespace {

constexpr std::string_view kInfix = "-sharded-";

}  // namespace

Result<HashLabel> parse_hash_label(std::string_view text) {
  const std::size_t infix = text.find(kInfix);
  HashLabel label;
  HALLMARK_ASSIGN_OR_RETURN(label.algorithm,
                            hash::parse_registered_algorithm(text.substr(0, infix)));
  if (infix == std::string_view::npos) return label;
  label.shard_size = base::parse_decimal(text.substr(infix + kInfix.size()));
  if (label.shard_size && *label.shard_size != 0) return label;
  return fail(Code::kHashAlgorithmUnsupported,
              fmt::format("expected a shard size after '{}', found '{}'", kInfix,
                          base::escape_for_display(text)));
}

std::string to_string(const HashLabel& label) {
  if (!label.shard_size) return std::string(hash::to_string(label.algorithm));
  return fmt::format("{}{}{}", hash::to_string(label.algorithm), kInfix, *label.shard_size);
}

Result<hash::Algorithm> SharedLabel::add(std::string_view text) {
  if (label_ && text == text_) return label_->algorithm;
  HALLMARK_ASSIGN_OR_RETURN(const HashLabel label, parse_hash_label(text));
  if (label_) {
    return fail(
        Code::kHashAlgorithmMismatch,
        fmt::format("expected the algorithm '{}' of the first resource, found '{}'", text_, text));
  }
  label_ = label;
  text_ = text;
  return label.algorithm;
}

Result<void> SharedLabel::check(const manifest::Manifest& manifest) const {
  const HashLabel plain{manifest.algorithm, std::nullopt};
  const HashLabel suffixed{manifest.algorithm, manifest.shard_size};
  if (!label_ || *label_ == plain || *label_ == suffixed) return {};
  return fail(Code::kHashAlgorithmMismatch,
              fmt::format("expected the algorithm '{}' of hash_type{}, found '{}'",
                          hash::to_string(manifest.algorithm),
                          label_->shard_size ? " and shard_size" : "", text_));
}

}  // namespace hallmark::attest
