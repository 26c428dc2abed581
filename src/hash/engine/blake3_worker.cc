#include "hash/engine/blake3_worker.h"

#include <algorithm>

#include "hash/engine/hash_piece.h"

namespace hallmark::hash::engine {
namespace {

// Bytes below one chaining value: as many as the buffer holds.
constexpr std::uint64_t kValue = std::uint64_t{1} << 20;

// Bytes that a thread takes at a time: opening the file anew for each costs little.
constexpr std::uint64_t kRun = 16 * kValue;

void cut(const Piece& piece, Blake3Plan& plan) {
  const auto values = static_cast<std::size_t>((piece.length + kValue - 1) / kValue);
  plan.cuts.push_back({piece.result, plan.values, values});
  for (std::uint64_t done = 0; done < piece.length; done += kRun) {
    const auto value = plan.values + static_cast<std::size_t>(done / kValue);
    plan.runs.pieces.push_back(Piece{piece.file, piece.offset + done,
                                     std::min(kRun, piece.length - done), plan.digests + value});
  }
  plan.values += values;
}

}  // namespace

Blake3Plan cut_for_blake3(const Plan& plan) {
  Blake3Plan cut_plan;
  cut_plan.digests = plan.results;
  cut_plan.runs.bytes = plan.bytes;
  for (std::size_t i = 0; i < plan.pieces.size(); ++i) {
    const Piece& piece = plan.pieces[i];
    if (i == plan.long_pieces) cut_plan.runs.long_pieces = cut_plan.runs.pieces.size();
    if (blake3::has_subtrees() && piece.length > kRun) {
      cut(piece, cut_plan);
    } else {
      cut_plan.runs.pieces.push_back(piece);
    }
  }
  if (plan.long_pieces == plan.pieces.size()) {
    cut_plan.runs.long_pieces = cut_plan.runs.pieces.size();
  }
  cut_plan.runs.results = cut_plan.digests + cut_plan.values;
  return cut_plan;
}

Blake3Worker::Blake3Worker(const Job& job, const Blake3Plan& plan,
                           std::span<blake3::ChainingValue> values, Shared& shared)
    : digests_(plan.digests),
      cuts_(plan.cuts),
      values_(values),
      shared_(shared),
      opener_(job),
      hasher_(Algorithm::kBlake3),
      buffer_(kValue) {}

bool Blake3Worker::run() {
  return work_off(shared_, opener_, [this](const Piece& piece) { return hash(piece); });
}

Result<void> Blake3Worker::hash(const Piece& piece) {
  HALLMARK_ASSIGN_OR_RETURN(OpenPiece opened, opener_.open(piece));
  const bool is_run = piece.result != Piece::kNoResult && piece.result >= digests_;
  if (is_run) {
    HALLMARK_TRY(hash_run(opened));
    HALLMARK_TRY(opened.close());
    shared_.files.piece_done(piece);
  } else {
    HALLMARK_ASSIGN_OR_RETURN(const Digest digest, hash_piece(opened, hasher_, buffer_.span()));
    HALLMARK_TRY(opened.close());
    shared_.piece_done(piece, digest);
  }
  return {};
}

Result<void> Blake3Worker::hash_run(OpenPiece& opened) {
  const std::size_t first_value = opened.piece().result - digests_;
  // The cut that the run belongs to: the last that begins before it.
  const auto after = std::upper_bound(
      cuts_.begin(), cuts_.end(), first_value,
      [](std::size_t value, const Blake3Plan::Cut& cut) { return value < cut.first_value; });
  const std::size_t cut_begin = (after - 1)->first_value;
  for (std::size_t value = first_value; opened.rest() > 0; ++value) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t n, opened.read(buffer_.span()));
    values_[value] = blake3::subtree(buffer_.span().first(n),
                                     (value - cut_begin) * (kValue / blake3::kChunkSize));
  }
  return {};
}

void merge_values(const Blake3Plan& plan, std::span<const blake3::ChainingValue> values,
                  std::span<Digest> digests) {
  for (const Blake3Plan::Cut& cut : plan.cuts) {
    digests[cut.result] = blake3::merge_root(values.subspan(cut.first_value, cut.values));
  }
}

}  // namespace hallmark::hash::engine
