// OCI image manifest (image-spec v1.1). A layer that is a plain file has that file's digest, and
// the file's name as its title; so pushes ORAS, for instance. A layer may also be an archive or be
// compressed. Its digest is then of other bytes than the file's, and signing it would be wrong.

#include <algorithm>
#include <array>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/digest_list_forms.h"

namespace hallmark::manifest {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonObjectReader;
using base::JsonPath;
using base::JsonValue;

constexpr std::string_view kManifestType = "application/vnd.oci.image.manifest.v1+json";
constexpr std::string_view kTitle = "org.opencontainers.image.title";
constexpr std::string_view kUnpack = "io.deis.oras.content.unpack";

// Media types are the same in either case (RFC 6838 section 4.2).
bool is_packed(std::string media_type) {
  for (char& c : media_type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  constexpr auto kEndings = std::to_array<std::string_view>(
      {"tar", "zip", "zstd", "tgz", ".gz", "xz", "bz2", "bzip2", "lz4", "encrypted"});
  return std::any_of(kEndings.begin(), kEndings.end(),
                     [&](std::string_view ending) { return media_type.ends_with(ending); });
}

// A file by its title, or why the layer is none.
Result<std::string> read_title(JsonObjectReader& layer, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* type, layer.require<std::string>("mediaType"));
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue* value, layer.require_value("annotations"));
  const JsonPath annotations_path(path, "annotations");
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader annotations,
                            JsonObjectReader::create(*value, annotations_path));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* title, annotations.require<std::string>(kTitle));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* unpack, annotations.optional<std::string>(kUnpack));
  if (!is_packed(*type) && (unpack == nullptr || *unpack != "true")) return *title;
  return fail(Code::kDigestListUnreadable,
              fmt::format("{}: the layer '{}' of type '{}' is packed, so its digest is not that of "
                          "a file",
                          path.to_string(), base::escape_for_display(*title),
                          base::escape_for_display(*type)));
}

Result<hash::Digest> read_digest(const std::string& text) {
  HALLMARK_ASSIGN_OR_RETURN(const hash::Digest digest, parse_digest(text));
  if (digest.algorithm() == hash::Algorithm::kSha256) return digest;
  return fail(Code::kHashAlgorithmUnsupported,
              fmt::format("expected a sha256 digest of a layer, found {}",
                          hash::to_string(digest.algorithm())));
}

}  // namespace

Result<Resource> read_oci_layer(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader layer, JsonObjectReader::create(value, path));
  HALLMARK_TRY(layer.require<std::int64_t>("size"));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* text, layer.require<std::string>("digest"));
  HALLMARK_ASSIGN_OR_RETURN(std::string title, read_title(layer, path));
  auto digest = read_digest(*text);
  if (!digest) return fail(std::move(digest.error()).within(path.to_string()));
  return Resource{std::move(title), *digest, {}};
}

Result<void> check_oci_manifest(const JsonValue& document) {
  const JsonPath path;
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader root, JsonObjectReader::create(document, path));
  HALLMARK_ASSIGN_OR_RETURN(const std::int64_t* version,
                            root.require<std::int64_t>("schemaVersion"));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* type, root.optional<std::string>("mediaType"));
  HALLMARK_TRY(root.require<JsonArray>("layers"));
  if (*version != 2) {
    return fail(Code::kDigestListUnreadable,
                fmt::format("/schemaVersion: expected 2, found {}", *version));
  }
  if (type == nullptr || *type == kManifestType) return {};
  return fail(Code::kDigestListUnreadable,
              fmt::format("/mediaType: expected '{}', found '{}'", kManifestType,
                          base::escape_for_display(*type)));
}

}  // namespace hallmark::manifest
