#include "hallmark/model/sign.h"

#include <filesystem>

#include <fmt/core.h>

#include "hallmark/attest/sign.h"
#include "hallmark/attest/statement.h"
#include "hallmark/base/durable_file.h"
#include "hallmark/base/json.h"
#include "hallmark/base/utf8.h"
#include "hallmark/manifest/measure.h"
#include "model/bundle_file.h"
#include "model/cached_measuring.h"
#include "model/file_choice.h"

namespace hallmark::model {
namespace {

bool looks_like_bundle(const std::string& text) {
  const auto document = base::parse_json(text, {.max_bytes = attest::kLargestBundle});
  return document && document->find("mediaType") != nullptr &&
         document->find("dsseEnvelope") != nullptr;
}

// A wrong --signature must not cost the user a file: only a bundle is replaced, and an empty file
// where it is none of the model's.
Result<void> check_replaceable(const std::string& path, const manifest::ModelTree& tree) {
  if (path.ends_with('/')) {
    return fail(Code::kUsage, fmt::format("the signature '{}' is not the name of a file",
                                          base::escape_for_display(path)));
  }
  std::error_code unknown;
  if (std::filesystem::is_other(path, unknown)) {  // to read a pipe is to wait for its writer
    return fail(Code::kAlreadyExists, fmt::format("'{}' exists and is not a regular file",
                                                  base::escape_for_display(path)));
  }
  const auto text = read_bundle_file(path);
  if (!text) {
    if (text.error().code == Code::kNotFound) return {};
    return fail(text.error());
  }
  const bool in_model = manifest::resolve_in_model(tree.real_path(), path).has_value();
  if (text->empty() ? !in_model : looks_like_bundle(*text)) return {};
  return fail(Code::kAlreadyExists,
              fmt::format("'{}' exists and is not a signature", base::escape_for_display(path)));
}

// A single file would be lost to its own signature.
Result<void> check_apart(const std::string& model, const std::string& signature) {
  std::error_code unknown;  // when one does not exist
  if (!std::filesystem::equivalent(model, signature, unknown)) return {};
  return fail(Code::kUsage, fmt::format("the signature would replace the model '{}'",
                                        base::escape_for_display(model)));
}

// What is ignored is recorded, and a statement is text.
Result<void> check_recordable(const manifest::IgnoreRules& ignored) {
  for (const std::string& path : ignored.paths()) {
    if (base::is_utf8(path)) continue;
    return fail(Code::kNameNotUtf8,
                fmt::format("the ignored path '{}' is not UTF-8", base::escape_for_display(path)));
  }
  return {};
}

Result<void> check_hashing(const HashingOptions& hashing) {
  if (!hash::is_registered(hashing.algorithm)) {
    return fail(Code::kUnsupported, fmt::format("OMS v1.0 has no signatures with {} digests",
                                                hash::to_string(hashing.algorithm)));
  }
  return check_shard_size(hashing);
}

attest::ShardLabels labels_for(Compatibility compatibility) {
  return compatibility == Compatibility::kReference ? attest::ShardLabels::kSuffixed
                                                    : attest::ShardLabels::kPlain;
}

// What will be signed; `report` hears what will not, and what was not read.
Result<manifest::Manifest> measure(const manifest::ModelTree& tree, const SignRequest& request,
                                   const Context& context, SignReport& report) {
  HALLMARK_ASSIGN_OR_RETURN(
      manifest::MeasureOptions chosen,
      choose_files(tree, request.files, {&request.signature, 1}, context.log));
  HALLMARK_TRY(check_recordable(chosen.ignored));
  if (request.files.ignore_git_paths) chosen.ignored.add_git_paths();
  choose_hashing(request.hashing, chosen);
  HALLMARK_ASSIGN_OR_RETURN(
      manifest::Measured measured,
      measure_cached(tree, request.files, chosen, context, [&](const auto& with) {
        return manifest::measure_model(tree, with, context.progress, context.cancellation);
      }));
  report.files_without_shard = std::move(measured.files_without_shard);
  report.files_not_read = measured.files_not_read;
  manifest::Manifest manifest;
  manifest.method =
      request.hashing.shard_size == 0 ? manifest::Method::kFiles : manifest::Method::kShards;
  manifest.shard_size = request.hashing.shard_size;
  manifest.algorithm = request.hashing.algorithm;
  manifest.allow_symlinks = chosen.walk.allow_symlinks;
  manifest.ignore_paths.assign(chosen.ignored.paths().begin(), chosen.ignored.paths().end());
  manifest.resources = std::move(measured.resources);
  if (tree.is_single_file() && request.compatibility == Compatibility::kReference) {
    for (manifest::Resource& resource : manifest.resources) resource.name = ".";
  }
  return manifest;
}

}  // namespace

Result<SignReport> sign_model(const SignRequest& request, crypto::Signer& signer,
                              const Context& context) {
  HALLMARK_TRY(check_hashing(request.hashing));
  HALLMARK_TRY(check_apart(request.model, request.signature));
  HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree,
                            manifest::ModelTree::open(request.model));
  HALLMARK_TRY(check_replaceable(request.signature, tree));
  SignReport report{tree.name(), hash::Digest::zero(hash::Algorithm::kSha256)};
  HALLMARK_ASSIGN_OR_RETURN(const manifest::Manifest manifest,
                            measure(tree, request, context, report));
  report.digest = manifest::root_digest(manifest.resources);
  report.files = manifest::count_files(manifest.resources);
  const std::string statement =
      attest::encode_statement(tree.name(), manifest, labels_for(request.compatibility));
  auto bundle = request.chain.empty() ? attest::sign_with_key(statement, signer)
                                      : attest::sign_with_certificate(
                                            statement, signer, request.chain, context.clock.now());
  if (!bundle) return fail(std::move(bundle.error()));
  HALLMARK_TRY(context.cancellation.check());
  HALLMARK_TRY(base::write_durably(request.signature, bytes_of(attest::encode_bundle(*bundle))));
  return report;
}

}  // namespace hallmark::model
