#pragma once

#include <memory>
#include <span>
#include <vector>

#include "hallmark/base/bytes.h"
#include "manifest/archive_stream.h"

namespace hallmark::manifest {

/// Compressed bytes on their way into a decompressor.
class PackedInput {
 public:
  explicit PackedInput(std::unique_ptr<ByteStream> stream)
      : stream_(std::move(stream)), buffer_(kArchiveBuffer) {}

  /// Bytes that were read and not yet used; none only where the stream ends.
  Result<ByteView> peek() {
    if (unused_.empty() && !ended_) {
      HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, stream_->read(buffer_));
      ended_ = count < buffer_.size();
      unused_ = ByteView(buffer_).first(count);
    }
    return unused_;
  }

  void use(std::size_t count) { unused_ = unused_.subspan(count); }

 private:
  std::unique_ptr<ByteStream> stream_;
  std::vector<std::uint8_t> buffer_;
  ByteView unused_;
  bool ended_ = false;
};

}  // namespace hallmark::manifest
