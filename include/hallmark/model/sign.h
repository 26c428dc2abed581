#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/hash/digest.h"
#include "hallmark/model/context.h"
#include "hallmark/model/options.h"
#include "hallmark/model/reuse.h"

namespace hallmark::model {

struct SignRequest {
  std::string model;
  /// Where the bundle goes. A file there is replaced only when it is a bundle or empty
  /// (kAlreadyExists otherwise). When it lies inside the model it is left out of what is signed.
  std::string signature = "model.sig";
  FileOptions files;
  HashingOptions hashing;  ///< Not looked at with `reuse`: then as the old signature has it.
  /// Take digests over from an older signature. Inside the model it is left out as well.
  std::optional<ReuseRequest> reuse;
  Compatibility compatibility = Compatibility::kNone;
  /// Empty: sign with the bare key. Else the signer's certificate, then those that go along.
  std::vector<crypto::Certificate> chain;
};

struct SignReport {
  std::string subject;  ///< The model's name as signed.
  /// The root digest as signed.
  hash::Digest digest = hash::Digest::zero(hash::Algorithm::kSha256);
  std::uint64_t files = 0;                       ///< That are signed.
  HashingOptions hashing;                        ///< How they were hashed.
  std::vector<std::string> files_without_shard;  ///< Empty ones, which shards do not cover.
  std::uint64_t files_not_read = 0;              ///< Known to the digest cache, or taken over.
  std::optional<ReuseReport> reused;             ///< When an older signature was given.
};

/// Signs a model: lists and hashes its files, writes the statement, signs it and stores the bundle
/// durably. On failure there is no partial bundle, and an older one is intact. Fails with
/// kUnsupported when OMS does not register the hash algorithm, with kUsage when the shard size is
/// larger than it can be. An older signature is verified first, and its failures are those of
/// verifying.
Result<SignReport> sign_model(const SignRequest& request, crypto::Signer& signer,
                              const Context& context);

}  // namespace hallmark::model
