#include "hallmark/base/thread_pool.h"

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cstddef>
#include <memory>
#include <new>
#include <numeric>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace hallmark::base {
namespace {

TEST(ThreadPoolTest, CallsTheBodyOnceForEveryIndex) {
  for (const std::size_t threads : {1U, 2U, 3U, 8U}) {
    ThreadPool pool(threads);
    EXPECT_EQ(pool.size(), threads);
    for (const std::size_t count : {0U, 1U, 2U, 3U, 7U, 64U, 1'000U}) {
      std::vector<std::atomic<int>> calls(count);
      pool.for_each(count, [&](std::size_t index) {
        calls[index].fetch_add(1);
        return true;
      });
      EXPECT_TRUE(std::all_of(calls.begin(), calls.end(), [](const auto& n) { return n == 1; }))
          << threads << " threads, " << count << " indices";
    }
  }
}

TEST(ThreadPoolTest, OneThreadRunsInOrderOnTheCaller) {
  ThreadPool pool(1);
  std::vector<std::size_t> order;
  const std::thread::id caller = std::this_thread::get_id();
  pool.for_each(100, [&](std::size_t index) {
    EXPECT_EQ(std::this_thread::get_id(), caller);
    order.push_back(index);
    return true;
  });
  std::vector<std::size_t> expected(100);
  std::iota(expected.begin(), expected.end(), std::size_t{0});
  EXPECT_EQ(order, expected);
}

TEST(ThreadPoolTest, StartsNothingAfterABodyReturnedFalse) {
  ThreadPool alone(1);
  std::size_t calls = 0;
  alone.for_each(1'000, [&](std::size_t index) {
    ++calls;
    return index != 10;
  });
  EXPECT_EQ(calls, 11U);

  ThreadPool pool(4);
  std::atomic<std::size_t> started{0};
  pool.for_each(1'000'000, [&](std::size_t) {
    started.fetch_add(1);
    return false;
  });
  EXPECT_GE(started.load(), 1U);
  EXPECT_LE(started.load(), pool.size());
}

TEST(ThreadPoolTest, ALoopAfterAStoppedOneIsWhole) {
  ThreadPool pool(4);
  for (int round = 0; round < 100; ++round) {
    pool.for_each(100, [](std::size_t) { return false; });
    std::atomic<std::size_t> calls{0};
    pool.for_each(100, [&](std::size_t) {
      calls.fetch_add(1);
      return true;
    });
    ASSERT_EQ(calls.load(), 100U);
  }
}

// Each body waits for three others: one thread less and this would never end.
TEST(ThreadPoolTest, RunsOnAllThreadsAtOnce) {
  ThreadPool pool(4);
  std::barrier meeting(4);
  std::atomic<int> met{0};
  pool.for_each(4, [&](std::size_t) {
    meeting.arrive_and_wait();
    met.fetch_add(1);
    return true;
  });
  EXPECT_EQ(met.load(), 4);
}

TEST(ThreadPoolTest, TakesManySmallLoops) {
  ThreadPool pool(4);
  for (std::size_t round = 0; round < 10'000; ++round) {
    const std::size_t count = round % 5;
    std::atomic<std::size_t> calls{0};
    pool.for_each(count, [&](std::size_t) {
      calls.fetch_add(1);
      return true;
    });
    ASSERT_EQ(calls.load(), count) << "round " << round;
  }
}

// What bodies wrote without atomics must be visible to the caller afterwards.
TEST(ThreadPoolTest, ReturnsAfterAllBodiesAreDone) {
  ThreadPool pool(4);
  for (int round = 0; round < 100; ++round) {
    std::vector<std::size_t> squares(97);
    pool.for_each(squares.size(), [&](std::size_t index) {
      squares[index] = index * index;
      return true;
    });
    for (std::size_t i = 0; i < squares.size(); ++i) ASSERT_EQ(squares[i], i * i);
  }
}

TEST(ThreadPoolTest, HandsWhatABodyThrowsToTheCaller) {
  ThreadPool pool(4);
  std::atomic<std::size_t> calls{0};
  const auto body = [&](std::size_t index) -> bool {
    calls.fetch_add(1);
    if (index == 10) throw std::bad_alloc();
    return true;
  };
  EXPECT_THROW(pool.for_each(1'000'000, body), std::bad_alloc);
  EXPECT_LT(calls.load(), std::size_t{1'000'000});
  calls = 100;
  pool.for_each(5, [&](std::size_t) { return calls.fetch_add(1) > 0; });
  EXPECT_EQ(calls.load(), std::size_t{105});
}

TEST(ThreadPoolTest, EndsWithoutEverHavingRun) {
  for (int round = 0; round < 50; ++round) const ThreadPool pool(4);
}

TEST(ThreadPoolTest, ZeroThreadsMeansTheUsableProcessors) {
  EXPECT_EQ(ThreadPool().size(), usable_processors());
}

}  // namespace
}  // namespace hallmark::base
