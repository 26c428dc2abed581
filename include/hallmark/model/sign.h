#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/hash/digest.h"
#include "hallmark/model/context.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

struct SignRequest {
  std::string model;
  /// Where the bundle goes. A file there is replaced only when it is a bundle or empty
  /// (kAlreadyExists otherwise). When it lies inside the model it is left out of what is signed.
  std::string signature = "model.sig";
  FileOptions files;
  HashingOptions hashing;
  Compatibility compatibility = Compatibility::kNone;
  /// Empty: sign with the bare key. Else the signer's certificate, then those that go along.
  std::vector<crypto::Certificate> chain;
};

struct SignReport {
  std::string subject;                           ///< The model's name as signed.
  hash::Digest digest;                           ///< The root digest as signed.
  std::uint64_t files = 0;                       ///< That are signed.
  std::vector<std::string> files_without_shard;  ///< Empty ones, which shards do not cover.
  std::uint64_t files_not_read = 0;              ///< Whose digests the digest cache knew.
};

/// Signs a model: lists and hashes its files, writes the statement, signs it and stores the bundle
/// durably. On failure there is no partial bundle, and an older one is intact. Fails with
/// kUnsupported when OMS does not register the hash algorithm, with kUsage when the shard size is
/// larger than it can be.
Result<SignReport> sign_model(const SignRequest& request, crypto::Signer& signer,
                              const Context& context);

}  // namespace hallmark::model
