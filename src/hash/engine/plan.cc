#include "hash/engine/plan.h"

#include <algorithm>

namespace hallmark::hash::engine {
namespace {

// Short pieces that a thread takes at a time: enough to fill the widest kernel.
constexpr std::size_t kBatch = 16;

void add_file(std::size_t index, std::uint64_t size, std::uint64_t shard_size, Plan& plan) {
  const std::uint64_t count = shard_count(size, shard_size);
  if (count == 0) plan.pieces.push_back(Piece{.file = index});
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t offset = i * shard_size;
    const std::uint64_t rest = size - offset;
    const std::uint64_t length = shard_size == 0 ? rest : std::min(rest, shard_size);
    plan.pieces.push_back(Piece{index, offset, length, plan.results++});
  }
  plan.bytes += size;
}

}  // namespace

Plan plan_pieces(std::span<const FileToHash* const> files, std::uint64_t shard_size) {
  Plan plan;
  plan.pieces.reserve(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    add_file(i, files[i]->listed.size, shard_size, plan);
  }
  const auto is_long = [](const Piece& piece) { return piece.length > kLongestShortPiece; };
  const auto short_begin = std::partition(plan.pieces.begin(), plan.pieces.end(), is_long);
  const auto in_list_order = [](const Piece& a, const Piece& b) {
    return a.file != b.file ? a.file < b.file : a.offset < b.offset;
  };
  std::sort(plan.pieces.begin(), short_begin, [&](const Piece& a, const Piece& b) {
    return a.length != b.length ? a.length > b.length : in_list_order(a, b);
  });
  std::sort(short_begin, plan.pieces.end(), in_list_order);
  plan.long_pieces = static_cast<std::size_t>(short_begin - plan.pieces.begin());
  return plan;
}

std::span<const Piece> PieceSource::take() {
  const std::scoped_lock lock(mutex_);
  const std::span<const Piece> rest = std::span(plan_.pieces).subspan(next_);
  const std::size_t wanted = next_ < plan_.long_pieces ? 1 : kBatch;
  const std::span<const Piece> taken = rest.first(std::min(wanted, rest.size()));
  next_ += taken.size();
  return taken;
}

void PieceSource::stop() {
  const std::scoped_lock lock(mutex_);
  next_ = plan_.pieces.size();
}

}  // namespace hallmark::hash::engine
