// The first byte chooses the form of the archive and how its files are hashed. An archive that is
// accepted has distinct plain names, shards that tile their files, and all of them in the folder if
// there is one; it is no archive any more with one byte after it.

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <set>
#include <string>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/archive.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/shard.h"

namespace hallmark::manifest {
namespace {

class Input final : public ArchiveSource {
 public:
  explicit Input(ByteView bytes) : bytes_(bytes) {}

  [[nodiscard]] std::uint64_t size() const override { return bytes_.size(); }

  Result<std::size_t> read_at(std::uint64_t offset, std::span<std::uint8_t> buffer) override {
    HALLMARK_CHECK(offset <= bytes_.size());
    const ByteView rest = bytes_.subspan(static_cast<std::size_t>(offset));
    const std::size_t count = std::min(rest.size(), buffer.size());
    std::copy_n(rest.begin(), count, buffer.begin());
    return count;
  }

 private:
  ByteView bytes_;
};

constexpr std::array kForms = {ArchiveForm::kTar, ArchiveForm::kTarGzip, ArchiveForm::kTarZstd,
                               ArchiveForm::kZip};
constexpr std::uint64_t kShardSize = 100;
constexpr ArchiveLimits kLimits{
    .max_members = 1000, .max_name_bytes = 1 << 16, .max_unpacked_bytes = 1 << 22};

Result<ArchiveContents> read(ByteView bytes, std::uint8_t choice) {
  Input input(bytes);
  const base::Cancellation cancellation;
  const hash::HashOptions how{.algorithm = hash::Algorithm::kBlake3,
                              .shard_size = (choice & 4U) != 0 ? kShardSize : 0};
  return digest_archive(input, kForms.at(choice & 3U), how, kLimits, cancellation);
}

void check(const ArchiveContents& contents, bool in_shards) {
  std::set<std::string> names;
  const auto check_name = [&](const std::string& name) {
    HALLMARK_CHECK(check_resource_name(name).has_value());
    HALLMARK_CHECK(base::is_utf8(name));
    HALLMARK_CHECK(!contents.folder || name.starts_with(*contents.folder + "/"));
  };
  for (const Resource& resource : contents.resources) {
    check_name(resource.name);
    HALLMARK_CHECK(names.insert(resource.name).second || in_shards);
  }
  for (const std::string& name : contents.files_without_shard) {
    check_name(name);
    HALLMARK_CHECK(in_shards && names.insert(name).second);
  }
  if (in_shards) HALLMARK_CHECK(check_shard_layout(contents.resources, kShardSize).has_value());
}

void check_refusal(const Error& error) {
  const bool is_expected =
      failure_of(error.code) == Failure::kRejected || error.code == Code::kLimitExceeded ||
      error.code == Code::kArchiveUnsupported || error.code == Code::kArchiveEncrypted;
  HALLMARK_CHECK(is_expected);
  HALLMARK_CHECK(base::is_utf8(error.message));
}

}  // namespace
}  // namespace hallmark::manifest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  if (size == 0) return 0;
  const std::uint8_t choice = data[0];
  const ByteView archive(data + 1, size - 1);
  const auto contents = manifest::read(archive, choice);
  if (!contents) {
    manifest::check_refusal(contents.error());
    return 0;
  }
  manifest::check(*contents, (choice & 4U) != 0);
  Bytes longer(archive.begin(), archive.end());
  longer.push_back('x');
  HALLMARK_CHECK(!manifest::read(longer, choice).has_value());
  return 0;
}
