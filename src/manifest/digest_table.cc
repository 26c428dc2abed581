#include "hallmark/manifest/digest_table.h"

#include <algorithm>
#include <cstring>
#include <string_view>

namespace hallmark::manifest {
namespace {

constexpr std::string_view kMagic = "HMDGST1\n";
constexpr std::size_t kNumber = 8;
constexpr std::size_t kKey = std::tuple_size_v<DigestKey>;
constexpr std::size_t kHeader = kMagic.size() + 2 * kNumber;
constexpr std::size_t kRecord = kKey + 2 * kNumber;

void put_number(std::uint64_t number, std::uint8_t* out) {
  for (std::size_t i = 0; i < kNumber; ++i) out[i] = static_cast<std::uint8_t>(number >> (8 * i));
}

std::uint64_t number_at(ByteView bytes, std::size_t offset) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < kNumber; ++i) number |= std::uint64_t{bytes[offset + i]} << (8 * i);
  return number;
}

int compare(ByteView a, ByteView b) { return std::memcmp(a.data(), b.data(), kKey); }

enum class KeyKind : std::uint8_t { kMetadata = 1, kVerity = 2 };

// What both kinds of key begin with: kind, algorithm, 6 zeros, shard size, file size.
constexpr std::size_t kIdentity = 3 * kNumber;

DigestKey begin_key(KeyKind kind, std::uint64_t size, const hash::HashOptions& how) {
  DigestKey key{};
  key[0] = static_cast<std::uint8_t>(kind);
  key[1] = static_cast<std::uint8_t>(how.algorithm);
  put_number(how.shard_size, &key[kNumber]);
  put_number(size, &key[2 * kNumber]);
  return key;
}

}  // namespace

DigestKey metadata_key(const base::FileStatus& status, const hash::HashOptions& how) {
  DigestKey key = begin_key(KeyKind::kMetadata, status.size, how);
  // A second's nanoseconds have 30 bits, so that those of both times share a number.
  const std::uint64_t nanoseconds =
      static_cast<std::uint64_t>(status.modified.nanoseconds) << 32U |
      (static_cast<std::uint64_t>(status.changed.nanoseconds) & 0xffffffffU);
  const std::uint64_t numbers[] = {status.inode, status.device,
                                   static_cast<std::uint64_t>(status.modified.seconds),
                                   static_cast<std::uint64_t>(status.changed.seconds), nanoseconds};
  std::size_t at = kIdentity;
  for (const std::uint64_t number : numbers) {
    put_number(number, &key[at]);
    at += kNumber;
  }
  return key;
}

DigestKey verity_key(const hash::Digest& measured, std::uint64_t size,
                     const hash::HashOptions& how) {
  DigestKey key = begin_key(KeyKind::kVerity, size, how);
  HALLMARK_CHECK(measured.bytes().size() <= kKey - kIdentity);
  std::copy(measured.bytes().begin(), measured.bytes().end(), key.begin() + kIdentity);
  return key;
}

std::optional<DigestTable> DigestTable::parse(Bytes bytes) {
  if (bytes.size() < kHeader || !text_of(bytes).starts_with(kMagic)) return std::nullopt;
  const std::uint64_t size = number_at(bytes, kMagic.size());
  if (size > (bytes.size() - kHeader) / kRecord) return std::nullopt;
  const std::size_t digests = bytes.size() - kHeader - static_cast<std::size_t>(size) * kRecord;
  if (number_at(bytes, kMagic.size() + kNumber) != digests) return std::nullopt;
  DigestTable table;
  table.bytes_ = std::move(bytes);
  table.size_ = static_cast<std::size_t>(size);
  if (!table.is_sound()) return std::nullopt;
  return table;
}

// Keys ascend, and the digests of all entries, one after the other, are all that follows.
bool DigestTable::is_sound() const {
  const std::uint64_t digests = bytes_.size() - kHeader - size_ * kRecord;
  if (size_ == 0) return digests == 0;
  if (digests_start(0) != 0 || digests_start(size_ - 1) > digests) return false;
  for (std::size_t i = 1; i < size_; ++i) {
    if (compare(record(i - 1), record(i)) >= 0) return false;
    if (digests_start(i - 1) > digests_start(i)) return false;
  }
  return true;
}

ByteView DigestTable::record(std::size_t index) const {
  return ByteView(bytes_).subspan(kHeader + index * kRecord, kRecord);
}

std::uint64_t DigestTable::digests_start(std::size_t index) const {
  return number_at(record(index), kKey + kNumber);
}

TableEntry DigestTable::at(std::size_t index) const {
  const ByteView found = record(index);
  const ByteView digests = ByteView(bytes_).subspan(kHeader + size_ * kRecord);
  const std::uint64_t start = digests_start(index);
  const std::uint64_t end = index + 1 < size_ ? digests_start(index + 1) : digests.size();
  return {found.first(kKey),
          {static_cast<std::int64_t>(number_at(found, kKey))},
          digests.subspan(start, end - start)};
}

std::optional<std::size_t> DigestTable::find(ByteView key) const {
  HALLMARK_CHECK(key.size() == kKey);
  std::size_t first = 0;
  std::size_t count = size_;
  while (count > 0) {
    const std::size_t middle = first + count / 2;
    const int order = compare(record(middle), key);
    if (order == 0) return middle;
    if (order < 0) {
      count -= middle + 1 - first;
      first = middle + 1;
    } else {
      count = middle - first;
    }
  }
  return std::nullopt;
}

std::size_t DigestTableBuilder::bytes() const {
  return kHeader + entries_.size() * kRecord + digests_.size();
}

void DigestTableBuilder::add(const TableEntry& entry) {
  Collected added{{}, entry.used, digests_.size(), entry.digests.size()};
  std::copy(entry.key.begin(), entry.key.end(), added.key.begin());
  digests_.insert(digests_.end(), entry.digests.begin(), entry.digests.end());
  entries_.push_back(added);
}

// The entries that go into the table, in its order.
std::vector<const DigestTableBuilder::Collected*> DigestTableBuilder::choose(
    std::size_t max_bytes) const {
  std::vector<const Collected*> chosen;
  chosen.reserve(entries_.size());
  for (const Collected& entry : entries_) chosen.push_back(&entry);
  std::sort(chosen.begin(), chosen.end(), [](const Collected* a, const Collected* b) {
    return a->key != b->key ? a->key < b->key : a < b;
  });
  const auto same_key = [](const Collected* a, const Collected* b) { return a->key == b->key; };
  chosen.erase(std::unique(chosen.begin(), chosen.end(), same_key), chosen.end());
  std::sort(chosen.begin(), chosen.end(), [](const Collected* a, const Collected* b) {
    return a->used != b->used ? a->used > b->used : a->key < b->key;
  });
  std::size_t total = kHeader;
  const auto first_left_out = std::find_if(chosen.begin(), chosen.end(), [&](const Collected* e) {
    total += kRecord + e->length;
    return total > max_bytes;
  });
  chosen.erase(first_left_out, chosen.end());
  std::sort(chosen.begin(), chosen.end(),
            [](const Collected* a, const Collected* b) { return a->key < b->key; });
  return chosen;
}

Bytes DigestTableBuilder::build(std::size_t max_bytes) const {
  const std::vector<const Collected*> chosen = choose(max_bytes);
  Bytes table(kHeader + chosen.size() * kRecord);
  std::copy(kMagic.begin(), kMagic.end(), table.begin());
  put_number(chosen.size(), &table[kMagic.size()]);
  const std::size_t digests = table.size();
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    std::uint8_t* record = &table[kHeader + i * kRecord];
    std::copy(chosen[i]->key.begin(), chosen[i]->key.end(), record);
    put_number(static_cast<std::uint64_t>(chosen[i]->used.seconds), record + kKey);
    put_number(table.size() - digests, record + kKey + kNumber);
    const auto start = digests_.begin() + static_cast<std::ptrdiff_t>(chosen[i]->start);
    table.insert(table.end(), start, start + static_cast<std::ptrdiff_t>(chosen[i]->length));
  }
  put_number(table.size() - digests, &table[kMagic.size() + kNumber]);
  return table;
}

}  // namespace hallmark::manifest
