#include "hash/engine/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/lent_files.h"

namespace hallmark::hash::engine {
namespace {

using hallmark::testing::lend;
using ::testing::ElementsAre;

std::vector<FileToHash> files_of(const std::vector<std::uint64_t>& sizes) {
  std::vector<FileToHash> files;
  for (const std::uint64_t size : sizes) {
    FileToHash& file = files.emplace_back();
    file.listed.size = size;
  }
  return files;
}

std::vector<std::size_t> file_order(const Plan& plan) {
  std::vector<std::size_t> order;
  order.reserve(plan.pieces.size());
  for (const Piece& piece : plan.pieces) order.push_back(piece.file);
  return order;
}

TEST(PlanTest, PutsLongPiecesFirstAndShortOnesInTheOrderOfTheList) {
  const Plan plan = plan_pieces(lend(files_of({10, 200'000, 65'536, 65'537, 0, 300'000})), 0);
  EXPECT_THAT(file_order(plan), ElementsAre(5, 1, 3, 0, 2, 4));
  EXPECT_EQ(plan.long_pieces, 3U);
  EXPECT_EQ(plan.results, 6U);
  EXPECT_EQ(plan.bytes, 10U + 200'000 + 65'536 + 65'537 + 300'000);
}

TEST(PlanTest, NumbersResultsByFileAndOffset) {
  const Plan plan = plan_pieces(lend(files_of({100'000, 250'000})), 100'000);
  std::vector<std::uint64_t> lengths(plan.results);
  for (const Piece& piece : plan.pieces) lengths[piece.result] = piece.length;
  EXPECT_THAT(lengths, ElementsAre(100'000, 100'000, 100'000, 50'000));
  EXPECT_EQ(plan.pieces.back().offset, 200'000U);
}

TEST(PlanTest, LooksAtEmptyFilesThatHaveNoShard) {
  const Plan plan = plan_pieces(lend(files_of({0, 1})), 8);
  EXPECT_EQ(plan.results, 1U);
  EXPECT_EQ(plan.pieces.front().result, Piece::kNoResult);
}

TEST(PieceSourceTest, HandsOutLongPiecesSinglyAndShortOnesInBatches) {
  std::vector<std::uint64_t> sizes(40, 5);
  sizes[7] = sizes[8] = 1'000'000;
  const Plan plan = plan_pieces(lend(files_of(sizes)), 0);
  PieceSource source(plan);
  std::vector<std::size_t> taken;
  for (auto batch = source.take(); !batch.empty(); batch = source.take()) {
    taken.push_back(batch.size());
  }
  EXPECT_THAT(taken, ElementsAre(1, 1, 16, 16, 6));
}

TEST(PieceSourceTest, HandsOutNothingOnceItIsStopped) {
  const Plan plan = plan_pieces(lend(files_of({1, 2, 3})), 0);
  PieceSource source(plan);
  source.stop();
  EXPECT_TRUE(source.take().empty());
}

}  // namespace
}  // namespace hallmark::hash::engine
