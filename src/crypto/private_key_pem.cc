#include <algorithm>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <openssl/obj_mac.h>
#include <openssl/objects.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>

#include "crypto/key_type.h"
#include "crypto/openssl_state.h"
#include "crypto/private_key.h"
#include "hallmark/base/pem.h"
#include "hallmark/base/utf8.h"

namespace hallmark::crypto {
namespace {

// The kinds of private key in PEM: RFC 5915 section 4, RFC 7468 sections 10 and 11.
constexpr std::string_view kSec1Label = "EC PRIVATE KEY";
constexpr std::string_view kPkcs8Label = "PRIVATE KEY";
constexpr std::string_view kEncryptedPkcs8Label = "ENCRYPTED PRIVATE KEY";

// Decoded blocks, wiped when they end.
class SecretBlocks {
 public:
  explicit SecretBlocks(std::vector<base::PemBlock> blocks) : blocks_(std::move(blocks)) {}
  ~SecretBlocks() {
    for (base::PemBlock& block : blocks_) {
      OPENSSL_cleanse(block.contents.data(), block.contents.size());
    }
  }

  SecretBlocks(const SecretBlocks&) = delete;
  SecretBlocks& operator=(const SecretBlocks&) = delete;

  // The one block that holds a private key of any kind; "RSA PRIVATE KEY" too, to be told of it.
  [[nodiscard]] Result<const base::PemBlock*> key_block() const {
    const base::PemBlock* found = nullptr;
    for (const base::PemBlock& block : blocks_) {
      if (!block.label.ends_with(kPkcs8Label)) continue;
      if (found != nullptr)
        return fail(Code::kKeyMalformed, "expected one private key, found more");
      found = &block;
    }
    if (found == nullptr) return fail(Code::kKeyMalformed, "expected a private key, found none");
    return found;
  }

 private:
  std::vector<base::PemBlock> blocks_;
};

// Owns bytes that OpenSSL decrypted into its secure heap.
struct DecryptedBytes {
  DecryptedBytes() = default;
  ~DecryptedBytes() { OPENSSL_secure_clear_free(data, static_cast<std::size_t>(size)); }
  DecryptedBytes(const DecryptedBytes&) = delete;
  DecryptedBytes& operator=(const DecryptedBytes&) = delete;

  unsigned char* data = nullptr;
  long size = 0;
};

// What OpenSSL's callback has to ask and what came of it.
struct Question {
  PassphraseSource& source;
  bool asked = false;
  std::optional<Error> failure;
};

int answer(char* buffer, int capacity, int /*for_writing*/, void* user) {
  auto& question = *static_cast<Question*>(user);
  question.asked = true;
  auto passphrase = question.source.passphrase();
  if (!passphrase) {
    question.failure = std::move(passphrase.error());
    return -1;
  }
  const std::string_view text = passphrase->expose_secret();
  if (text.size() > static_cast<std::size_t>(capacity)) {
    question.failure =
        Error{Code::kPassphraseWrong,
              fmt::format("a passphrase for this form of key has at most {} bytes", capacity)};
    return -1;
  }
  std::copy(text.begin(), text.end(), buffer);
  return static_cast<int>(text.size());
}

tl::unexpected<Error> unknown_encryption() {
  return fail(Code::kKeyUnsupported, "the private key is encrypted with an unknown algorithm");
}

tl::unexpected<Error> cannot_decrypt() {
  if (openssl_lacks_algorithm()) return unknown_encryption();
  return fail(Code::kPassphraseWrong, "the passphrase does not open the private key");
}

// The passphrase was not even asked for.
tl::unexpected<Error> cannot_read_headers() {
  if (openssl_lacks_algorithm()) return unknown_encryption();
  return fail(Code::kKeyMalformed, "expected the headers of an encrypted EC key (RFC 1421)");
}

Result<PrivateKey> from_pkcs8(const Pkcs8Handle& pkcs8) {
  const ASN1_OBJECT* algorithm = nullptr;
  if (!pkcs8 || PKCS8_pkey_get0(&algorithm, nullptr, nullptr, nullptr, pkcs8.get()) != 1) {
    return fail(Code::kKeyMalformed, "expected a PKCS #8 private key (RFC 5958)");
  }
  if (OBJ_obj2nid(algorithm) != NID_X9_62_id_ecPublicKey) {
    return fail(Code::kKeyUnsupported,
                fmt::format("expected an EC private key, found {}", algorithm_name(algorithm)));
  }
  KeyHandle key(EVP_PKCS82PKEY(pkcs8.get()));
  if (!key) return fail(Code::kKeyMalformed, "expected an EC private key in PKCS #8 (RFC 5915)");
  return private_key_from(std::move(key));
}

Result<PrivateKey> read_encrypted_pkcs8(ByteView der, PassphraseSource& source) {
  const auto encrypted = decode_der<EncryptedPkcs8Handle>(d2i_X509_SIG, der);
  if (!encrypted) {
    return fail(Code::kKeyMalformed, "expected an encrypted PKCS #8 private key (RFC 5958)");
  }
  HALLMARK_ASSIGN_OR_RETURN(const base::Secret passphrase, source.passphrase());
  const std::string_view text = passphrase.expose_secret();
  if (text.size() > std::numeric_limits<int>::max()) return cannot_decrypt();
  const Pkcs8Handle plain(
      PKCS8_decrypt(encrypted.get(), text.data(), static_cast<int>(text.size())));
  if (!plain) return cannot_decrypt();
  return from_pkcs8(plain);
}

KeyHandle decode_sec1(ByteView der) {
  return decode_der<KeyHandle>([](EVP_PKEY** out, const unsigned char** in,
                                  long size) { return d2i_PrivateKey(EVP_PKEY_EC, out, in, size); },
                               der);
}

Result<PrivateKey> read_sec1(ByteView der) {
  KeyHandle key = decode_sec1(der);
  if (!key) return fail(Code::kKeyMalformed, "expected an EC private key (RFC 5915)");
  return private_key_from(std::move(key));
}

// A wrong passphrase passes for a right one in 1 of 256 cases: then no key comes out of it.
Result<PrivateKey> read_encrypted_sec1(std::string_view pem, PassphraseSource& source) {
  const BioHandle in(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  Question question{.source = source, .failure = {}};
  DecryptedBytes der;
  const int read = PEM_bytes_read_bio_secmem(&der.data, &der.size, nullptr, kSec1Label.data(),
                                             in.get(), answer, &question);
  if (question.failure) return fail(*std::move(question.failure));
  if (read != 1) return question.asked ? cannot_decrypt() : cannot_read_headers();
  KeyHandle key = decode_sec1({der.data, static_cast<std::size_t>(der.size)});
  if (!key && question.asked) return cannot_decrypt();
  if (!key) return fail(Code::kKeyMalformed, "expected an EC private key (RFC 5915)");
  return private_key_from(std::move(key));
}

}  // namespace

Result<PrivateKey> PrivateKey::parse_pem(const base::Secret& pem, PassphraseSource& passphrase) {
  const OpensslScope scope;
  auto parsed = base::parse_pem(pem.expose_secret());
  if (!parsed) return fail(Code::kKeyMalformed, std::move(parsed.error().message));
  const SecretBlocks blocks(*std::move(parsed));
  HALLMARK_ASSIGN_OR_RETURN(const base::PemBlock* block, blocks.key_block());
  if (block->label == kSec1Label) {
    return block->encrypted_headers ? read_encrypted_sec1(pem.expose_secret(), passphrase)
                                    : read_sec1(block->contents);
  }
  if (block->label == kPkcs8Label) {
    return from_pkcs8(decode_der<Pkcs8Handle>(d2i_PKCS8_PRIV_KEY_INFO, block->contents));
  }
  if (block->label == kEncryptedPkcs8Label) {
    return read_encrypted_pkcs8(block->contents, passphrase);
  }
  return fail(Code::kKeyUnsupported, fmt::format("expected an EC private key, found '{}'",
                                                 base::escape_for_display(block->label)));
}

}  // namespace hallmark::crypto
