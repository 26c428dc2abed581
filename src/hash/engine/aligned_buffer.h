#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <span>

namespace hallmark::hash::engine {

/// Memory aligned to pages, as direct reading wants it. Not initialised.
class AlignedBuffer {
 public:
  static constexpr std::size_t kAlignment = 4096;

  explicit AlignedBuffer(std::size_t size)
      : size_(size),
        bytes_(static_cast<std::uint8_t*>(::operator new(size, std::align_val_t{kAlignment}))) {}

  [[nodiscard]] std::span<std::uint8_t> span() const { return {bytes_.get(), size_}; }

 private:
  struct Free {
    void operator()(std::uint8_t* bytes) const {
      ::operator delete(bytes, std::align_val_t{kAlignment});
    }
  };

  std::size_t size_;
  std::unique_ptr<std::uint8_t, Free> bytes_;
};

}  // namespace hallmark::hash::engine
