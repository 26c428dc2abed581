#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/signature.h"
#include "hallmark/hash/digest.h"
#include "hallmark/manifest/digest_list.h"
#include "hallmark/model/context.h"
#include "hallmark/model/options.h"
#include "hallmark/model/reuse.h"

namespace hallmark::model {

/// A list of digests that somebody else computed (manifest/digest_list.h).
struct DigestsRequest {
  std::string file;
  RequestedHashing hashing;  ///< When the list has something else: kUsage.
};

struct SignRequest {
  std::string model;
  /// Where the bundle goes. A file there is replaced only when it is a bundle or empty
  /// (kAlreadyExists otherwise). When it lies inside the model it is left out of what is signed.
  std::string signature = "model.sig";
  FileOptions files;
  /// Not looked at with `reuse` or `digests`: these say how their digests were made.
  HashingOptions hashing;
  /// Take digests over from an older signature. Inside the model it is left out as well.
  std::optional<ReuseRequest> reuse;
  /// Sign these digests and read no file of the model. Not together with `reuse` (kUsage).
  std::optional<DigestsRequest> digests;
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
  /// When a list was given: what it was. No file was read then.
  std::optional<manifest::DigestListForm> digest_list;
};

/// Signs a model: lists and hashes its files, writes the statement, signs it and stores the bundle
/// durably. On failure there is no partial bundle, and an older one is intact. Fails with
/// kUnsupported when OMS does not register the hash algorithm, with kUsage when the shard size is
/// larger than it can be. An older signature is verified first, and its failures are those of
/// verifying. A list of digests fails with kDigestListUnreadable, or, when it is not of the model's
/// files, with kModelDiffers.
Result<SignReport> sign_model(const SignRequest& request, crypto::Signer& signer,
                              const Context& context);

}  // namespace hallmark::model
