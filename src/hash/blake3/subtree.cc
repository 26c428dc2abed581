#include "hash/blake3/subtree.h"

#include <algorithm>
#include <bit>

#include "hash/blake3/cpu.h"

#if defined(__x86_64__)
#include <immintrin.h>  // before blake3_impl.h, which would include it with C linkage
#endif

extern "C" {
#include <blake3_impl.h>
}

namespace hallmark::hash::blake3 {
namespace {

static_assert(kChunkSize == BLAKE3_CHUNK_LEN);
static_assert(sizeof(ChainingValue) == BLAKE3_OUT_LEN);

// What one call of the kernels takes; they split it into as many lanes as the CPU has.
constexpr std::size_t kBatch = 64;

using Level = std::vector<ChainingValue>;

ChainingValue to_bytes(const std::array<std::uint32_t, 8>& words) {
  ChainingValue value{};
  for (std::size_t i = 0; i < value.size(); ++i) {
    value[i] = static_cast<std::uint8_t>(words[i / 4] >> (8 * (i % 4)));
  }
  return value;
}

std::array<std::uint32_t, 8> start_words() {
  std::array<std::uint32_t, 8> words{};
  std::copy(std::begin(IV), std::end(IV), words.begin());
  return words;
}

void hash_chunks(ByteView chunks, std::uint64_t first_chunk, ChainingValue* out) {
  std::array<const std::uint8_t*, kBatch> inputs{};
  const std::size_t count = chunks.size() / kChunkSize;
  for (std::size_t done = 0; done < count;) {
    const std::size_t n = std::min(kBatch, count - done);
    for (std::size_t i = 0; i < n; ++i) inputs[i] = chunks.data() + (done + i) * kChunkSize;
    blake3_hash_many(inputs.data(), n, kChunkSize / BLAKE3_BLOCK_LEN, IV, first_chunk + done,
                     /*increment_counter=*/true, 0, CHUNK_START, CHUNK_END, out[done].data());
    done += n;
  }
}

// The last chunk of a message, from 1 to 1023 bytes.
ChainingValue hash_short_chunk(ByteView chunk, std::uint64_t counter) {
  std::array<std::uint32_t, 8> words = start_words();
  unsigned flags = CHUNK_START;
  while (!chunk.empty()) {
    const std::size_t n = std::min<std::size_t>(BLAKE3_BLOCK_LEN, chunk.size());
    std::array<std::uint8_t, BLAKE3_BLOCK_LEN> block{};
    std::copy_n(chunk.begin(), n, block.begin());
    chunk = chunk.subspan(n);
    if (chunk.empty()) flags |= CHUNK_END;
    blake3_compress_in_place(words.data(), block.data(), static_cast<std::uint8_t>(n), counter,
                             static_cast<std::uint8_t>(flags));
    flags = 0;
  }
  return to_bytes(words);
}

// Joins neighbours, level by level, until `wanted` values are left; one without a neighbour goes up
// as it is. That builds the same tree as always giving the left child the largest power of two.
void merge_levels(Level& level, std::size_t wanted) {
  std::array<const std::uint8_t*, kBatch> inputs{};
  Level parents;
  while (level.size() > wanted) {
    const std::size_t pairs = level.size() / 2;
    parents.resize(pairs);
    for (std::size_t done = 0; done < pairs;) {
      const std::size_t n = std::min(kBatch, pairs - done);
      for (std::size_t i = 0; i < n; ++i) inputs[i] = level[2 * (done + i)].data();
      blake3_hash_many(inputs.data(), n, 1, IV, 0, /*increment_counter=*/false, PARENT, 0, 0,
                       parents[done].data());
      done += n;
    }
    if (level.size() % 2 != 0) parents.push_back(level.back());
    level.swap(parents);
  }
}

}  // namespace

bool has_subtrees() { return true; }

ChainingValue subtree(ByteView part, std::uint64_t first_chunk) {
  HALLMARK_CHECK(!part.empty());
  detect_cpu();
  const std::size_t whole = part.size() / kChunkSize;
  const std::size_t rest = part.size() % kChunkSize;
  const std::size_t count = whole + (rest != 0 ? 1 : 0);
  HALLMARK_CHECK(first_chunk % std::bit_ceil(count) == 0);
  Level level(count);
  hash_chunks(part.first(whole * kChunkSize), first_chunk, level.data());
  if (rest != 0) level.back() = hash_short_chunk(part.last(rest), first_chunk + whole);
  merge_levels(level, 1);
  return level.front();
}

ChainingValue merge(std::span<const ChainingValue> parts) {
  HALLMARK_CHECK(std::has_single_bit(parts.size()));
  detect_cpu();
  Level level(parts.begin(), parts.end());
  merge_levels(level, 1);
  return level.front();
}

Digest merge_root(std::span<const ChainingValue> parts) {
  HALLMARK_CHECK(parts.size() >= 2);
  detect_cpu();
  Level level(parts.begin(), parts.end());
  merge_levels(level, 2);
  std::array<std::uint32_t, 8> words = start_words();
  blake3_compress_in_place(words.data(), level.front().data(), BLAKE3_BLOCK_LEN, 0, PARENT | ROOT);
  auto digest = Digest::create(Algorithm::kBlake3, to_bytes(words));
  HALLMARK_CHECK(digest.has_value());
  return *digest;
}

}  // namespace hallmark::hash::blake3
