#include "cli/progress_bar.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <cstdio>

#include <fmt/core.h>

namespace hallmark::cli {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kWidth = 20;
// Less work than this is done before anyone could read a bar.
constexpr std::uint64_t kWorthDrawing = 64 << 20;

std::string format_seconds(double seconds) {
  const auto whole = static_cast<std::int64_t>(std::ceil(seconds));
  if (whole < 100) return fmt::format("{} s", whole);
  return fmt::format("{}:{:02} min", whole / 60, whole % 60);
}

}  // namespace

std::string format_bytes(double bytes) {
  constexpr std::array<const char*, 6> kUnits = {"B", "kB", "MB", "GB", "TB", "PB"};
  std::size_t unit = 0;
  while (bytes >= 999.5 && unit + 1 < kUnits.size()) {
    bytes /= 1000;
    ++unit;
  }
  const int digits = unit == 0 || bytes >= 99.95 ? 0 : 1;
  return fmt::format("{:.{}f} {}", bytes, digits, kUnits[unit]);
}

std::string format_progress(const ProgressState& state) {
  const double done = static_cast<double>(state.done_bytes);
  const double total = static_cast<double>(std::max(state.total_bytes, state.done_bytes));
  const double share = total > 0 ? done / total : 1;
  const auto filled = static_cast<std::size_t>(share * kWidth);
  std::string line = fmt::format("[{}{}] {:3.0f} %  {} of {}", std::string(filled, '#'),
                                 std::string(kWidth - filled, '-'), std::floor(share * 100),
                                 format_bytes(done), format_bytes(total));
  if (state.seconds < 0.2 || done <= 0) return line;
  const double rate = done / state.seconds;
  return line +
         fmt::format("  {}/s  {} left", format_bytes(rate), format_seconds((total - done) / rate));
}

ProgressBar::ProgressBar() = default;

ProgressBar::~ProgressBar() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (drawer_.joinable()) drawer_.join();
}

void ProgressBar::on_total(std::uint64_t /*files*/, std::uint64_t bytes) {
  total_ += bytes;
  if (bytes < kWorthDrawing || drawer_.joinable() || ::isatty(STDERR_FILENO) == 0) return;
  try {
    drawer_ = std::thread([this] { draw_until_stopped(); });
    // NOLINTNEXTLINE(bugprone-empty-catch): nothing is left to do
  } catch (const std::system_error&) {
    // No bar, then.
  }
}

void ProgressBar::draw_until_stopped() {
  const auto start = Clock::now();
  std::unique_lock lock(mutex_);
  while (!wake_.wait_for(lock, std::chrono::milliseconds(100), [this] { return stopping_; })) {
    const std::chrono::duration<double> elapsed = Clock::now() - start;
    const std::string line = format_progress({total_, done_, elapsed.count()});
    std::fprintf(stderr, "\r\033[K%s", line.c_str());
    std::fflush(stderr);
  }
  std::fputs("\r\033[K", stderr);
  std::fflush(stderr);
}

}  // namespace hallmark::cli
