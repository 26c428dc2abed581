#include "hallmark/hash/hasher.h"

#include <array>

#include <openssl/crypto.h>
#include <openssl/evp.h>

namespace hallmark::hash {
namespace {

struct FreeContext {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeFunction {
  void operator()(EVP_MD* function) const { EVP_MD_free(function); }
};

// Without the machine's openssl.cnf, which takes longer to read than a small file to hash and could
// put another function in the place of this one.
EVP_MD* fetch_function() {
  OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_LOAD_CRYPTO_STRINGS, nullptr);
  return EVP_MD_fetch(nullptr, "SHA256", nullptr);
}

}  // namespace

// The function is fetched once for the life of the hasher: with OpenSSL 3.0 every implicit fetch
// takes a lock that all threads share.
struct Hasher::State {
  explicit State(Algorithm chosen)
      : algorithm(chosen), function(fetch_function()), context(EVP_MD_CTX_new()) {
    HALLMARK_CHECK(function != nullptr && context != nullptr);
    begin();
  }

  void begin() const {
    HALLMARK_CHECK(EVP_DigestInit_ex2(context.get(), function.get(), nullptr) == 1);
  }

  Algorithm algorithm;
  std::unique_ptr<EVP_MD, FreeFunction> function;
  std::unique_ptr<EVP_MD_CTX, FreeContext> context;
};

Hasher::Hasher(Algorithm algorithm) : state_(std::make_unique<State>(algorithm)) {}
Hasher::~Hasher() = default;
Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;

void Hasher::update(ByteView piece) {
  HALLMARK_CHECK(EVP_DigestUpdate(state_->context.get(), piece.data(), piece.size()) == 1);
}

Digest Hasher::finish() {
  std::array<std::uint8_t, EVP_MAX_MD_SIZE> bytes{};
  unsigned length = 0;
  HALLMARK_CHECK(EVP_DigestFinal_ex(state_->context.get(), bytes.data(), &length) == 1);
  state_->begin();
  auto digest = Digest::create(state_->algorithm, ByteView(bytes.data(), length));
  HALLMARK_CHECK(digest.has_value());
  return *digest;
}

Digest hash_bytes(Algorithm algorithm, ByteView message) {
  Hasher hasher(algorithm);
  hasher.update(message);
  return hasher.finish();
}

}  // namespace hallmark::hash
