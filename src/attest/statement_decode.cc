#include <algorithm>
#include <optional>

#include <fmt/core.h>

#include "attest/hash_label.h"
#include "attest/resource_names.h"
#include "attest/serialization_decode.h"
#include "hallmark/attest/statement.h"
#include "hallmark/base/json.h"
#include "hallmark/base/utf8.h"
#include "hallmark/manifest/shard.h"

namespace hallmark::attest {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonObjectReader;
using base::JsonPath;
using base::JsonValue;
using manifest::Resource;

constexpr base::JsonLimits kLimits{.max_bytes = std::size_t{1} << 30, .max_depth = 16};

// Both long lists come element by element while the text is parsed, before it is known which kind
// of statement it is; so the first fault of each is kept until that has been checked.
template <typename Element>
struct Collected {
  std::vector<Element> elements;
  std::optional<Error> fault;

  void add(Result<Element> element) {
    if (fault) return;
    if (element) {
      elements.push_back(*std::move(element));
    } else {
      fault = std::move(element.error());
    }
  }

  [[nodiscard]] Result<void> check() const {
    if (fault) return fail(*fault);
    return {};
  }
};

Result<hash::Digest> read_digest(hash::Algorithm algorithm, const std::string& hex,
                                 const JsonPath& path) {
  auto digest = hash::Digest::parse_hex(algorithm, hex);
  if (!digest) return fail(std::move(digest.error()).within(path.to_string()));
  return digest;
}

// A subject, and a resource of the legacy form: a name and its SHA-256.
Result<Resource> read_subject(const JsonValue& value, const JsonPath& path) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* name, object.require<std::string>("name"));
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue* digests, object.require_value("digest"));
  const JsonPath digests_path(path, "digest");
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader set, JsonObjectReader::create(*digests, digests_path));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* hex, set.require<std::string>("sha256"));
  HALLMARK_ASSIGN_OR_RETURN(
      const hash::Digest digest,
      read_digest(hash::Algorithm::kSha256, *hex, JsonPath(digests_path, "sha256")));
  return Resource{*name, digest};
}

Result<Resource> read_resource(const JsonValue& value, const JsonPath& path, SharedLabel& shared) {
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(value, path));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* name, object.require<std::string>("name"));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* label, object.require<std::string>("algorithm"));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* hex, object.require<std::string>("digest"));
  auto algorithm = shared.add(*label);
  if (!algorithm) return fail(std::move(algorithm.error()).within(path.to_string()));
  HALLMARK_ASSIGN_OR_RETURN(const hash::Digest digest,
                            read_digest(*algorithm, *hex, JsonPath(path, "digest")));
  return Resource{*name, digest};
}

Result<void> check_string(JsonObjectReader& root, std::string_view name, std::string_view expected,
                          Code code) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string* found, root.require<std::string>(name));
  if (*found == expected) return {};
  return fail(code, fmt::format("/{}: expected '{}', found '{}'", name, expected,
                                base::escape_for_display(*found)));
}

Result<void> check_root_digest(const Resource& subject, const manifest::Manifest& manifest) {
  const hash::Digest computed = manifest::root_digest(manifest.resources);
  if (subject.digest == computed) return {};
  return fail(Code::kRootDigestMismatch,
              fmt::format("/subject/0/digest: expected {}, as the resources give, found {}",
                          computed.to_string(), subject.digest.to_string()));
}

void warn_of_order(ModelStatement& statement) {
  const auto& resources = statement.manifest.resources;
  const bool sorted = std::is_sorted(resources.begin(), resources.end(), manifest::statement_order);
  if (!sorted) {
    statement.warnings.emplace_back(
        "the files are not listed in the order of OMS v1.0, as the Python reference does");
  }
}

Result<ModelStatement> read_signature_predicate(const JsonValue& predicate,
                                                Collected<Resource> subjects,
                                                Collected<Resource> resources,
                                                const SharedLabel& label) {
  const JsonPath root;
  const JsonPath path(root, "predicate");
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(predicate, path));
  HALLMARK_TRY(object.require<JsonArray>("resources"));
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue* serialization, object.require_value("serialization"));
  HALLMARK_TRY(object.finish());
  HALLMARK_TRY(subjects.check());
  if (subjects.elements.size() != 1) {
    return fail(Code::kSubjectCount,
                fmt::format("/subject: expected exactly one, found {}", subjects.elements.size()));
  }
  ModelStatement statement;
  HALLMARK_ASSIGN_OR_RETURN(statement.manifest,
                            read_serialization(*serialization, JsonPath(path, "serialization")));
  HALLMARK_TRY(resources.check());
  statement.subject = subjects.elements.front().name;
  statement.manifest.resources = std::move(resources.elements);
  HALLMARK_TRY(read_names(statement.manifest, "/predicate/resources"));
  auto agrees = label.check(statement.manifest);
  if (!agrees) return fail(std::move(agrees.error()).within("/predicate/resources"));
  HALLMARK_TRY(check_root_digest(subjects.elements.front(), statement.manifest));
  warn_of_order(statement);
  return statement;
}

Result<ModelStatement> read_legacy_predicate(const JsonValue& predicate,
                                             Collected<Resource> subjects) {
  const JsonPath root;
  const JsonPath path(root, "predicate");
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader object, JsonObjectReader::create(predicate, path));
  HALLMARK_TRY(object.optional<std::string>("unused"));
  HALLMARK_TRY(object.finish());
  HALLMARK_TRY(subjects.check());
  HALLMARK_TRY(check_file_names(subjects.elements, "/subject"));
  ModelStatement statement;
  statement.form = StatementForm::kLegacyDigests;
  statement.manifest.resources = std::move(subjects.elements);
  return statement;
}

}  // namespace

Result<ModelStatement> decode_statement(ByteView payload) {
  const JsonPath path;
  const JsonPath subject_path(path, "subject");
  const JsonPath predicate_path(path, "predicate");
  const JsonPath resources_path(predicate_path, "resources");
  Collected<Resource> subjects;
  Collected<Resource> resources;
  SharedLabel label;
  const std::vector<base::JsonStreamedArray> streamed = {
      {{"subject"},
       [&](std::size_t i, const JsonValue& element) -> Result<void> {
         subjects.add(read_subject(element, JsonPath(subject_path, i)));
         return {};
       }},
      {{"predicate", "resources"},
       [&](std::size_t i, const JsonValue& element) -> Result<void> {
         resources.add(read_resource(element, JsonPath(resources_path, i), label));
         return {};
       }},
  };
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue document,
                            base::parse_json(text_of(payload), kLimits, streamed));
  HALLMARK_ASSIGN_OR_RETURN(JsonObjectReader root, JsonObjectReader::create(document, path));
  HALLMARK_TRY(check_string(root, "_type", kStatementType, Code::kStatementTypeMismatch));
  HALLMARK_TRY(root.require<JsonArray>("subject"));
  HALLMARK_ASSIGN_OR_RETURN(const JsonValue* predicate, root.require_value("predicate"));
  HALLMARK_ASSIGN_OR_RETURN(const std::string* type, root.require<std::string>("predicateType"));
  const bool legacy = *type == kLegacyDigestsPredicate;
  if (!legacy) {
    HALLMARK_TRY(
        check_string(root, "predicateType", kSignaturePredicate, Code::kPredicateTypeMismatch));
  }
  HALLMARK_TRY(root.finish());
  if (legacy) return read_legacy_predicate(*predicate, std::move(subjects));
  return read_signature_predicate(*predicate, std::move(subjects), std::move(resources), label);
}

}  // namespace hallmark::attest
