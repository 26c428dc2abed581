#include "hash/engine/blake3_worker.h"

#include <algorithm>

#include "hash/engine/hash_piece.h"

namespace hallmark::hash::engine {
namespace {

// Bytes that are read and hashed at a time: as many as the buffer holds.
constexpr std::uint64_t kStep = std::uint64_t{1} << 20;

// Chaining values that a thread makes at a time: opening the file anew for each run costs little.
constexpr std::uint64_t kValuesOfRun = 16;

bool is_cut(const Piece& piece, std::uint64_t value_size) {
  return blake3::has_subtrees() && piece.length > kValuesOfRun * value_size;
}

std::uint64_t count_values(const Piece& piece, std::uint64_t value_size) {
  return piece.length / value_size + (piece.length % value_size != 0 ? 1 : 0);
}

bool fits(const Plan& plan, std::uint64_t value_size, std::size_t most_values) {
  std::uint64_t values = 0;
  for (const Piece& piece : plan.pieces) {
    if (is_cut(piece, value_size)) values += count_values(piece, value_size);
    if (values > most_values) return false;
  }
  return true;
}

std::uint64_t choose_value_size(const Plan& plan, std::size_t most_values) {
  std::uint64_t size = kStep;
  while (!fits(plan, size, most_values)) size *= 2;
  return size;
}

void cut(const Piece& piece, Blake3Plan& plan) {
  const auto values = static_cast<std::size_t>(count_values(piece, plan.value_size));
  plan.cuts.push_back({piece.result, plan.values, values});
  const std::uint64_t run = kValuesOfRun * plan.value_size;
  for (std::uint64_t done = 0; done < piece.length; done += run) {
    const auto value = plan.values + static_cast<std::size_t>(done / plan.value_size);
    plan.runs.pieces.push_back(Piece{piece.file, piece.offset + done,
                                     std::min(run, piece.length - done), plan.digests + value});
  }
  plan.values += values;
}

}  // namespace

Blake3Plan cut_for_blake3(const Plan& plan, std::size_t most_values) {
  Blake3Plan cut_plan;
  cut_plan.digests = plan.results;
  cut_plan.runs.bytes = plan.bytes;
  cut_plan.value_size = choose_value_size(plan, most_values);
  for (std::size_t i = 0; i < plan.pieces.size(); ++i) {
    const Piece& piece = plan.pieces[i];
    if (i == plan.long_pieces) cut_plan.runs.long_pieces = cut_plan.runs.pieces.size();
    if (is_cut(piece, cut_plan.value_size)) {
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
      value_size_(plan.value_size),
      cuts_(plan.cuts),
      values_(values),
      shared_(shared),
      opener_(job),
      hasher_(Algorithm::kBlake3),
      buffer_(kStep) {}

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
    const std::uint64_t first_chunk = (value - cut_begin) * (value_size_ / blake3::kChunkSize);
    HALLMARK_ASSIGN_OR_RETURN(values_[value], hash_value(opened, first_chunk));
  }
  return {};
}

Result<blake3::ChainingValue> Blake3Worker::hash_value(OpenPiece& opened,
                                                       std::uint64_t first_chunk) {
  for (std::uint64_t done = 0; done < value_size_ && opened.rest() > 0; done += kStep) {
    HALLMARK_ASSIGN_OR_RETURN(const std::size_t n, opened.read(buffer_.span()));
    merging_.add(blake3::subtree(buffer_.span().first(n), first_chunk + done / blake3::kChunkSize));
  }
  return merging_.finish();
}

void merge_values(const Blake3Plan& plan, std::span<const blake3::ChainingValue> values,
                  std::span<Digest> digests) {
  for (const Blake3Plan::Cut& cut : plan.cuts) {
    digests[cut.result] = blake3::merge_root(values.subspan(cut.first_value, cut.values));
  }
}

}  // namespace hallmark::hash::engine
