#include "hallmark/model/verify_signatures.h"

#include <set>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/remembered.h"
#include "model/file_check.h"
#include "model/file_choice.h"
#include "model/signer_choice.h"
#include "model/threshold.h"

namespace hallmark::model {
namespace {

// Says which of the signatures a message is about.
class LogOfOne final : public base::LogSink {
 public:
  LogOfOne(base::LogSink& log, const std::string& signature)
      : log_(log), place_(base::escape_for_display(signature)) {}

  void log(base::LogLevel level, std::string_view message) override {
    log_.log(level, fmt::format("{}: {}", place_, message));
  }

 private:
  base::LogSink& log_;
  std::string place_;
};

Result<void> check_request(const SignaturesRequest& request) {
  if (request.signatures.empty()) return fail(Code::kUsage, "expected a signature, found none");
  if (request.signers.empty()) {
    return fail(Code::kUsage, "expected a signer who is accepted, found none");
  }
  const std::size_t most = request.signatures.size();
  if (!request.threshold || (*request.threshold >= 1 && *request.threshold <= most)) return {};
  return fail(Code::kUsage,
              fmt::format("expected a threshold from 1 to {}, the number of signatures, found {}",
                          most, *request.threshold));
}

// Where bare keys alone are accepted, there are no more signers than keys.
std::optional<std::size_t> most_signers(std::span<const ExpectedSigner> signers) {
  std::set<std::string> keys;
  for (const ExpectedSigner& signer : signers) {
    const auto* key = std::get_if<crypto::PublicKey>(&signer);
    if (key == nullptr) return std::nullopt;
    keys.insert(key->hint());
  }
  return keys.size();
}

class SignaturesVerifier {
 public:
  SignaturesVerifier(const SignaturesRequest& request, const Context& context)
      : request_(request), context_(context) {}

  Result<void> run(SignaturesReport& report) {
    HALLMARK_TRY(check_request(request_));
    HALLMARK_ASSIGN_OR_RETURN(const manifest::ModelTree tree,
                              manifest::ModelTree::open(request_.model));
    HALLMARK_ASSIGN_OR_RETURN(
        const manifest::MeasureOptions chosen,
        choose_files(tree, request_.files, request_.signatures, context_.log));
    for (const std::string& signature : request_.signatures) {
      report.signatures.push_back({verify_one(tree, chosen, signature), false});
    }
    report.signers = count_signers(report.signatures);
    auto problem = decide(report.signatures, request_.threshold, most_signers(request_.signers));
    if (problem) return fail(*std::move(problem));
    return {};
  }

 private:
  VerifyReport verify_one(const manifest::ModelTree& tree, const manifest::MeasureOptions& chosen,
                          const std::string& signature) {
    VerifyReport report;
    LogOfOne log(context_.log, signature);
    const Context context{context_.clock, context_.progress, log, context_.cancellation};
    auto judged = judge(tree, chosen, signature, context, report);
    if (judged) {
      report.problem.reset();
    } else {
      report.problem = std::move(judged.error());
    }
    return report;
  }

  Result<void> judge(const manifest::ModelTree& tree, const manifest::MeasureOptions& chosen,
                     const std::string& signature, const Context& context, VerifyReport& report) {
    HALLMARK_TRY(context.cancellation.check());
    HALLMARK_ASSIGN_OR_RETURN(attest::VerifiedStatement verified,
                              verify_signature_of_any(signature, request_.signers, context));
    const bool measured_again = request_.signatures.size() > 1;  // else it would only cost memory
    const FileCheck check{request_.files,
                          request_.scope,
                          request_.unsigned_files,
                          request_.signatures,
                          measured_again ? &remembered_ : nullptr,
                          request_.archive_limits};
    auto checked = check_files(tree, chosen, std::move(verified), check, context, report);
    if (checked) return checked;
    return fail(std::move(checked.error()).within(base::escape_for_display(signature)));
  }

  const SignaturesRequest& request_;
  const Context& context_;
  manifest::RememberedDigests remembered_;
};

}  // namespace

Verdict SignaturesReport::verdict() const {
  if (!problem) return Verdict::kVerified;
  return failure_of(problem->code) == Failure::kRejected ? Verdict::kRejected : Verdict::kUndecided;
}

SignaturesReport verify_signatures(const SignaturesRequest& request, const Context& context) {
  SignaturesReport report;
  auto judged = SignaturesVerifier(request, context).run(report);
  if (judged) {
    report.problem.reset();
  } else {
    report.problem = std::move(judged.error());
  }
  return report;
}

}  // namespace hallmark::model
