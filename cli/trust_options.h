#pragma once

#include <string>
#include <vector>

#include "cli/command_line.h"
#include "hallmark/base/result.h"
#include "hallmark/crypto/chain.h"

namespace hallmark::cli {

/// Which certificates a verifier trusts, as it was typed.
struct TrustChoice {
  std::vector<std::string> chain;
  bool system_roots = false;
  std::vector<std::string> revocation_lists;

  /// Whether any certificate at all is trusted.
  [[nodiscard]] bool given() const { return !chain.empty() || system_roots; }
};

/// --certificate-chain, --trust-system-roots and --revocation-list.
void add_trust_options(Command command, TrustChoice& choice);

/// Loads them. Fails with kUsage when nothing is trusted.
Result<crypto::TrustAnchors> load_anchors(const TrustChoice& choice);

}  // namespace hallmark::cli
