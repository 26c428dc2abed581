#include "hash/engine/read_ahead.h"

#include <array>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <system_error>
#include <thread>

#include "hallmark/hash/hasher.h"
#include "hash/engine/aligned_buffer.h"
#include "hash/engine/hash_piece.h"

namespace hallmark::hash::engine {
namespace {

constexpr std::size_t kBuffers = 4;
constexpr std::size_t kBufferSize = std::size_t{1} << 20;

// Buffers that go round between one thread that fills them and one that empties them.
class Ring {
 public:
  /// The next buffer to fill; nothing once the other side gave up.
  std::optional<std::span<std::uint8_t>> begin_fill() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return filled_ - emptied_ < kBuffers || stopped_; });
    if (stopped_) return std::nullopt;
    return buffers_[filled_ % kBuffers].span();
  }

  /// What was read into it, or why that failed.
  void end_fill(Result<std::size_t> read) {
    const std::scoped_lock lock(mutex_);
    reads_[filled_ % kBuffers] = std::move(read);
    ++filled_;
    changed_.notify_one();
  }

  /// The next bytes to hash.
  Result<ByteView> begin_empty() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return filled_ > emptied_; });
    const std::size_t at = emptied_ % kBuffers;
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t n, reads_[at]);
    return ByteView(buffers_[at].span()).first(n);
  }

  void end_empty() {
    const std::scoped_lock lock(mutex_);
    ++emptied_;
    changed_.notify_one();
  }

  /// No buffer is filled any more.
  void stop() {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
    changed_.notify_one();
  }

 private:
  std::array<AlignedBuffer, kBuffers> buffers_{
      AlignedBuffer(kBufferSize), AlignedBuffer(kBufferSize), AlignedBuffer(kBufferSize),
      AlignedBuffer(kBufferSize)};
  std::array<Result<std::size_t>, kBuffers> reads_{};  // guarded by mutex_
  std::size_t filled_ = 0;                             // guarded by mutex_
  std::size_t emptied_ = 0;                            // guarded by mutex_
  bool stopped_ = false;                               // guarded by mutex_
  std::mutex mutex_;
  std::condition_variable changed_;
};

void fill(Ring& ring, OpenPiece& piece) {
  while (piece.rest() > 0) {
    const auto buffer = ring.begin_fill();
    if (!buffer) return;
    auto read = piece.read(*buffer);
    const bool good = read.has_value();
    ring.end_fill(std::move(read));
    if (!good) return;
  }
}

Result<void> empty(Ring& ring, std::uint64_t length, Hasher& hasher) {
  while (length > 0) {
    HALLMARK_ASSIGN_OR_RETURN(const ByteView bytes, ring.begin_empty());
    hasher.update(bytes);
    length -= bytes.size();
    ring.end_empty();
  }
  return {};
}

}  // namespace

Result<Digest> hash_with_read_ahead(OpenPiece& piece, Algorithm algorithm) {
  Ring ring;
  Hasher hasher(algorithm);
  std::thread reader;
  try {
    reader = std::thread([&] { fill(ring, piece); });
  } catch (const std::system_error&) {
    const AlignedBuffer buffer(kBufferSize);
    return hash_piece(piece, hasher, buffer.span());
  }
  auto hashed = empty(ring, piece.piece().length, hasher);
  ring.stop();
  reader.join();
  HALLMARK_TRY(std::move(hashed));
  return hasher.finish();
}

}  // namespace hallmark::hash::engine
