#include "model/threshold.h"

#include <algorithm>
#include <set>
#include <string>

#include <fmt/core.h>

namespace hallmark::model {
namespace {

// A signer is a public key, whatever certifies it. Its hint names it: equal keys have one text.
std::string signer_name(const attest::VerifiedSigner& signer) {
  if (const auto* key = std::get_if<crypto::PublicKey>(&signer)) return key->hint();
  const auto key = std::get<crypto::VerifiedChain>(signer).leaf().public_key();
  HALLMARK_CHECK(key.has_value());  // it has verified a signature
  return key->hint();
}

const Error* first_problem(std::span<const JudgedSignature> signatures, Verdict verdict) {
  const auto found = std::find_if(
      signatures.begin(), signatures.end(),
      [&](const JudgedSignature& signature) { return signature.report.verdict() == verdict; });
  return found != signatures.end() ? &*found->report.problem : nullptr;
}

// The model was not seen whole in one state: no number of signers makes up for that.
const Error* interruption(std::span<const JudgedSignature> signatures) {
  for (const JudgedSignature& signature : signatures) {
    const std::optional<Error>& problem = signature.report.problem;
    if (!problem) continue;
    if (problem->code == Code::kCancelled || problem->code == Code::kFileChanged) return &*problem;
  }
  return nullptr;
}

// How many signers would count if all that is undecided were verified.
std::size_t count_reachable(std::span<const JudgedSignature> signatures,
                            std::optional<std::size_t> most_signers) {
  std::set<std::string> known;
  std::size_t unknown = 0;
  for (const JudgedSignature& signature : signatures) {
    if (signature.report.verdict() == Verdict::kRejected) continue;
    if (signature.report.signer) {
      known.insert(signer_name(*signature.report.signer));
    } else {
      unknown += 1;
    }
  }
  const std::size_t reachable = known.size() + unknown;
  return most_signers ? std::min(reachable, std::max(*most_signers, known.size())) : reachable;
}

std::size_t count(std::span<const JudgedSignature> signatures, Verdict verdict) {
  return static_cast<std::size_t>(std::count_if(
      signatures.begin(), signatures.end(),
      [&](const JudgedSignature& signature) { return signature.report.verdict() == verdict; }));
}

Error too_few(std::span<const JudgedSignature> signatures, std::size_t signers,
              std::size_t threshold) {
  return Error{
      Code::kThresholdNotMet,
      fmt::format("expected {} different signers, found {}: of {} signatures {} are "
                  "verified, {} rejected and {} undecided",
                  threshold, signers, signatures.size(), count(signatures, Verdict::kVerified),
                  count(signatures, Verdict::kRejected), count(signatures, Verdict::kUndecided))};
}

std::optional<Error> copy_of(const Error* error) {
  return error != nullptr ? std::optional(*error) : std::nullopt;
}

}  // namespace

std::size_t count_signers(std::span<JudgedSignature> signatures) {
  std::set<std::string> counted;
  for (JudgedSignature& signature : signatures) {
    if (signature.report.verdict() != Verdict::kVerified) continue;
    HALLMARK_CHECK(signature.report.signer.has_value());
    signature.counted = counted.insert(signer_name(*signature.report.signer)).second;
  }
  return counted.size();
}

std::optional<Error> decide(std::span<const JudgedSignature> signatures,
                            std::optional<std::size_t> threshold,
                            std::optional<std::size_t> most_signers) {
  const Error* undecided = first_problem(signatures, Verdict::kUndecided);
  if (!threshold) {
    const Error* rejected = first_problem(signatures, Verdict::kRejected);
    return copy_of(rejected != nullptr ? rejected : undecided);
  }
  if (const Error* interrupted = interruption(signatures)) return *interrupted;
  const auto signers = static_cast<std::size_t>(
      std::count_if(signatures.begin(), signatures.end(),
                    [](const JudgedSignature& signature) { return signature.counted; }));
  if (signers >= *threshold) return std::nullopt;
  if (undecided != nullptr && count_reachable(signatures, most_signers) >= *threshold) {
    return *undecided;
  }
  return too_few(signatures, signers, *threshold);
}

}  // namespace hallmark::model
