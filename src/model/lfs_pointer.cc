#include "model/lfs_pointer.h"

#include <array>

#include "hallmark/base/decimal.h"

namespace hallmark::model {
namespace {

constexpr std::string_view kFirstLine = "version https://git-lfs.github.com/spec/v1\n";
constexpr std::string_view kDigestKey = "oid sha256:";
constexpr std::string_view kSizeKey = "size ";

// The value of the line that begins with `key`, of lines that each end in a newline.
std::optional<std::string_view> value_of(std::string_view lines, std::string_view key) {
  while (!lines.empty()) {
    const std::size_t end = lines.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view line = lines.substr(0, end);
    if (line.starts_with(key)) return line.substr(key.size());
    lines.remove_prefix(end + 1);
  }
  return std::nullopt;
}

}  // namespace

std::optional<LfsPointer> parse_lfs_pointer(std::string_view text) {
  if (text.size() > kLongestLfsPointer || !text.starts_with(kFirstLine)) return std::nullopt;
  const auto hex = value_of(text, kDigestKey);
  const auto decimal = value_of(text, kSizeKey);
  if (!hex || !decimal) return std::nullopt;
  const auto digest = hash::Digest::parse_hex(hash::Algorithm::kSha256, *hex);
  const auto size = base::parse_decimal(*decimal);
  if (!digest || !size) return std::nullopt;
  return LfsPointer{*digest, *size};
}

std::optional<LfsPointer> find_lfs_pointer(const base::Directory& root, const std::string& path) {
  const auto file = root.open_file(path);
  if (!file) return std::nullopt;
  std::array<std::uint8_t, kLongestLfsPointer + 1> start{};
  const auto size = base::read_at(*file, 0, start, path);
  if (!size) return std::nullopt;
  return parse_lfs_pointer(text_of(ByteView(start).first(*size)));
}

std::vector<PointerInstead> pointers_among(const std::vector<manifest::Difference>& differences,
                                           const manifest::ModelTree& tree) {
  constexpr std::size_t kLookedAt = 1000;
  std::vector<PointerInstead> pointers;
  if (tree.is_single_file()) return pointers;
  std::size_t looked_at = 0;
  for (const manifest::Difference& difference : differences) {
    if (difference.kind != manifest::DifferenceKind::kChanged) continue;
    if (++looked_at > kLookedAt) break;
    const auto pointer = find_lfs_pointer(tree.root(), difference.path);
    if (!pointer) continue;
    pointers.push_back({difference.path, difference.expected == pointer->contents});
  }
  return pointers;
}

}  // namespace hallmark::model
