// The JSON forms of a list of digests. Their long arrays are read element by element while the text
// is parsed, before it is known which form it is; so the first fault of each array is kept until
// then.

#include <optional>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "manifest/digest_list_forms.h"

namespace hallmark::manifest {
namespace {

using base::JsonArray;
using base::JsonObjectReader;
using base::JsonPath;
using base::JsonValue;

constexpr std::string_view kSchema = "hallmark-digests/v1";
constexpr base::JsonLimits kLimits{
    .max_bytes = kLargestDigestList, .max_depth = 16, .max_values = 100'000};

class Collected {
 public:
  void add(Result<Resource> resource) {
    if (fault_) return;
    if (auto room = check_room(resources_.size()); !room) resource = fail(std::move(room.error()));
    if (resource) {
      resources_.push_back(*std::move(resource));
    } else {
      fault_ = std::move(resource.error());
    }
  }

  Result<std::vector<Resource>> take() {
    if (fault_) return fail(*std::move(fault_));
    return std::move(resources_);
  }

 private:
  std::vector<Resource> resources_;
  std::optional<Error> fault_;
};

// An offset; nothing where there is none, which may be spelled as null.
Result<std::optional<std::uint64_t>> read_offset(JsonObjectReader& object, std::string_view name) {
  const JsonValue* value = object.optional_value(name);
  if (value == nullptr || value->is_null()) return std::nullopt;
  HALLMARK_ASSIGN_OR_RETURN(const std::int64_t* offset, object.require<std::int64_t>(name));
  if (*offset >= 0) return static_cast<std::uint64_t>(*offset);
  return fail(Code::kShardLayoutInvalid,
              fmt::format("{}: expected an offset, found a negative number",
                          JsonPath(object.path(), name).to_string()));
}

Result<Resource> read_resource(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* name, object.require<std::string>("name"));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* text, object.require<std::string>("digest"));
  HALLMARK_ASSIGN_OR_RETURN(const auto start, read_offset(object, "start"));
  HALLMARK_ASSIGN_OR_RETURN(const auto end, read_offset(object, "end"));
  HALLMARK_TRY(object.finish());
  auto digest = parse_digest(*text);
  if (!digest) return fail(std::move(digest.error()).within(path.to_string()));
  Resource resource{*name, *digest, {start.value_or(0), end.value_or(0)}};
  if (start.has_value() == end.has_value() && (!start || *start < *end)) return resource;
  return fail(Code::kShardLayoutInvalid,
              fmt::format("{}: expected start and a larger end, or neither", path.to_string()));
}

Result<std::uint64_t> read_shard_size(JsonObjectReader& root) {
  const JsonValue* value = root.optional_value("shard_size");
  if (value == nullptr || value->is_null()) return std::uint64_t{0};
  HALLMARK_ASSIGN_OR_RETURN(const std::int64_t* size, root.require<std::int64_t>("shard_size"));
  if (*size > 0 && static_cast<std::uint64_t>(*size) <= kLargestShardSize) {
    return static_cast<std::uint64_t>(*size);
  }
  return fail(
      Code::kShardSizeInvalid,
      fmt::format("/shard_size: expected a number from 1 to {}, found another", kLargestShardSize));
}

// Every digest has to be what the list as a whole says that it has.
Result<void> check_agreement(const DigestList& list) {
  for (std::size_t i = 0; i < list.resources.size(); ++i) {
    const Resource& resource = list.resources[i];
    if (resource.digest.algorithm() != list.algorithm) {
      return fail(Code::kHashAlgorithmMismatch,
                  fmt::format("/resources/{}: expected a {} digest, found {}", i,
                              hash::to_string(list.algorithm),
                              hash::to_string(resource.digest.algorithm())));
    }
    if ((resource.shard == ByteRange{}) != (list.shard_size == 0)) {
      return fail(Code::kShardLayoutInvalid,
                  fmt::format("/resources/{}: expected {}", i,
                              list.shard_size == 0 ? "a whole file, as there is no shard_size"
                                                   : "a shard with start and end"));
    }
  }
  return {};
}

Result<DigestList> read_hallmark(const JsonValue& document, Collected& resources) {
  const JsonPath path;
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader root, JsonObjectReader::create(document, path));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* schema, root.require<std::string>("schema"));
  if (*schema != kSchema) {
    return fail(Code::kDigestListUnreadable,
                fmt::format("/schema: expected '{}', found '{}'", kSchema,
                            base::escape_for_display(*schema)));
  }
  DigestList list;
  list.form = DigestListForm::kHallmark;
  HALLMARK_ASSIGN_OR_RETURN(const std::string* name, root.require<std::string>("hash_algorithm"));
  auto algorithm = hash::parse_registered_algorithm(*name);
  if (!algorithm) return fail(std::move(algorithm.error()).within("/hash_algorithm"));
  list.algorithm = *algorithm;
  HALLMARK_ASSIGN_OR_RETURN(list.shard_size, read_shard_size(root));
  HALLMARK_TRY(root.require<JsonArray>("resources"));
  HALLMARK_TRY(root.finish());
  HALLMARK_ASSIGN_OR_RETURN(list.resources, resources.take());
  HALLMARK_TRY(check_agreement(list));
  return list;
}

Result<DigestList> read_oci(const JsonValue& document, Collected& layers) {
  HALLMARK_TRY(check_oci_manifest(document));
  DigestList list;
  list.form = DigestListForm::kOciManifest;
  HALLMARK_ASSIGN_OR_RETURN(list.resources, layers.take());
  return list;
}

}  // namespace

Result<DigestList> read_json_digests(std::string_view text) {
  const JsonPath path;
  const JsonPath resources_path(path, "resources");
  const JsonPath layers_path(path, "layers");
  Collected resources;
  Collected layers;
  const std::vector<base::JsonStreamedArray> streamed = {
      {{"resources"},
       [&](std::size_t i, const JsonValue& element) -> Result<void> {
         resources.add(read_resource(element, JsonPath(resources_path, i)));
         return {};
       }},
      {{"layers"},
       [&](std::size_t i, const JsonValue& element) -> Result<void> {
         layers.add(read_oci_layer(element, JsonPath(layers_path, i)));
         return {};
       }},
  };
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue document, base::parse_json(text, kLimits, streamed));
  const bool ours = document.find("schema") != nullptr;
  const bool oci = document.find("schemaVersion") != nullptr;
  if (ours && oci) {
    return fail(Code::kMemberUnknown, "expected a schema or a schemaVersion, found both");
  }
  if (ours) return read_hallmark(document, resources);
  if (oci) return read_oci(document, layers);
  return fail(Code::kMemberMissing,
              fmt::format("expected a member schema, of {}, or schemaVersion, of an OCI image "
                          "manifest; found neither",
                          kSchema));
}

}  // namespace hallmark::manifest
