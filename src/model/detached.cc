#include "hallmark/model/detached.h"

#include <unistd.h>

#include <fmt/core.h>

#include "hallmark/base/durable_file.h"
#include "hallmark/base/file.h"
#include "hallmark/base/utf8.h"
#include "hallmark/hash/hasher.h"
#include "hallmark/manifest/ignore.h"
#include "hallmark/manifest/tree.h"
#include "model/bundle_file.h"
#include "model/unsigned_statement.h"

namespace hallmark::model {
namespace {

using base::escape_for_display;

// What would be refused at the end is refused before a large model is read.
Result<void> check_free(const std::string& path, const manifest::ModelTree& tree) {
  if (::access(path.c_str(), F_OK) == 0) {
    return fail(Code::kAlreadyExists,
                fmt::format("'{}' exists and is not overwritten", escape_for_display(path)));
  }
  const auto inside = manifest::resolve_in_model(tree.real_path(), path);
  if (inside) {
    return fail(Code::kUsage,
                fmt::format("'{}' is inside the model, where it would be a file that nobody signed",
                            escape_for_display(path)));
  }
  if (inside.error().code != Code::kPathOutsideModel) return fail(inside.error());
  return {};
}

Result<void> check_places(const PrepareRequest& request) {
  HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree,
                            manifest::ModelTree::open(request.signing.model));
  HALLMARK_TRY(check_free(request.message, tree));
  HALLMARK_TRY(check_free(request.state, tree));
  if (request.message != request.state) return {};
  return fail(Code::kUsage, fmt::format("what is to be signed and its state cannot both go to '{}'",
                                        escape_for_display(request.state)));
}

Result<attest::SigningState> prepare(const PrepareRequest& request, std::string_view statement,
                                     base::UnixTime now) {
  if (request.signing.chain.empty()) return attest::prepare_with_key(statement, request.key);
  HALLMARK_ASSIGN_OR_RETURN(attest::SigningState state, attest::prepare_with_certificate(
                                                            statement, request.signing.chain, now));
  if (state.key == request.key) return state;
  return fail(Code::kCertificateKeyMismatch,
              "the signing certificate certifies another key than the given one");
}

// Both files or none: when the second cannot be written, the first is taken back.
Result<void> write_both(const PrepareRequest& request, std::string_view state, ByteView message) {
  constexpr base::WriteOptions kNew{.existing = base::Existing::kRefuse};
  HALLMARK_TRY(base::write_durably(request.state, bytes_of(state), kNew));
  auto written = base::write_durably(request.message, message, kNew);
  if (!written) ::unlink(request.state.c_str());
  return written;
}

hash::Digest sha256_of(std::string_view text) {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(text));
}

// The user vouches for a state, so that one that is none is no evidence against anything. What was
// written as one and is not whole is.
Result<attest::SigningState> load_state(const AttachRequest& request) {
  auto text = base::read_file(request.state, attest::kLargestSigningState);
  if (!text) return fail(std::move(text.error()).within("signing state"));
  const std::string where = escape_for_display(request.state);
  if (request.state_digest && sha256_of(*text) != *request.state_digest) {
    return fail(Code::kSigningStateMismatch,
                fmt::format("{}: expected a state with the digest {}, found {}", where,
                            request.state_digest->to_string(), sha256_of(*text).to_string()));
  }
  auto state = attest::decode_signing_state(*text);
  if (state) return state;
  Error error = std::move(state.error());
  if (error.code != Code::kSigningStateMismatch) error.code = Code::kSigningStateUnreadable;
  return fail(std::move(error).within(where));
}

Result<std::string> load_raw_signature(const std::string& path) {
  auto bytes = base::read_file(path, kLargestRawSignature);
  if (!bytes) return fail(std::move(bytes.error()).within("raw signature"));
  return bytes;
}

AttachReport report_of(const attest::SigningState& state) {
  return {.subject = {},
          .hashing = {},
          .key = state.key,
          .scheme = attest::scheme_of(state),
          .certified = !state.chain.empty()};
}

void describe(const attest::ModelStatement& statement, AttachReport& report) {
  const manifest::Manifest& manifest = statement.manifest;
  report.subject = statement.subject;
  report.digest = manifest::root_digest(manifest.resources);
  report.files = manifest::count_files(manifest.resources);
  report.hashing = {manifest.algorithm, manifest.shard_size};
}

}  // namespace

Result<PrepareReport> prepare_signature(const PrepareRequest& request, const Context& context) {
  HALLMARK_TRY(check_places(request));
  HALLMARK_TRY(prepare(request, {}, context.clock.now()));  // a wrong certificate is told first
  HALLMARK_ASSIGN_OR_RETURN(UnsignedStatement statement, state_model(request.signing, context));
  HALLMARK_ASSIGN_OR_RETURN(const attest::SigningState state,
                            prepare(request, statement.text, context.clock.now()));
  const std::string text = attest::encode_signing_state(state);
  const Bytes message = attest::message_of(state);
  HALLMARK_TRY(context.cancellation.check());
  HALLMARK_TRY(write_both(request, text, message));
  return PrepareReport{.model = std::move(statement.report),
                       .message_bytes = message.size(),
                       .scheme = attest::scheme_of(state),
                       .message_digest = attest::message_digest(state),
                       .state_digest = sha256_of(text)};
}

Result<AttachReport> attach_signature(const AttachRequest& request, const Context& context) {
  HALLMARK_TRY(check_replaceable(request.signature, EmptyFile::kKept));
  HALLMARK_ASSIGN_OR_RETURN(attest::SigningState state, load_state(request));
  HALLMARK_ASSIGN_OR_RETURN(const std::string signature, load_raw_signature(request.raw_signature));
  AttachReport report = report_of(state);
  auto attached =
      attest::attach_signature(std::move(state), bytes_of(signature), context.clock.now());
  if (!attached && attached.error().code == Code::kSignatureInvalid) {
    return fail(std::move(attached.error()).within(escape_for_display(request.raw_signature)));
  }
  if (!attached) return fail(std::move(attached.error()));
  describe(attached->statement, report);
  HALLMARK_TRY(context.cancellation.check());
  HALLMARK_TRY(
      base::write_durably(request.signature, bytes_of(attest::encode_bundle(attached->bundle))));
  return report;
}

}  // namespace hallmark::model
