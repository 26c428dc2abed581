#include "crypto/pkcs11/session.h"

#include <array>
#include <cstring>
#include <string>

#include <fmt/core.h>

#include "crypto/pkcs11/failure.h"

namespace hallmark::crypto::pkcs11 {
namespace {

constexpr CK_ULONG kLongestAttribute = CK_ULONG{64} << 10U;
constexpr std::size_t kLongestSignature = 256;

// Templates are read only, but PKCS #11 takes what they point to as not const: these own copies.
class Attributes {
 public:
  explicit Attributes(const Template& wanted) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(&wanted.object_class);
    add(CKA_CLASS, {bytes, sizeof(wanted.object_class)});
    if (wanted.label) add(CKA_LABEL, bytes_of(*wanted.label));
    if (wanted.id) add(CKA_ID, *wanted.id);
    for (std::size_t i = 0; i < values_.size(); ++i) {
      attributes_.push_back({types_[i], values_[i].data(), values_[i].size()});
    }
  }

  CK_ATTRIBUTE* data() { return attributes_.data(); }
  [[nodiscard]] CK_ULONG size() const { return attributes_.size(); }

 private:
  void add(CK_ATTRIBUTE_TYPE type, ByteView value) {
    types_.push_back(type);
    values_.emplace_back(value.begin(), value.end());
  }

  std::vector<CK_ATTRIBUTE_TYPE> types_;
  std::vector<Bytes> values_;
  std::vector<CK_ATTRIBUTE> attributes_;
};

// The attribute alone is missing; every other failure is one of the token.
bool is_missing(CK_RV result) {
  return result == CKR_ATTRIBUTE_TYPE_INVALID || result == CKR_ATTRIBUTE_SENSITIVE;
}

}  // namespace

Result<Session> Session::open(const Functions& functions, CK_SLOT_ID slot) {
  CK_SESSION_HANDLE handle = 0;
  const CK_RV result = functions.C_OpenSession(slot, CKF_SERIAL_SESSION, nullptr, nullptr, &handle);
  if (result != CKR_OK) return token_failed("C_OpenSession", result);
  return Session(functions, handle);
}

Session::Session(Session&& other) noexcept
    : functions_(std::exchange(other.functions_, nullptr)),
      handle_(other.handle_),
      logged_in_(std::exchange(other.logged_in_, false)) {}

void Session::end() noexcept {
  if (functions_ == nullptr) return;
  if (logged_in_) functions_->C_Logout(handle_);
  functions_->C_CloseSession(handle_);
}

CK_RV Session::log_in(CK_USER_TYPE user, const base::Secret* pin) {
  CK_RV result = CKR_OK;
  if (pin == nullptr) {
    result = functions_->C_Login(handle_, user, nullptr, 0);
  } else {
    std::string text(pin->expose_secret());  // as the interface wants it writable
    result = functions_->C_Login(handle_, user, reinterpret_cast<unsigned char*>(text.data()),
                                 text.size());
    const base::Secret wiped(std::move(text));
  }
  if (result == CKR_OK && user == CKU_USER) logged_in_ = true;
  return result == CKR_USER_ALREADY_LOGGED_IN ? CKR_OK : result;
}

Result<std::vector<CK_OBJECT_HANDLE>> Session::find(const Template& wanted,
                                                    std::size_t limit) const {
  Attributes attributes(wanted);
  CK_RV result = functions_->C_FindObjectsInit(handle_, attributes.data(), attributes.size());
  if (result != CKR_OK) return token_failed("C_FindObjectsInit", result);
  std::vector<CK_OBJECT_HANDLE> found(limit);
  std::size_t size = 0;
  CK_ULONG count = 1;
  while (result == CKR_OK && count != 0 && size < limit) {
    result = functions_->C_FindObjects(handle_, &found[size], limit - size, &count);
    if (result != CKR_OK) count = 0;
    size += count;
  }
  functions_->C_FindObjectsFinal(handle_);
  if (result != CKR_OK) return token_failed("C_FindObjects", result);
  if (size > limit) return fail(Code::kTokenFailed, "the token found more than it was asked for");
  found.resize(size);
  return found;
}

Result<Bytes> Session::attribute(CK_OBJECT_HANDLE object, CK_ATTRIBUTE_TYPE type) const {
  CK_ATTRIBUTE wanted{type, nullptr, 0};
  CK_RV result = functions_->C_GetAttributeValue(handle_, object, &wanted, 1);
  if (is_missing(result)) return Bytes{};
  if (result != CKR_OK) return token_failed("C_GetAttributeValue", result);
  if (wanted.ulValueLen == CK_UNAVAILABLE_INFORMATION || wanted.ulValueLen == 0) return Bytes{};
  if (wanted.ulValueLen > kLongestAttribute) {
    return fail(Code::kTokenFailed, fmt::format("expected an attribute of at most {} bytes, found "
                                                "one of {}",
                                                kLongestAttribute, wanted.ulValueLen));
  }
  Bytes value(wanted.ulValueLen);
  wanted.pValue = value.data();
  result = functions_->C_GetAttributeValue(handle_, object, &wanted, 1);
  if (result != CKR_OK) return token_failed("C_GetAttributeValue", result);
  if (wanted.ulValueLen > value.size()) {
    return fail(Code::kTokenFailed, "the token changed the length of an attribute");
  }
  value.resize(wanted.ulValueLen);
  return value;
}

Result<std::optional<CK_ULONG>> Session::number(CK_OBJECT_HANDLE object,
                                                CK_ATTRIBUTE_TYPE type) const {
  HALLMARK_ASSIGN_OR_RETURN(const Bytes value, attribute(object, type));
  if (value.size() != sizeof(CK_ULONG)) return std::optional<CK_ULONG>();
  CK_ULONG number = 0;
  std::memcpy(&number, value.data(), sizeof(number));
  return std::optional(number);
}

Result<void> Session::begin_signature(CK_OBJECT_HANDLE key) const {
  CK_MECHANISM mechanism{CKM_ECDSA, nullptr, 0};
  const CK_RV result = functions_->C_SignInit(handle_, &mechanism, key);
  if (result != CKR_OK) return token_failed("C_SignInit", result);
  return {};
}

Result<Bytes> Session::sign(ByteView digest) const {
  Bytes message(digest.begin(), digest.end());  // as the interface wants it writable
  Bytes signature(kLongestSignature);
  CK_ULONG size = signature.size();
  const CK_RV result =
      functions_->C_Sign(handle_, message.data(), message.size(), signature.data(), &size);
  if (result != CKR_OK) return token_failed("C_Sign", result);
  if (size > signature.size()) {
    return fail(Code::kTokenFailed, "the token gave a signature longer than its place");
  }
  signature.resize(size);
  return signature;
}

}  // namespace hallmark::crypto::pkcs11
