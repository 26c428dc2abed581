#include "testing/signature_document.h"

#include <algorithm>
#include <string>

#include "hallmark/base/hex.h"
#include "hallmark/hash/hasher.h"

namespace hallmark::testing {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonValue;

JsonValue* member(JsonValue& object, std::string_view name) {
  auto* members = object.get_if<JsonObject>();
  if (members == nullptr) return nullptr;
  const auto found = std::find_if(members->begin(), members->end(),
                                  [&](const auto& member) { return member.first == name; });
  return found != members->end() ? &found->second : nullptr;
}

// The bytes of the resources' digests, one after the other.
std::optional<Bytes> digests_of(JsonArray& resources) {
  Bytes digests;
  for (JsonValue& resource : resources) {
    const JsonValue* digest = member(resource, "digest");
    const auto* text = digest != nullptr ? digest->get_if<std::string>() : nullptr;
    if (text == nullptr) return std::nullopt;
    const auto bytes = base::decode_hex(*text);
    if (!bytes) return std::nullopt;
    digests.insert(digests.end(), bytes->begin(), bytes->end());
  }
  return digests;
}

}  // namespace

JsonValue* value_at(JsonValue& document, const JsonNames& path) {
  JsonValue* value = &document;
  for (const std::string_view name : path) {
    if (auto* array = value->get_if<JsonArray>()) {
      if (array->empty()) return nullptr;
      value = &array->front();
    }
    value = member(*value, name);
    if (value == nullptr) return nullptr;
  }
  return value;
}

std::vector<JsonValue*> certificates_in(JsonValue& bundle) {
  std::vector<JsonValue*> found;
  if (JsonValue* single = value_at(bundle, {"verificationMaterial", "certificate", "rawBytes"})) {
    found.push_back(single);
  }
  JsonValue* chain =
      value_at(bundle, {"verificationMaterial", "x509CertificateChain", "certificates"});
  if (chain == nullptr) return found;
  for (JsonValue& one : *chain->get_if<JsonArray>()) found.push_back(member(one, "rawBytes"));
  return found;
}

std::optional<JsonValue> with_root_digest(const JsonValue& statement) {
  JsonValue mended = statement;
  JsonValue* root = value_at(mended, {"subject", "digest", "sha256"});
  JsonValue* resources = value_at(mended, {"predicate", "resources"});
  if (root == nullptr || resources == nullptr) return std::nullopt;
  auto* list = resources->get_if<JsonArray>();
  if (list == nullptr) return std::nullopt;
  const auto digests = digests_of(*list);
  if (!digests) return std::nullopt;
  *root = hash::hash_bytes(hash::Algorithm::kSha256, *digests).hex();
  if (mended == statement) return std::nullopt;
  return mended;
}

}  // namespace hallmark::testing
