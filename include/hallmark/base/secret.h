#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace hallmark::base {

/// Overwrites bytes that held a secret; there may be none.
void wipe(std::span<std::uint8_t> bytes) noexcept;

/// A passphrase or private key text. It cannot be copied by accident or printed, and its memory is
/// wiped when it ends.
class Secret {
 public:
  Secret() = default;
  /// Takes the text over and wipes what the argument leaves behind.
  explicit Secret(std::string&& value);
  ~Secret() { wipe(); }

  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&& other) noexcept;
  Secret& operator=(Secret&& other) noexcept;

  /// The text itself. The name is long so that every place that looks can be found.
  [[nodiscard]] std::string_view expose_secret() const { return value_; }
  [[nodiscard]] bool empty() const { return value_.empty(); }

 private:
  void wipe() noexcept;

  std::string value_;
};

}  // namespace hallmark::base
