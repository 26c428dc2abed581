#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>

#include "hallmark/base/progress.h"

namespace hallmark::cli {

/// How far it is, for one line of text.
struct ProgressState {
  std::uint64_t total_bytes = 0;
  std::uint64_t done_bytes = 0;
  double seconds = 0;  ///< since the start
};

/// "1.5 GB": powers of 1000, three digits.
std::string format_bytes(double bytes);

/// "[######--------------]  30 %  1.2 GB of 4.0 GB  1.6 GB/s  2 s left"
std::string format_progress(const ProgressState& state);

/// Draws the progress on stderr ten times a second, when stderr is a terminal. The line is gone
/// when it ends.
class ProgressBar final : public base::ProgressSink {
 public:
  ProgressBar();
  ~ProgressBar() override;

  void on_total(std::uint64_t files, std::uint64_t bytes) override;
  void on_bytes(std::uint64_t bytes) override { done_ += bytes; }
  void on_file() override {}

 private:
  void draw_until_stopped();

  std::atomic<std::uint64_t> total_{0};
  std::atomic<std::uint64_t> done_{0};
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread drawer_;
};

}  // namespace hallmark::cli
