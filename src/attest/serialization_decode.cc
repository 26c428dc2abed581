#include "attest/serialization_decode.h"

#include <cmath>

#include <fmt/core.h>

namespace hallmark::attest {
namespace {

using base::JsonArray;
using base::JsonObjectReader;
using base::JsonPath;
using base::JsonValue;

Result<std::vector<std::string>> read_ignore_paths(JsonObjectReader& serialization) {
  HALLMARK_ASSIGN_OR_RETURN(const JsonArray* list,
                            serialization.optional<JsonArray>("ignore_paths"));
  std::vector<std::string> paths;
  if (list == nullptr) return paths;
  for (std::size_t i = 0; i < list->size(); ++i) {
    const auto* path = (*list)[i].get_if<std::string>();
    if (path != nullptr && !path->empty()) {
      paths.push_back(*path);
      continue;
    }
    const JsonPath list_path(serialization.path(), "ignore_paths");
    return fail(Code::kIgnorePathInvalid,
                fmt::format("{}: expected a path that is not empty, found {}",
                            JsonPath(list_path, i).to_string(),
                            path != nullptr ? "an empty one" : (*list)[i].kind()));
  }
  return paths;
}

// The reference writes numbers as doubles: "shard_size": 1000000000.0.
Result<std::uint64_t> read_shard_size(JsonObjectReader& serialization) {
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue* value, serialization.require_value("shard_size"));
  const JsonPath path(serialization.path(), "shard_size");
  const auto* integer = value->get_if<std::int64_t>();
  const auto* real = value->get_if<double>();
  constexpr auto kLargest = static_cast<double>(manifest::kLargestShardSize);
  if (integer != nullptr && *integer > 0) {
    const auto size = static_cast<std::uint64_t>(*integer);
    if (size <= manifest::kLargestShardSize) return size;
  } else if (real != nullptr && *real >= 1 && *real <= kLargest && std::trunc(*real) == *real) {
    return static_cast<std::uint64_t>(*real);
  } else if (value->kind() != JsonValue(0).kind()) {
    return fail(Code::kMemberType,
                fmt::format("{}: expected number, found {}", path.to_string(), value->kind()));
  }
  return fail(Code::kShardSizeInvalid,
              fmt::format("{}: expected a whole number from 1 to {}, found another",
                          path.to_string(), manifest::kLargestShardSize));
}

}  // namespace

Result<manifest::Manifest> read_serialization(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  manifest::Manifest manifest;
  HALLMARK_ASSIGN_OR_RETURN(const std::string* method, object.require<std::string>("method"));
  auto parsed_method = manifest::parse_method(*method);
  if (!parsed_method) return fail(std::move(parsed_method.error()).within(path.to_string()));
  manifest.method = *parsed_method;
  if (manifest.method == manifest::Method::kShards) {
    HALLMARK_ASSIGN_OR_RETURN(manifest.shard_size, read_shard_size(object));
  }
  HALLMARK_ASSIGN_OR_RETURN(const std::string* type, object.require<std::string>("hash_type"));
  auto algorithm = hash::parse_registered_algorithm(*type);
  if (!algorithm) return fail(std::move(algorithm.error()).within(path.to_string()));
  manifest.algorithm = *algorithm;
  HALLMARK_ASSIGN_OR_RETURN(const bool* links, object.require<bool>("allow_symlinks"));
  manifest.allow_symlinks = *links;
  HALLMARK_ASSIGN_OR_RETURN(manifest.ignore_paths, read_ignore_paths(object));
  HALLMARK_TRY(object.finish());
  return manifest;
}

}  // namespace hallmark::attest
