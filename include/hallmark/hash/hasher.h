#pragma once

#include <memory>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/hash/digest.h"

namespace hallmark::hash {

/// Hashes a message that comes in pieces. One thread uses it at a time; after `finish` it is ready
/// for the next message.
class Hasher {
 public:
  explicit Hasher(Algorithm algorithm);
  ~Hasher();
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  Hasher(const Hasher&) = delete;
  Hasher& operator=(const Hasher&) = delete;

  void update(ByteView piece);

  /// The digest of everything since the last `finish`.
  Digest finish();

 private:
  struct State;
  struct LibcryptoState;
  struct Blake3State;
  static std::unique_ptr<State> make_state(Algorithm algorithm);

  std::unique_ptr<State> state_;
};

/// The digest of one message.
Digest hash_bytes(Algorithm algorithm, ByteView message);

}  // namespace hallmark::hash
