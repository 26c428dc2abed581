#include "cli/trust_options.h"

#include "cli/key_files.h"

namespace hallmark::cli {

void add_trust_options(Command command, TrustChoice& choice) {
  command.add_repeatable("--certificate-chain", choice.chain, "PATH",
                         "Trusted certificates, PEM; a chain must end at a root among them");
  command.add_flag("--trust-system-roots", choice.system_roots,
                   "Also trust the roots of this machine: any owner of a public certificate for "
                   "signing could then sign");
  command.add_repeatable("--revocation-list", choice.revocation_lists, "PATH",
                         "Certificate revocation list, PEM or DER");
}

Result<crypto::TrustAnchors> load_anchors(const TrustChoice& choice) {
  if (!choice.given()) {
    return fail(Code::kUsage, "give --certificate-chain, or --trust-system-roots");
  }
  crypto::TrustAnchors anchors;
  anchors.trust_system_roots = choice.system_roots;
  HALLMARK_ASSIGN_OR_RETURN(anchors.certificates, load_certificates(choice.chain));
  HALLMARK_ASSIGN_OR_RETURN(anchors.revocation_lists,
                            load_revocation_lists(choice.revocation_lists));
  return anchors;
}

}  // namespace hallmark::cli
