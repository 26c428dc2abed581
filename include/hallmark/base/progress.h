#pragma once

#include <cstdint>

namespace hallmark::base {

/// Hears how far a long operation has come. Called from several threads at once; must be quick.
class ProgressSink {
 public:
  virtual ~ProgressSink() = default;

  /// The work ahead, once it is known.
  virtual void on_total(std::uint64_t files, std::uint64_t bytes) = 0;
  /// `bytes` more were read.
  virtual void on_bytes(std::uint64_t bytes) = 0;
  /// One more file is complete.
  virtual void on_file() = 0;
};

/// For callers that do not want to hear.
class NoProgress final : public ProgressSink {
 public:
  void on_total(std::uint64_t /*files*/, std::uint64_t /*bytes*/) override {}
  void on_bytes(std::uint64_t /*bytes*/) override {}
  void on_file() override {}
};

}  // namespace hallmark::base
