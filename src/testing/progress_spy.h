#pragma once

#include <atomic>
#include <functional>
#include <utility>

#include "hallmark/base/progress.h"

namespace hallmark::testing {

/// Counts what it hears, and calls back once, when the first bytes were read: the moment to change
/// a file under the reader.
class ProgressSpy final : public base::ProgressSink {
 public:
  explicit ProgressSpy(std::function<void()> on_first_bytes = {})
      : on_first_bytes_(std::move(on_first_bytes)) {}

  void on_total(std::uint64_t /*files*/, std::uint64_t /*bytes*/) override {}
  void on_bytes(std::uint64_t bytes) override {
    bytes_ += bytes;
    if (!called_.exchange(true) && on_first_bytes_) on_first_bytes_();
  }
  void on_file() override { ++files_; }

  [[nodiscard]] std::uint64_t bytes() const { return bytes_; }
  [[nodiscard]] std::uint64_t files() const { return files_; }

 private:
  std::function<void()> on_first_bytes_;
  std::atomic<bool> called_{false};
  std::atomic<std::uint64_t> bytes_{0};
  std::atomic<std::uint64_t> files_{0};
};

}  // namespace hallmark::testing
