#pragma once

#include <string>
#include <utility>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/crypto/chain.h"
#include "testing/temporary_directory.h"

namespace hallmark::testing {

/// How the message is made that a form's signature is of.
enum class SignedMessage {
  kStandard,
  kLegacy,     ///< As reference 0.2 does.
  kElsewhere,  ///< With a key or a hash that no signer in memory has: it cannot be signed anew.
};

/// A form in which signatures are or were written, with a good bundle about a small model.
struct MutationForm {
  std::string name;
  std::string bundle;  ///< Its text, byte by byte as that writer writes it.
  std::string key;     ///< A key of testdata/signed.
  bool certified = false;
  SignedMessage message = SignedMessage::kStandard;
  /// A form before it in the list has the same payload, signed in the same way.
  bool repeats_statement = false;
  std::vector<std::string> files;                          ///< Each file's contents are its name.
  std::vector<std::pair<std::string, std::string>> links;  ///< Name and target, from the root.
  bool single_file = false;                                ///< `files` is the model itself.
};

/// All forms of testdata/mutation/forms.json.
std::vector<MutationForm> mutation_forms();

/// The authorities of all of them.
crypto::TrustAnchors mutation_anchors();

/// Writes the model of a form into a directory, and returns its path.
std::string write_model(const MutationForm& form, const TemporaryDirectory& directory);

/// The message that the form's signer signs for a payload; the form must not be signed elsewhere.
Bytes message_for(const MutationForm& form, ByteView payload);

}  // namespace hallmark::testing
