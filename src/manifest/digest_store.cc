#include "manifest/digest_store.h"

#include <sys/random.h>

#include <algorithm>
#include <cerrno>

#include <fmt/core.h>

#include "hallmark/base/durable_file.h"
#include "hallmark/base/file.h"
#include "hallmark/hash/hmac.h"
#include "manifest/private_directory.h"

namespace hallmark::manifest {
namespace {

constexpr const char* kTableName = "digests.v1";
constexpr const char* kKeyName = "digests.key";
constexpr std::size_t kKeySize = 32;
constexpr unsigned kPrivateFile = 0600;

Result<base::Secret> read_key(const base::FileDescriptor& directory) {
  HALLMARK_ASSIGN_OR_RETURN(Bytes bytes, read_private_file(directory, kKeyName, kKeySize));
  if (bytes.size() != kKeySize) {
    return fail(Code::kIoError, fmt::format("'{}' is no key", kKeyName));
  }
  base::Secret key{std::string(text_of(bytes))};
  base::wipe(bytes);
  return key;
}

Result<base::Secret> make_random_key() {
  std::string bytes(kKeySize, '\0');
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    return fail(base::system_error(errno, "read", "the random source"));
  }
  return base::Secret(std::move(bytes));
}

// The code stands behind the table.
Result<DigestTable> open_table(Bytes bytes, const base::Secret& key) {
  hash::MessageCode stored{};
  if (bytes.size() >= stored.size()) {
    const std::size_t size = bytes.size() - stored.size();
    std::copy_n(bytes.end() - static_cast<std::ptrdiff_t>(stored.size()), stored.size(),
                stored.begin());
    bytes.resize(size);
    if (hash::same_code(stored, hash::hmac_sha256(bytes_of(key.expose_secret()), bytes))) {
      if (auto table = DigestTable::parse(std::move(bytes))) return *std::move(table);
    }
  }
  return fail(Code::kIoError, fmt::format("'{}' is damaged or was not written with the key beside "
                                          "it",
                                          kTableName));
}

}  // namespace

Result<DigestTable> DigestStore::load() const {
  auto directory = open_private_directory(directory_);
  if (!directory && directory.error().code == Code::kNotFound) return DigestTable();
  if (!directory) return fail(std::move(directory.error()));
  auto bytes = read_private_file(*directory, kTableName, max_bytes_ + sizeof(hash::MessageCode));
  if (!bytes && bytes.error().code == Code::kNotFound) return DigestTable();
  if (!bytes) return fail(std::move(bytes.error()));
  HALLMARK_ASSIGN_OR_RETURN(const base::Secret key, read_key(*directory));
  return open_table(*std::move(bytes), key);
}

// A key that others may have seen is given up. Of two processes that make the first key at one
// time, the second takes that of the first.
Result<base::Secret> DigestStore::read_or_make_key(bool believed) const {
  HALLMARK_ASSIGN_OR_RETURN(const base::FileDescriptor directory,
                            open_private_directory(directory_));
  auto key = read_key(directory);
  if (key && believed) return key;
  const bool first = !key && key.error().code == Code::kNotFound;
  HALLMARK_ASSIGN_OR_RETURN(base::Secret made, make_random_key());
  const auto written = base::write_durably(
      path_of(kKeyName), bytes_of(made.expose_secret()),
      {first ? base::Existing::kRefuse : base::Existing::kReplace, kPrivateFile});
  if (written) return made;
  if (first && written.error().code == Code::kAlreadyExists) return read_key(directory);
  return fail(written.error());
}

Result<void> DigestStore::store(Bytes table) const {
  HALLMARK_ASSIGN_OR_RETURN(const bool was_private, make_private_directory(directory_));
  HALLMARK_ASSIGN_OR_RETURN(const base::Secret key, read_or_make_key(was_private));
  const hash::MessageCode code = hash::hmac_sha256(bytes_of(key.expose_secret()), table);
  table.insert(table.end(), code.begin(), code.end());
  return base::write_durably(path_of(kTableName), table, {base::Existing::kReplace, kPrivateFile});
}

std::string DigestStore::path_of(std::string_view name) const {
  return fmt::format("{}/{}", directory_, name);
}

}  // namespace hallmark::manifest
