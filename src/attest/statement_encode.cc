#include "attest/hash_label.h"
#include "hallmark/attest/statement.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/manifest/shard.h"

namespace hallmark::attest {
namespace {

void write_resources(base::JsonWriter& json, const manifest::Manifest& manifest,
                     ShardLabels labels) {
  HashLabel label{manifest.algorithm, std::nullopt};
  if (manifest.method == manifest::Method::kShards && labels == ShardLabels::kSuffixed) {
    label.shard_size = manifest.shard_size;
  }
  const std::string algorithm = to_string(label);
  json.begin_array();
  for (const manifest::Resource& resource : manifest.resources) {
    json.begin_object();
    json.key("algorithm");
    json.string(algorithm);
    json.key("digest");
    json.string(resource.digest.hex());
    json.key("name");
    json.string(manifest::name_in_statement(resource));
    json.end_object();
  }
  json.end_array();
}

void write_serialization(base::JsonWriter& json, const manifest::Manifest& manifest) {
  json.begin_object();
  json.key("allow_symlinks");
  json.boolean(manifest.allow_symlinks);
  json.key("hash_type");
  json.string(hash::to_string(manifest.algorithm));
  if (!manifest.ignore_paths.empty()) {
    json.key("ignore_paths");
    json.begin_array();
    for (const std::string& path : manifest.ignore_paths) json.string(path);
    json.end_array();
  }
  json.key("method");
  json.string(manifest::to_string(manifest.method));
  if (manifest.method == manifest::Method::kShards) {
    json.key("shard_size");
    json.integer(manifest.shard_size);
  }
  json.end_object();
}

// About as long as the statement will be; escapes make it longer.
std::size_t expected_length(const manifest::Manifest& manifest) {
  constexpr std::size_t kFrame = 1024;
  constexpr std::size_t kRoundAResource = 96;  // members, punctuation and two numbers of a shard
  std::size_t length = kFrame;
  for (const manifest::Resource& resource : manifest.resources) {
    length += kRoundAResource + 2 * hash::digest_size(manifest.algorithm) + resource.name.size();
  }
  return length;
}

}  // namespace

// Members are written in the order in which canonical JSON sorts them.
std::string encode_statement(std::string_view subject, const manifest::Manifest& manifest,
                             ShardLabels labels) {
  base::JsonWriter json;
  json.reserve(expected_length(manifest));
  json.begin_object();
  json.key("_type");
  json.string(kStatementType);
  json.key("predicate");
  json.begin_object();
  json.key("resources");
  write_resources(json, manifest, labels);
  json.key("serialization");
  write_serialization(json, manifest);
  json.end_object();
  json.key("predicateType");
  json.string(kSignaturePredicate);
  json.key("subject");
  json.begin_array();
  json.begin_object();
  json.key("digest");
  json.begin_object();
  json.key("sha256");
  json.string(manifest::root_digest(manifest.resources).hex());
  json.end_object();
  json.key("name");
  json.string(subject);
  json.end_object();
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

}  // namespace hallmark::attest
