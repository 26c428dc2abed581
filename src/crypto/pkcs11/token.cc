#include "crypto/pkcs11/token.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/core.h>

#include "crypto/pkcs11/failure.h"
#include "hallmark/base/utf8.h"

namespace hallmark::crypto::pkcs11 {
namespace {

constexpr CK_ULONG kMostSlots = 4096;
constexpr std::size_t kMostNamed = 8;

bool matches(const std::optional<std::string>& wanted, std::string_view found) {
  if (!wanted) return true;
  std::string_view text = *wanted;
  while (text.ends_with(' ')) text.remove_suffix(1);  // as the fields lose theirs
  return text == found;
}

Result<void> check_module(const Functions& functions, const Pkcs11Uri& uri) {
  CK_INFO info{};
  if (const CK_RV result = functions.C_GetInfo(&info); result != CKR_OK) {
    return token_failed("C_GetInfo", result);
  }
  const Pkcs11Version version{info.libraryVersion.major, info.libraryVersion.minor};
  if (matches(uri.library_manufacturer, field_text(info.manufacturerID)) &&
      matches(uri.library_description, field_text(info.libraryDescription)) &&
      (!uri.library_version || *uri.library_version == version)) {
    return {};
  }
  return fail(
      Code::kTokenNotFound,
      fmt::format("the PKCS #11 module is not the one of the URI: it is '{}' {}.{} by '{}'",
                  base::escape_for_display(field_text(info.libraryDescription)), version.major,
                  version.minor, base::escape_for_display(field_text(info.manufacturerID))));
}

Result<std::vector<CK_SLOT_ID>> slots_with_tokens(const Functions& functions) {
  CK_ULONG count = 0;
  CK_RV result = functions.C_GetSlotList(CK_TRUE, nullptr, &count);
  if (result != CKR_OK) return token_failed("C_GetSlotList", result);
  if (count > kMostSlots) {
    return fail(Code::kTokenFailed,
                fmt::format("expected at most {} slots with tokens, found {}", kMostSlots, count));
  }
  std::vector<CK_SLOT_ID> slots(count);
  if (count == 0) return slots;
  result = functions.C_GetSlotList(CK_TRUE, slots.data(), &count);
  if (result != CKR_OK) return token_failed("C_GetSlotList", result);
  slots.resize(std::min<std::size_t>(count, slots.size()));
  return slots;
}

// Of a card that was pulled out meanwhile, or that the module cannot read.
bool is_absent(CK_RV result) {
  return result == CKR_TOKEN_NOT_PRESENT || result == CKR_TOKEN_NOT_RECOGNIZED ||
         result == CKR_DEVICE_REMOVED || result == CKR_SLOT_ID_INVALID;
}

Result<std::vector<Token>> list_tokens(const Functions& functions) {
  HALLMARK_ASSIGN_OR_RETURN(const std::vector<CK_SLOT_ID> slots, slots_with_tokens(functions));
  std::vector<Token> tokens;
  for (const CK_SLOT_ID slot : slots) {
    CK_TOKEN_INFO info{};
    const CK_RV result = functions.C_GetTokenInfo(slot, &info);
    if (is_absent(result)) continue;
    if (result != CKR_OK) return token_failed("C_GetTokenInfo", result);
    if ((info.flags & CKF_TOKEN_INITIALIZED) == 0) continue;
    tokens.push_back(
        {slot, std::string(field_text(info.label)), std::string(field_text(info.manufacturerID)),
         std::string(field_text(info.model)), std::string(field_text(info.serialNumber)),
         info.flags, info.ulMinPinLen, info.ulMaxPinLen});
  }
  return tokens;
}

Result<bool> slot_matches(const Functions& functions, const Pkcs11Uri& uri, CK_SLOT_ID slot) {
  if (uri.slot_id && *uri.slot_id != slot) return false;
  if (!uri.slot_description && !uri.slot_manufacturer) return true;
  CK_SLOT_INFO info{};
  if (const CK_RV result = functions.C_GetSlotInfo(slot, &info); result != CKR_OK) {
    return token_failed("C_GetSlotInfo", result);
  }
  return matches(uri.slot_description, field_text(info.slotDescription)) &&
         matches(uri.slot_manufacturer, field_text(info.manufacturerID));
}

Result<bool> token_matches(const Functions& functions, const Pkcs11Uri& uri, const Token& token) {
  if (!matches(uri.token, token.label) || !matches(uri.manufacturer, token.manufacturer) ||
      !matches(uri.model, token.model) || !matches(uri.serial, token.serial)) {
    return false;
  }
  return slot_matches(functions, uri, token.slot);
}

std::string describe_all(const std::vector<Token>& tokens) {
  std::string text;
  for (std::size_t i = 0; i < std::min(tokens.size(), kMostNamed); ++i) {
    const Token& token = tokens[i];
    text += fmt::format("{}'{}' (serial '{}', slot-id {})", i == 0 ? "" : ", ",
                        base::escape_for_display(token.label),
                        base::escape_for_display(token.serial), token.slot);
  }
  if (tokens.size() > kMostNamed) text += fmt::format(" and {} more", tokens.size() - kMostNamed);
  return text;
}

}  // namespace

std::string describe(const Token& token) {
  return fmt::format("token '{}'", base::escape_for_display(token.label));
}

Result<Token> choose_token(const Functions& functions, const Pkcs11Uri& uri) {
  HALLMARK_TRY(check_module(functions, uri));
  HALLMARK_ASSIGN_OR_RETURN(const std::vector<Token> tokens, list_tokens(functions));
  std::vector<Token> matching;
  for (const Token& token : tokens) {
    HALLMARK_ASSIGN_OR_RETURN(const bool fits, token_matches(functions, uri, token));
    if (fits) matching.push_back(token);
  }
  if (matching.size() == 1) return std::move(matching.front());
  if (!matching.empty()) {
    return fail(Code::kTokenAmbiguous,
                fmt::format("the PKCS #11 URI fits {} tokens: {}; say which by serial or slot-id",
                            matching.size(), describe_all(matching)));
  }
  if (tokens.empty()) {
    return fail(Code::kTokenNotFound, "the PKCS #11 module has no initialised token");
  }
  return fail(Code::kTokenNotFound,
              fmt::format("the PKCS #11 URI fits no token; there are {}", describe_all(tokens)));
}

}  // namespace hallmark::crypto::pkcs11
