#include "hallmark/attest/bundle.h"

#include <fmt/core.h>

#include "hallmark/base/base64.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/base/utf8.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::attest {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonObjectReader;
using base::JsonPath;
using base::JsonValue;

// A bundle is shallow and has few values beside its two long strings.
constexpr base::JsonLimits kLimits{
    .max_bytes = kLargestBundle, .max_depth = 16, .max_values = 100'000};

Result<Bytes> decode_some(std::string_view base64) {
  auto bytes = base::decode_base64(base64);
  if (bytes && bytes->empty()) return fail(Code::kBase64Malformed, "expected bytes, found none");
  return bytes;
}

Result<Bytes> read_base64(JsonObjectReader& object, std::string_view name) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* text, object.require<std::string>(name));
  auto bytes = decode_some(*text);
  if (bytes) return bytes;
  return fail(std::move(bytes.error()).within(JsonPath(object.path(), name).to_string()));
}

// The legacy member `rawBytes` is the base64 of the key's PEM text, whose hash is the hint.
Result<std::string> hint_of_raw_key(JsonObjectReader& object) {
  HALLMARK_ASSIGN_OR_RETURN(const Bytes pem, read_base64(object, "rawBytes"));
  return hash::hash_bytes(hash::Algorithm::kSha256, pem).hex();
}

Result<PublicKeyMaterial> read_public_key(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  PublicKeyMaterial material;
  HALLMARK_ASSIGN_OR_RETURN(const std::string* hint, object.optional<std::string>("hint"));
  if (hint != nullptr && !hint->empty()) material.hint = *hint;
  if (value.find("rawBytes") != nullptr) {
    HALLMARK_ASSIGN_OR_RETURN(std::string derived, hint_of_raw_key(object));
    if (material.hint && *material.hint != derived) {
      return fail(Code::kKeyHintMismatch,
                  fmt::format("{}: hint and rawBytes name different keys", path.to_string()));
    }
    material.hint = std::move(derived);
  }
  HALLMARK_ASSIGN_OR_RETURN(const std::string* details, object.optional<std::string>("keyDetails"));
  if (details != nullptr) material.key_details = *details;
  HALLMARK_TRY(object.finish());
  return material;
}

Result<crypto::Certificate> read_certificate(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  HALLMARK_ASSIGN_OR_RETURN(const Bytes der, read_base64(object, "rawBytes"));
  HALLMARK_TRY(object.finish());
  auto certificate = crypto::Certificate::decode(der);
  if (!certificate) return fail(std::move(certificate.error()).within(path.to_string()));
  return certificate;
}

Result<CertificateMaterial> read_chain(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  HALLMARK_ASSIGN_OR_RETURN(const JsonArray* list, object.require<JsonArray>("certificates"));
  HALLMARK_TRY(object.finish());
  const JsonPath list_path(path, "certificates");
  if (list->empty()) {
    return fail(Code::kMemberMissing,
                fmt::format("{}: expected certificates, found none", list_path.to_string()));
  }
  if (list->size() > kMostCertificates) {
    return fail(Code::kCertificateCount,
                fmt::format("{}: expected at most {} certificates, found {}", list_path.to_string(),
                            kMostCertificates, list->size()));
  }
  CertificateMaterial material;
  for (std::size_t i = 0; i < list->size(); ++i) {
    HALLMARK_ASSIGN_OR_RETURN(crypto::Certificate certificate,
                              read_certificate((*list)[i], JsonPath(list_path, i)));
    material.chain.push_back(std::move(certificate));
  }
  return material;
}

Result<CertificateMaterial> read_single(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(crypto::Certificate certificate, read_certificate(value, path));
  return CertificateMaterial{.chain = {std::move(certificate)}, .single = true};
}

// Entries that are carried but not looked into: a list of objects, or absent.
Result<std::size_t> count_objects(JsonObjectReader& object, std::string_view name) {
  HALLMARK_ASSIGN_OR_RETURN(const JsonArray* list, object.optional<JsonArray>(name));
  if (list == nullptr) return std::size_t{0};
  const JsonPath list_path(object.path(), name);
  for (std::size_t i = 0; i < list->size(); ++i) {
    HALLMARK_TRY(JsonObjectReader::create((*list)[i], JsonPath(list_path, i)));
  }
  return list->size();
}

Result<std::size_t> count_timestamps(JsonObjectReader& material) {
  constexpr std::string_view kName = "timestampVerificationData";
  const JsonValue* value = material.optional_value(kName);
  if (value == nullptr) return std::size_t{0};
  const JsonPath path(material.path(), kName);
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader data, JsonObjectReader::create(*value, path));
  HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, count_objects(data, "rfc3161Timestamps"));
  HALLMARK_TRY(data.finish());
  return count;
}

Result<void> read_material(const JsonValue& value, const JsonPath& path, Bundle& bundle) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  const JsonValue* key = object.optional_value("publicKey");
  const JsonValue* chain = object.optional_value("x509CertificateChain");
  const JsonValue* single = object.optional_value("certificate");
  const int kinds = int{key != nullptr} + int{chain != nullptr} + int{single != nullptr};
  if (kinds != 1) {
    return fail(kinds == 0 ? Code::kMemberMissing : Code::kMaterialMismatch,
                fmt::format("{}: expected one of publicKey, x509CertificateChain and certificate, "
                            "found {}",
                            path.to_string(), kinds));
  }
  if (key != nullptr) {
    HALLMARK_ASSIGN_OR_RETURN(bundle.material, read_public_key(*key, JsonPath(path, "publicKey")));
  } else if (chain != nullptr) {
    HALLMARK_ASSIGN_OR_RETURN(bundle.material,
                              read_chain(*chain, JsonPath(path, "x509CertificateChain")));
  } else {
    HALLMARK_ASSIGN_OR_RETURN(bundle.material, read_single(*single, JsonPath(path, "certificate")));
  }
  HALLMARK_ASSIGN_OR_RETURN(bundle.log_entries, count_objects(object, "tlogEntries"));
  HALLMARK_ASSIGN_OR_RETURN(bundle.timestamps, count_timestamps(object));
  return object.finish();
}

Result<Bytes> read_signature(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  HALLMARK_ASSIGN_OR_RETURN(Bytes signature, read_base64(object, "sig"));
  // The keyid is a hint that OMS does not use: absent, null or any string.
  const JsonValue* keyid = object.optional_value("keyid");
  if (keyid != nullptr && !keyid->is_null() && keyid->get_if<std::string>() == nullptr) {
    return fail(Code::kMemberType, fmt::format("{}/keyid: expected string or null, found {}",
                                               path.to_string(), keyid->kind()));
  }
  HALLMARK_TRY(object.finish());
  return signature;
}

// `payload` is what stands there, decoded while the text was parsed: it can be as large as the rest
// of the memory that a verification needs.
Result<Envelope> read_envelope(const JsonValue& value, const JsonPath& path,
                               Result<Bytes> payload) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* type, object.require<std::string>("payloadType"));
  if (*type != kInTotoPayloadType) {
    return fail(Code::kPayloadTypeMismatch,
                fmt::format("{}/payloadType: expected '{}', found '{}'", path.to_string(),
                            kInTotoPayloadType, base::escape_for_display(*type)));
  }
  HALLMARK_ASSIGN_OR_RETURN(const JsonArray* list, object.require<JsonArray>("signatures"));
  const JsonPath list_path(path, "signatures");
  if (list->size() != 1) {
    return fail(Code::kSignatureCount, fmt::format("{}: expected exactly one signature, found {}",
                                                   list_path.to_string(), list->size()));
  }
  Envelope envelope;
  HALLMARK_ASSIGN_OR_RETURN(envelope.signature,
                            read_signature(list->front(), JsonPath(list_path, std::size_t{0})));
  HALLMARK_TRY(object.require<std::string>("payload"));
  if (!payload) {
    return fail(std::move(payload.error()).within(JsonPath(path, "payload").to_string()));
  }
  envelope.payload = *std::move(payload);
  HALLMARK_TRY(object.finish());
  return envelope;
}

Result<void> check_media_type(JsonObjectReader& root) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* type, root.require<std::string>("mediaType"));
  if (*type == kBundleMediaType) return {};
  return fail(Code::kMediaTypeMismatch,
              fmt::format("/mediaType: expected '{}', found '{}'", kBundleMediaType,
                          base::escape_for_display(*type)));
}

void write_certificate(base::JsonWriter& json, const crypto::Certificate& certificate) {
  json.begin_object();
  json.key("rawBytes");
  json.base64(certificate.der());
  json.end_object();
}

void write_material(base::JsonWriter& json, const Bundle& bundle) {
  json.begin_object();
  if (const auto* key = std::get_if<PublicKeyMaterial>(&bundle.material)) {
    json.key("publicKey");
    json.begin_object();
    json.key("hint");
    json.string(key->hint.value_or(""));
    json.end_object();
  } else {
    json.key("x509CertificateChain");
    json.begin_object();
    json.key("certificates");
    json.begin_array();
    for (const auto& c : std::get<CertificateMaterial>(bundle.material).chain) {
      write_certificate(json, c);
    }
    json.end_array();
    json.end_object();
  }
  json.key("tlogEntries");
  json.begin_array();
  json.end_array();
  json.end_object();
}

void write_envelope(base::JsonWriter& json, const Envelope& envelope) {
  json.begin_object();
  json.key("payload");
  json.base64(envelope.payload);
  json.key("payloadType");
  json.string(kInTotoPayloadType);
  json.key("signatures");
  json.begin_array();
  json.begin_object();
  json.key("sig");
  json.base64(envelope.signature);
  json.key("keyid");
  json.string("");
  json.end_object();
  json.end_array();
  json.end_object();
}

}  // namespace

Result<Bundle> decode_bundle(std::string_view json) {
  Result<Bytes> payload = decode_some("");  // refused, unless there is one
  const std::vector<base::JsonStreamedString> streamed = {
      {{"dsseEnvelope", "payload"}, [&](std::string_view text) { payload = decode_some(text); }}};
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue document,
                            base::parse_json(json, kLimits, {}, streamed));
  const JsonPath path;
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader root, JsonObjectReader::create(document, path));
  HALLMARK_TRY(check_media_type(root));
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue* material, root.require_value("verificationMaterial"));
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue* envelope, root.require_value("dsseEnvelope"));
  HALLMARK_TRY(root.finish());
  Bundle bundle;
  HALLMARK_TRY(read_material(*material, JsonPath(path, "verificationMaterial"), bundle));
  HALLMARK_ASSIGN_OR_RETURN(
      bundle.envelope,
      read_envelope(*envelope, JsonPath(path, "dsseEnvelope"), std::move(payload)));
  return bundle;
}

std::string encode_bundle(const Bundle& bundle) {
  constexpr std::size_t kRoundThePayload = std::size_t{64} << 10;  // a long chain needs more
  base::JsonWriter json;
  json.reserve(bundle.envelope.payload.size() / 3 * 4 + kRoundThePayload);
  json.begin_object();
  json.key("mediaType");
  json.string(kBundleMediaType);
  json.key("verificationMaterial");
  write_material(json, bundle);
  json.key("dsseEnvelope");
  write_envelope(json, bundle.envelope);
  json.end_object();
  return std::move(json).take();
}

}  // namespace hallmark::attest
