#pragma once

#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace hallmark::base {

/// How many threads can really run: the cores that the affinity mask leaves, and no more than the
/// cgroup's processor quota (v2 `cpu.max`, v1 `cpu.cfs_quota_us`) rounded up. At least 1.
std::size_t usable_processors();

/// A fixed set of threads that share one loop at a time.
class ThreadPool {
 public:
  /// `threads` of 0 means `usable_processors()`. There are fewer when the system gives no more.
  explicit ThreadPool(std::size_t threads = 0);
  ~ThreadPool();

  ThreadPool(const ThreadPool&) = delete;
  ThreadPool& operator=(const ThreadPool&) = delete;

  [[nodiscard]] std::size_t size() const { return threads_.size() + 1; }

  /// Calls `body(index)` for every index below `count`, in ascending order of start, on all
  /// threads and on the caller's, and returns when all are done. A body that returns false stops
  /// the start of further indices, and so does one that throws (std::bad_alloc, say), which the
  /// caller then sees. Not reentrant: one loop at a time.
  void for_each(std::size_t count, const std::function<bool(std::size_t)>& body);

 private:
  void work();
  void drain();

  std::mutex mutex_;
  std::condition_variable start_;
  std::condition_variable done_;
  const std::function<bool(std::size_t)>* body_ = nullptr;  // guarded by mutex_ between loops
  std::size_t count_ = 0;
  std::size_t next_ = 0;        // guarded by mutex_
  std::size_t running_ = 0;     // guarded by mutex_
  std::uint64_t round_ = 0;     // guarded by mutex_
  bool stopping_ = false;       // guarded by mutex_
  std::exception_ptr failure_;  // guarded by mutex_
  std::vector<std::thread> threads_;
};

}  // namespace hallmark::base
