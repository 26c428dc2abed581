#include "hallmark/base/thread_pool.h"

#include <system_error>
#include <utility>

namespace hallmark::base {

ThreadPool::ThreadPool(std::size_t threads) {
  if (threads == 0) threads = usable_processors();
  threads_.reserve(threads - 1);
  try {
    for (std::size_t i = 1; i < threads; ++i) threads_.emplace_back([this] { work(); });
    // NOLINTNEXTLINE(bugprone-empty-catch): nothing is left to do
  } catch (const std::system_error&) {
    // The system gives no more threads; the caller's and those there are do the work.
  }
}

ThreadPool::~ThreadPool() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  start_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void ThreadPool::for_each(std::size_t count, const std::function<bool(std::size_t)>& body) {
  {
    const std::scoped_lock lock(mutex_);
    body_ = &body;
    count_ = count;
    next_ = 0;
    ++round_;
  }
  if (count > 1) start_.notify_all();
  drain();
  std::unique_lock lock(mutex_);
  done_.wait(lock, [this] { return running_ == 0; });
  body_ = nullptr;
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void ThreadPool::work() {
  std::uint64_t seen = 0;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      start_.wait(lock, [&] { return stopping_ || round_ != seen; });
      if (stopping_) return;
      seen = round_;
    }
    drain();
  }
}

// Takes indices until none are left. Only a thread that is inside a body counts as running, so a
// thread that wakes late finds nothing and touches nothing.
void ThreadPool::drain() {
  std::unique_lock lock(mutex_);
  while (next_ < count_) {
    const std::size_t index = next_++;
    const auto* body = body_;
    ++running_;
    lock.unlock();
    bool go_on = false;
    std::exception_ptr failure;
    try {
      go_on = (*body)(index);
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    if (failure) failure_ = failure;
    if (!go_on) next_ = count_;
    --running_;
  }
  if (running_ == 0) done_.notify_all();
}

}  // namespace hallmark::base
