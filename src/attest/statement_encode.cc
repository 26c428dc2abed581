#include "hallmark/attest/statement.h"
#include "hallmark/base/json_writer.h"

namespace hallmark::attest {
namespace {

void write_resources(base::JsonWriter& json, const manifest::Manifest& manifest) {
  json.begin_array();
  for (const manifest::Resource& resource : manifest.resources) {
    json.begin_object();
    json.key("algorithm");
    json.string(hash::to_string(resource.digest.algorithm()));
    json.key("digest");
    json.string(resource.digest.hex());
    json.key("name");
    json.string(resource.name);
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
  json.end_object();
}

}  // namespace

// Members are written in the order in which canonical JSON sorts them.
std::string encode_statement(std::string_view subject, const manifest::Manifest& manifest) {
  base::JsonWriter json;
  json.begin_object();
  json.key("_type");
  json.string(kStatementType);
  json.key("predicate");
  json.begin_object();
  json.key("resources");
  write_resources(json, manifest);
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
