#include <fmt/core.h>

#include "hallmark/attest/detached.h"
#include "hallmark/base/base64.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/base/utf8.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::attest {
namespace {

using base::JsonArray;
using base::JsonObjectReader;
using base::JsonPath;
using base::JsonValue;

// A state is flat and has few values.
constexpr base::JsonLimits kLimits{
    .max_bytes = kLargestSigningState, .max_depth = 8, .max_values = 1'000};

// Nothing that is signed covers the certificates: this tells when one was exchanged.
std::string digest_of_chain(const std::vector<crypto::Certificate>& chain) {
  hash::Hasher hasher(hash::Algorithm::kSha256);
  for (const crypto::Certificate& certificate : chain) hasher.update(certificate.der());
  return hasher.finish().to_string();
}

Result<Bytes> decode_some(std::string_view base64, const JsonPath& path) {
  auto bytes = base::decode_base64(base64);
  if (bytes && bytes->empty()) bytes = fail(Code::kBase64Malformed, "expected bytes, found none");
  if (!bytes) return fail(std::move(bytes.error()).within(path.to_string()));
  return bytes;
}

Result<crypto::Certificate> read_certificate(const JsonValue& value, const JsonPath& path) {
  const auto* text = value.get_if<std::string>();
  if (text == nullptr) {
    return fail(Code::kMemberType,
                fmt::format("{}: expected string, found {}", path.to_string(), value.kind()));
  }
  HALLMARK_ASSIGN_OR_RETURN(const Bytes der, decode_some(*text, path));
  auto certificate = crypto::Certificate::decode(der);
  if (!certificate) return fail(std::move(certificate.error()).within(path.to_string()));
  return certificate;
}

Result<std::vector<crypto::Certificate>> read_chain(JsonObjectReader& state) {
  HALLMARK_ASSIGN_OR_RETURN(const JsonArray* list, state.require<JsonArray>("certificates"));
  const JsonPath path(state.path(), "certificates");
  if (list->size() > kMostCertificates) {
    return fail(Code::kCertificateCount,
                fmt::format("{}: expected at most {} certificates, found {}", path.to_string(),
                            kMostCertificates, list->size()));
  }
  std::vector<crypto::Certificate> chain;
  for (std::size_t i = 0; i < list->size(); ++i) {
    HALLMARK_ASSIGN_OR_RETURN(crypto::Certificate certificate,
                              read_certificate((*list)[i], JsonPath(path, i)));
    chain.push_back(std::move(certificate));
  }
  return chain;
}

Result<crypto::PublicKey> read_key(JsonObjectReader& state) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* pem, state.require<std::string>("public_key"));
  auto key = crypto::PublicKey::parse_pem(*pem);
  if (!key) {
    return fail(std::move(key.error()).within(JsonPath(state.path(), "public_key").to_string()));
  }
  return key;
}

Result<Bytes> read_payload(JsonObjectReader& state) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* text, state.require<std::string>("payload"));
  return decode_some(*text, JsonPath(state.path(), "payload"));
}

// A member that follows from the others.
Result<void> check_derived(JsonObjectReader& state, std::string_view name,
                           std::string_view expected) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* found, state.require<std::string>(name));
  if (*found == expected) return {};
  return fail(Code::kSigningStateMismatch,
              fmt::format("/{}: expected '{}' for the other members, found '{}'", name,
                          base::escape_for_display(expected), base::escape_for_display(*found)));
}

Result<void> check_schema(JsonObjectReader& state) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* schema, state.require<std::string>("schema"));
  if (*schema == kSigningStateSchema) return {};
  return fail(Code::kSigningStateUnreadable,
              fmt::format("/schema: expected '{}', found '{}'", kSigningStateSchema,
                          base::escape_for_display(*schema)));
}

Result<void> check_certified_key(const SigningState& state) {
  if (state.chain.empty()) return {};
  auto certified = state.chain.front().public_key();
  if (certified && *certified == state.key) return {};
  return fail(Code::kSigningStateMismatch,
              "/certificates/0: the certificate certifies another key than 'public_key'");
}

Result<void> check_derived_members(JsonObjectReader& members, const SigningState& state) {
  HALLMARK_TRY(check_derived(members, "public_key", state.key.to_pem()));
  HALLMARK_TRY(check_derived(members, "key_type", crypto::to_string(state.key.type())));
  HALLMARK_TRY(check_derived(members, "key_hint", state.key.hint()));
  HALLMARK_TRY(check_certified_key(state));
  HALLMARK_TRY(check_derived(members, "certificates_digest", digest_of_chain(state.chain)));
  HALLMARK_TRY(check_derived(members, "signature_scheme", crypto::to_string(scheme_of(state))));
  return check_derived(members, "pae_digest", message_digest(state).to_string());
}

}  // namespace

std::string encode_signing_state(const SigningState& state) {
  base::JsonWriter json;
  const auto member = [&](std::string_view name, std::string_view value) {
    json.key(name);
    json.string(value);
  };
  json.begin_object();
  member("schema", kSigningStateSchema);
  member("signature_scheme", crypto::to_string(scheme_of(state)));
  member("pae_digest", message_digest(state).to_string());
  member("key_type", crypto::to_string(state.key.type()));
  member("key_hint", state.key.hint());
  member("public_key", state.key.to_pem());
  json.key("certificates");
  json.begin_array();
  for (const crypto::Certificate& certificate : state.chain) {
    json.base64(certificate.der());
  }
  json.end_array();
  member("certificates_digest", digest_of_chain(state.chain));
  json.key("payload");
  json.base64(state.payload);
  json.end_object();
  return std::move(json).take();
}

Result<SigningState> decode_signing_state(std::string_view json) {
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue document, base::parse_json(json, kLimits));
  const JsonPath path;
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader members, JsonObjectReader::create(document, path));
  HALLMARK_TRY(check_schema(members));
  HALLMARK_ASSIGN_OR_RETURN(crypto::PublicKey key, read_key(members));
  HALLMARK_ASSIGN_OR_RETURN(std::vector<crypto::Certificate> chain, read_chain(members));
  HALLMARK_ASSIGN_OR_RETURN(Bytes payload, read_payload(members));
  SigningState state{std::move(key), std::move(chain), std::move(payload)};
  HALLMARK_TRY(check_derived_members(members, state));
  HALLMARK_TRY(members.finish());
  return state;
}

}  // namespace hallmark::attest
