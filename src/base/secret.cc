#include "hallmark/base/secret.h"

#include <cstring>
#include <utility>

namespace hallmark::base {
namespace {

// Short texts live inside the string object, and a move copies them: the whole capacity is wiped,
// not only what is in use.
void wipe_text(std::string& text) noexcept {
  text.resize(text.capacity());
  explicit_bzero(text.data(), text.size());
  text.clear();
}

}  // namespace

void wipe(std::span<std::uint8_t> bytes) noexcept {
  if (!bytes.empty()) explicit_bzero(bytes.data(), bytes.size());  // which takes no null
}

Secret::Secret(std::string&& value) : value_(std::move(value)) { wipe_text(value); }

Secret::Secret(Secret&& other) noexcept : value_(std::move(other.value_)) { other.wipe(); }

Secret& Secret::operator=(Secret&& other) noexcept {
  if (this != &other) {
    wipe();
    value_ = std::move(other.value_);
    other.wipe();
  }
  return *this;
}

void Secret::wipe() noexcept { wipe_text(value_); }

}  // namespace hallmark::base
