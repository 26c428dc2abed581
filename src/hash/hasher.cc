#include "hallmark/hash/hasher.h"

#include <array>

#include <blake3.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>

#include "hash/blake3/cpu.h"

namespace hallmark::hash {

/// One hash function in progress. `finish` fills a digest of the algorithm's length and begins
/// anew.
struct Hasher::State {
  explicit State(Algorithm chosen) : algorithm(chosen) {}
  virtual ~State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  virtual void update(ByteView piece) = 0;
  virtual void finish(std::uint8_t* digest) = 0;

  const Algorithm algorithm;
};

namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeFunction {
  void operator()(EVP_MD* function) const { EVP_MD_free(function); }
};

// Null for what libcrypto does not have.
const char* name_in_libcrypto(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::kSha256:
      return "SHA256";
    case Algorithm::kSha384:
      return "SHA384";
    case Algorithm::kSha512:
      return "SHA512";
    case Algorithm::kBlake2b:
      return "BLAKE2B-512";
    case Algorithm::kBlake3:
      break;
  }
  return nullptr;
}

// Without the machine's openssl.cnf, which takes longer to read than a small file to hash and could
// put another function in the place of this one.
EVP_MD* fetch_function(Algorithm algorithm) {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS, nullptr);
  return EVP_MD_fetch(nullptr, name_in_libcrypto(algorithm), nullptr);
}

}  // namespace

// The function is fetched once for the life of the hasher: with OpenSSL 3.0 every implicit fetch
// takes a lock that all threads share.
struct Hasher::LibcryptoState final : Hasher::State {
  explicit LibcryptoState(Algorithm chosen)
      : State(chosen), function(fetch_function(chosen)), context(EVP_MD_CTX_new()) {
    HALLMARK_CHECK(function != nullptr && context != nullptr);
    begin();
  }

  void begin() const {
    HALLMARK_CHECK(EVP_DigestInit_ex2(context.get(), function.get(), nullptr) == 1);
  }

  void update(ByteView piece) override {
    HALLMARK_CHECK(EVP_DigestUpdate(context.get(), piece.data(), piece.size()) == 1);
  }

  void finish(std::uint8_t* digest) override {
    unsigned length = 0;
    HALLMARK_CHECK(EVP_DigestFinal_ex(context.get(), digest, &length) == 1);
    HALLMARK_CHECK(length == digest_size(algorithm));
    begin();
  }

  std::unique_ptr<EVP_MD, FreeFunction> function;
  std::unique_ptr<EVP_MD_CTX, FreeContext> context;
};

struct Hasher::Blake3State final : Hasher::State {
  explicit Blake3State(Algorithm chosen) : State(chosen) {
    blake3::detect_cpu();
    blake3_hasher_init(&hasher);
  }

  void update(ByteView piece) override {
    if (!piece.empty()) blake3_hasher_update(&hasher, piece.data(), piece.size());
  }

  void finish(std::uint8_t* digest) override {
    blake3_hasher_finalize(&hasher, digest, digest_size(algorithm));
    blake3_hasher_reset(&hasher);
  }

  blake3_hasher hasher{};
};

std::unique_ptr<Hasher::State> Hasher::make_state(Algorithm algorithm) {
  if (algorithm == Algorithm::kBlake3) return std::make_unique<Blake3State>(algorithm);
  return std::make_unique<LibcryptoState>(algorithm);
}

Hasher::Hasher(Algorithm algorithm) : state_(make_state(algorithm)) {}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(ByteView piece) { state_->update(piece); }

Digest Hasher::finish() {
  std::array<std::uint8_t, kLongestDigest> bytes{};
  state_->finish(bytes.data());
  auto digest =
      Digest::create(state_->algorithm, ByteView(bytes).first(digest_size(state_->algorithm)));
  HALLMARK_CHECK(digest.has_value());
  return *digest;
}

Digest hash_bytes(Algorithm algorithm, ByteView message) {
  Hasher hasher(algorithm);
  hasher.update(message);
  return hasher.finish();
}

}  // namespace hallmark::hash
