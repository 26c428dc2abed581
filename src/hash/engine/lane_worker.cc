// Several SHA-256 messages side by side on one thread.
//
// The problem: one message keeps a core waiting for itself, and a kernel that compresses several
// at a time wants them all to have data, though files have any length and end at any time.
//
// The idea: every message under way has a slot with a buffer. A round refills the slots that ran
// dry, padding included when a message ends, and then compresses as many blocks as the slot with
// the fewest has: every lane is busy in every round. A slot whose message ended takes the next
// piece. When pieces run out and fewer lanes are left, narrower kernels take over, down to one.
//
// Rejected: a queue of blocks for each lane filled by another thread (reading costs a quarter of
// hashing, handing over costs more than it hides); hashing the ends of messages apart with
// libcrypto (for small files the end is a good part of the whole).

#include "hash/engine/lane_worker.h"

#include <algorithm>
#include <array>

#include "hash/sha256/padding.h"

namespace hallmark::hash::engine {
namespace {

// Sixteen of them fill a second-level cache of 1 MiB, four stay well within it. Larger ones save
// calls of read and lose more to the cache.
constexpr std::size_t kBufferSize = std::size_t{64} << 10;

// Lanes move through their buffers in step. Buffers that begin at the same place of a page would
// all want the same few places of the first-level cache.
constexpr std::size_t kStagger = 320;

constexpr std::size_t kSlotSize = kBufferSize + 2 * AlignedBuffer::kAlignment;

static_assert(kSlotSize >= kBufferSize + (sha256::kWidest - 1) * kStagger + sha256::kLongestEnd);
static_assert(kSlotSize % AlignedBuffer::kAlignment == 0);

// Where the buffer of a lane begins; direct reading needs it to be the beginning of a page.
std::size_t buffer_offset(std::size_t lane, bool direct) {
  return lane * kSlotSize + (direct ? 0 : lane % sha256::kWidest * kStagger);
}

}  // namespace

LaneWorker::LaneWorker(const Job& job, const sha256::Choice& kernels, std::size_t lanes,
                       Shared& shared)
    : kernels_(kernels), shared_(shared), opener_(job), memory_(lanes * kSlotSize), slots_(lanes) {
  for (std::size_t i = 0; i < lanes; ++i) {
    slots_[i].buffer =
        memory_.span().subspan(buffer_offset(i, job.direct), kBufferSize + sha256::kLongestEnd);
    free_.push_back(&slots_[i]);
  }
}

bool LaneWorker::run() {
  for (;;) {
    if (shared_.failure.any() || !start_pieces()) return false;
    if (live_.empty()) return check_directories();
    std::size_t blocks = static_cast<std::size_t>(-1);
    for (Slot* slot : live_) {
      if (slot->blocks == 0 && !refill(*slot)) return false;
      blocks = std::min(blocks, slot->blocks);
    }
    compress(blocks);
    if (!finish_done()) return false;
  }
}

bool LaneWorker::failed(const Piece& piece, Error error) {
  shared_.failure.note(piece.file, std::move(error));
  shared_.source.stop();
  return false;
}

bool LaneWorker::check_directories() {
  auto checked = opener_.check_directories();
  return checked || failed(Piece{}, std::move(checked.error()));
}

bool LaneWorker::start_pieces() {
  while (!free_.empty()) {
    if (batch_.empty()) batch_ = shared_.source.take();
    if (batch_.empty()) return true;
    const Piece& piece = batch_.front();
    batch_ = batch_.subspan(1);
    if (!start(piece)) return false;
  }
  return true;
}

bool LaneWorker::start(const Piece& piece) {
  auto opened = opener_.open(piece);
  if (!opened) return failed(piece, std::move(opened.error()));
  Slot* const slot = free_.back();
  free_.pop_back();
  live_.push_back(slot);
  slot->piece = *std::move(opened);
  slot->lane.state = sha256::initial_state();
  slot->blocks = 0;
  slot->padded = false;
  return true;
}

bool LaneWorker::refill(Slot& slot) {
  OpenPiece& piece = *slot.piece;
  const auto n = piece.read(slot.buffer.first(kBufferSize));
  if (!n) return failed(piece.piece(), n.error());
  slot.lane.data = slot.buffer.data();
  slot.blocks = *n / sha256::kBlockSize;
  if (piece.rest() > 0) return true;
  const std::span<std::uint8_t> end = slot.buffer.subspan(slot.blocks * sha256::kBlockSize);
  slot.blocks += sha256::write_padding(end, piece.piece().length);
  slot.padded = true;
  return true;
}

void LaneWorker::compress(std::size_t blocks) {
  for (std::size_t first = 0; first < live_.size();) {
    const sha256::Kernel& kernel = kernels_.for_messages(live_.size() - first);
    compress_group(first, kernel, blocks);
    first += kernel.width;
  }
  for (Slot* slot : live_) slot->blocks -= blocks;
}

// A group that is too small is filled up with lanes that repeat the first one's data, and whose
// states nobody looks at.
void LaneWorker::compress_group(std::size_t first, const sha256::Kernel& kernel,
                                std::size_t blocks) {
  std::array<sha256::Lane, sha256::kWidest> unused;
  std::array<sha256::Lane*, sha256::kWidest> lanes{};
  for (std::size_t i = 0; i < kernel.width; ++i) {
    if (first + i < live_.size()) {
      lanes[i] = &live_[first + i]->lane;
    } else {
      unused[i] = live_[first]->lane;
      lanes[i] = &unused[i];
    }
  }
  kernel.compress(lanes.data(), blocks);
}

bool LaneWorker::finish_done() {
  for (std::size_t i = 0; i < live_.size();) {
    Slot& slot = *live_[i];
    if (slot.blocks > 0 || !slot.padded) {
      ++i;
      continue;
    }
    if (!finish(slot)) return false;
    free_.push_back(&slot);
    live_[i] = live_.back();
    live_.pop_back();
  }
  return true;
}

bool LaneWorker::finish(Slot& slot) {
  const Piece piece = slot.piece->piece();
  auto closed = slot.piece->close();
  slot.piece.reset();
  if (!closed) return failed(piece, std::move(closed.error()));
  const auto digest = Digest::create(Algorithm::kSha256, sha256::digest_bytes(slot.lane.state));
  HALLMARK_CHECK(digest.has_value());
  shared_.piece_done(piece, *digest);
  return true;
}

}  // namespace hallmark::hash::engine
