#include "hallmark/model/sign.h"

#include <filesystem>

#include <fmt/core.h>

#include "hallmark/attest/sign.h"
#include "hallmark/attest/statement.h"
#include "hallmark/base/durable_file.h"
#include "hallmark/base/utf8.h"
#include "hallmark/manifest/measure.h"
#include "hallmark/manifest/reuse.h"
#include "model/bundle_file.h"
#include "model/cached_measuring.h"
#include "model/digest_file.h"
#include "model/file_choice.h"
#include "model/reuse.h"
#include "model/signature_check.h"
#include "model/unsigned_statement.h"

namespace hallmark::model {
namespace {

// A single file would be lost to its own signature.
Result<void> check_apart(const std::string& model, const std::string& signature) {
  std::error_code unknown;  // when one does not exist
  if (!std::filesystem::equivalent(model, signature, unknown)) return {};
  return fail(Code::kUsage, fmt::format("the signature would replace the model '{}'",
                                        base::escape_for_display(model)));
}

// What is ignored is recorded, and a statement is text.
Result<void> check_recordable(const manifest::IgnoreRules& ignored) {
  for (const std::string& path : ignored.recorded()) {
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

Result<void> check_sources(const SignRequest& request) {
  if (!request.reuse || !request.digests) return {};
  return fail(Code::kUsage, "digests are from an older signature or from a list, not from both");
}

attest::ShardLabels labels_for(Compatibility compatibility) {
  return compatibility == Compatibility::kReference ? attest::ShardLabels::kSuffixed
                                                    : attest::ShardLabels::kPlain;
}

class ModelSigner {
 public:
  ModelSigner(const SignRequest& request, const Context& context)
      : request_(request), context_(context) {}

  Result<SignReport> run(crypto::Signer& signer) {
    HALLMARK_ASSIGN_OR_RETURN(const attest::Bundle bundle, sign(signer));
    HALLMARK_TRY(context_.cancellation.check());
    HALLMARK_TRY(base::write_durably(request_.signature, bytes_of(attest::encode_bundle(bundle))));
    return std::move(report_);
  }

  Result<UnsignedStatement> run_unsigned() {
    HALLMARK_ASSIGN_OR_RETURN(std::string statement, state());
    return UnsignedStatement{std::move(statement), std::move(report_)};
  }

 private:
  // The statement that will be signed.
  Result<std::string> state() {
    HALLMARK_TRY(check_hashing(request_.hashing));
    HALLMARK_TRY(check_sources(request_));
    HALLMARK_TRY(check_apart(request_.model, request_.signature));
    HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree,
                              manifest::ModelTree::open(request_.model));
    const bool in_model =
        manifest::resolve_in_model(tree.real_path(), request_.signature).has_value();
    HALLMARK_TRY(
        check_replaceable(request_.signature, in_model ? EmptyFile::kKept : EmptyFile::kReplaced));
    return make_statement(tree);
  }

  Result<attest::Bundle> sign(crypto::Signer& signer) {
    HALLMARK_ASSIGN_OR_RETURN(const std::string statement, state());
    if (request_.chain.empty()) return attest::sign_with_key(statement, signer);
    return attest::sign_with_certificate(statement, signer, request_.chain, context_.clock.now());
  }

  // The model's files are forgotten where the statement lists them: there can be a million.
  Result<std::string> make_statement(const manifest::ModelTree& tree) {
    HALLMARK_ASSIGN_OR_RETURN(const manifest::Manifest manifest, describe(tree));
    report_.subject = tree.name();
    report_.digest = manifest::root_digest(manifest.resources);
    report_.files = manifest::count_files(manifest.resources);
    return attest::encode_statement(tree.name(), manifest, labels_for(request_.compatibility));
  }

  // What will be signed.
  Result<manifest::Manifest> describe(const manifest::ModelTree& tree) {
    HALLMARK_ASSIGN_OR_RETURN(manifest::MeasureOptions chosen, choose(tree));
    HALLMARK_ASSIGN_OR_RETURN(manifest::Measured measured, measure(tree, chosen));
    report_.files_without_shard = std::move(measured.files_without_shard);
    report_.files_not_read = measured.files_not_read;
    manifest::Manifest manifest;
    manifest.shard_size = report_.hashing.shard_size;
    manifest.method =
        manifest.shard_size == 0 ? manifest::Method::kFiles : manifest::Method::kShards;
    manifest.algorithm = report_.hashing.algorithm;
    manifest.allow_symlinks = chosen.walk.allow_symlinks;
    const manifest::IgnoreRules::Paths recorded = chosen.ignored.recorded();
    manifest.ignore_paths.assign(recorded.begin(), recorded.end());
    manifest.resources = std::move(measured.resources);
    if (tree.is_single_file() && request_.compatibility == Compatibility::kReference) {
      for (manifest::Resource& resource : manifest.resources) resource.name = ".";
    }
    return manifest;
  }

  Result<manifest::MeasureOptions> choose(const manifest::ModelTree& tree) {
    std::vector<std::string> signatures{request_.signature};
    if (request_.reuse) signatures.push_back(request_.reuse->signature);
    HALLMARK_ASSIGN_OR_RETURN(manifest::MeasureOptions chosen,
                              choose_files(tree, request_.files, signatures, context_.log));
    HALLMARK_TRY(check_recordable(chosen.ignored));
    if (request_.files.ignore_git_paths) chosen.ignored.add_git_paths();
    return chosen;
  }

  Result<manifest::Measured> measure(const manifest::ModelTree& tree,
                                     manifest::MeasureOptions& chosen) {
    if (request_.digests) return match_list(tree, chosen, *request_.digests);
    if (request_.reuse) return measure_again(tree, chosen, *request_.reuse);
    report_.hashing = request_.hashing;
    choose_hashing(report_.hashing, chosen);
    return measure_cached(tree, request_.files, chosen, context_, [&](const auto& with) {
      return manifest::measure_model(tree, with, context_.progress, context_.cancellation);
    });
  }

  // Whatever knows digests already becomes the witness of what did not change.
  Result<manifest::Measured> measure_again(const manifest::ModelTree& tree,
                                           manifest::MeasureOptions chosen,
                                           const ReuseRequest& reuse) {
    HALLMARK_ASSIGN_OR_RETURN(attest::VerifiedStatement old,
                              verify_signature(reuse.signature, reuse.expected_signer, context_));
    report_.reused = ReuseReport{old.signer(), old.statement().subject,
                                 manifest::root_digest(old.statement().manifest.resources), 0};
    manifest::Manifest vouched = std::move(old).take_statement().manifest;
    vouched.resources = resources_for(std::move(vouched.resources), tree);
    HALLMARK_ASSIGN_OR_RETURN(
        report_.hashing,
        agreed_hashing(reuse.signature, {vouched.algorithm, vouched.shard_size}, reuse.hashing));
    choose_hashing(report_.hashing, chosen);
    HALLMARK_ASSIGN_OR_RETURN(auto changed, resolve_changed(tree, vouched, reuse));
    return measure_cached(tree, request_.files, chosen, context_, [&](const auto& with) {
      manifest::ReusedDigests reused(std::move(vouched), std::move(changed), with.known);
      manifest::MeasureOptions reusing = with;
      reusing.known = &reused;
      auto measured =
          manifest::measure_model(tree, reusing, context_.progress, context_.cancellation);
      report_.reused->taken_over = reused.taken_over();
      return measured;
    });
  }

  Result<manifest::Measured> match_list(const manifest::ModelTree& tree,
                                        const manifest::MeasureOptions& chosen,
                                        const DigestsRequest& digests) {
    HALLMARK_ASSIGN_OR_RETURN(manifest::DigestList list, load_digest_list(digests.file));
    HALLMARK_ASSIGN_OR_RETURN(
        report_.hashing,
        agreed_hashing(digests.file, {list.algorithm, list.shard_size}, digests.hashing));
    report_.digest_list = list.form;
    return manifest::match_digests(tree, std::move(list), chosen, context_.cancellation);
  }

  const SignRequest& request_;
  const Context& context_;
  SignReport report_;
};

}  // namespace

Result<SignReport> sign_model(const SignRequest& request, crypto::Signer& signer,
                              const Context& context) {
  return ModelSigner(request, context).run(signer);
}

Result<UnsignedStatement> state_model(const SignRequest& request, const Context& context) {
  return ModelSigner(request, context).run_unsigned();
}

}  // namespace hallmark::model
