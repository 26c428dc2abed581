#pragma once

#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "crypto/pkcs11/cryptoki.h"
#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"
#include "hallmark/base/secret.h"

namespace hallmark::crypto::pkcs11 {

/// What objects must have to be found.
struct Template {
  CK_OBJECT_CLASS object_class;
  std::optional<std::string> label;
  std::optional<Bytes> id;
};

/// A session with a token, in which nothing can be changed. When it ends it is logged out, if it
/// logged in, and closed. The module must outlive it.
class Session {
 public:
  /// Fails with kTokenFailed.
  static Result<Session> open(const Functions& functions, CK_SLOT_ID slot);
  ~Session() { end(); }
  Session(Session&& other) noexcept;
  Session& operator=(Session&&) = delete;
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  /// C_Login, once. Without a PIN the token asks for it on its own device. That somebody else in
  /// this process is logged in already is as good. Gives what the token answered.
  CK_RV log_in(CK_USER_TYPE user, const base::Secret* pin);

  /// At most `limit` objects. Fails with kTokenFailed.
  [[nodiscard]] Result<std::vector<CK_OBJECT_HANDLE>> find(const Template& wanted,
                                                           std::size_t limit) const;

  /// An attribute; empty when the object has none, as for one that may not be read. Fails with
  /// kTokenFailed, also when it is longer than 64 KiB.
  [[nodiscard]] Result<Bytes> attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const;

  /// An attribute that is a CK_ULONG; nothing when the object does not have it.
  [[nodiscard]] Result<std::optional<CK_ULONG>> number(CK_OBJECT_HANDLE object,
                                                       CK_ATTRIBUTE_TYPE type) const;

  /// Begins a signature with CKM_ECDSA. Fails with kTokenFailed.
  [[nodiscard]] Result<void> begin_signature(CK_OBJECT_HANDLE key) const;

  /// Ends it: what the token made of a digest, of at most 256 bytes. Fails with kTokenFailed.
  [[nodiscard]] Result<Bytes> sign(ByteView digest) const;

 private:
  Session(const Functions& functions, CK_SESSION_HANDLE handle)
      : functions_(&functions), handle_(handle) {}
  void end() noexcept;

  const Functions* functions_;  // Null in what was moved away.
  CK_SESSION_HANDLE handle_;
  bool logged_in_ = false;
};

}  // namespace hallmark::crypto::pkcs11
