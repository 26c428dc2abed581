// Breaks a good signature of every form in every place it has, and verifies the model with each
// mutant. Mutants are made at these levels:
//
//   bundle          the bundle's JSON: each member and value changed
//   text            the bundle's text: bytes changed
//   statement       the statement's JSON, signed anew by the right signer; "+root" has the root
//                   digest that the changed files give. Not for a statement that an earlier form
//                   had
//   statement-text  bytes of the statement, signed anew
//   payload         bytes of the statement, under the old signature
//   signature       bytes of the signature
//   certificate     bytes of each certificate in the bundle
//   splice          parts exchanged for those of other forms' bundles; "=" after the name of one
//                   that has the same payload
//
// testdata/mutation/expected holds what becomes of each; survivors.txt says of those that are still
// verified why they may be.

#include <algorithm>
#include <filesystem>

#include <fmt/core.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hallmark/base/base64.h"
#include "hallmark/base/file.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/base/thread_pool.h"
#include "hallmark/model/verify.h"
#include "testing/ecdsa_twin.h"
#include "testing/golden.h"
#include "testing/model_context.h"
#include "testing/mutants.h"
#include "testing/mutation_forms.h"
#include "testing/mutation_record.h"
#include "testing/signature_document.h"
#include "testing/signing_keys.h"
#include "testing/survivor_rules.h"
#include "testing/temporary_directory.h"

namespace hallmark::model {
namespace {

using base::JsonValue;
using hallmark::testing::ByteMutant;
using hallmark::testing::JsonMutant;
using hallmark::testing::JsonNames;
using hallmark::testing::mutants_of;
using hallmark::testing::MutationForm;
using hallmark::testing::MutationRecord;
using hallmark::testing::SignedMessage;
using hallmark::testing::value_at;

// Long enough to meet every part of what is signed or certified, short enough for every change.
constexpr std::size_t kPayloadPositions = 64;
constexpr std::size_t kStatementPositions = 64;
constexpr std::size_t kSignaturePositions = 80;
constexpr std::size_t kCertificatePositions = 48;
// Bundles that lend their parts: those of the forms that come next in the list.
constexpr std::size_t kDonors = 5;

const JsonNames kPayload = {"dsseEnvelope", "payload"};
const JsonNames kSignature = {"dsseEnvelope", "signatures", "sig"};

// Parts of a bundle that every form has.
const std::vector<std::pair<std::string_view, JsonNames>> kSpliced = {
    {"/verificationMaterial", {"verificationMaterial"}},
    {"/dsseEnvelope", {"dsseEnvelope"}},
    {"/dsseEnvelope/payload", kPayload},
    {"/dsseEnvelope/signatures", {"dsseEnvelope", "signatures"}},
};

ExpectedSigner signer_of(const MutationForm& form) {
  if (!form.certified) return hallmark::testing::public_key(form.key);
  return attest::CertificateExpectations{hallmark::testing::mutation_anchors(), std::nullopt};
}

// Verifies the model of one form with whatever bundle there is.
class Judge {
 public:
  explicit Judge(const MutationForm& form)
      : request_{.model = write_model(form, directory_),
                 .signature = directory_.path("model.sig"),
                 .files = {.threads = 1},
                 .expected_signer = signer_of(form)},
        expected_digest_(verify(form.bundle).digest) {}

  // "verified", or the reason why not.
  std::string outcome(std::string_view bundle) {
    const VerifyReport report = verify(bundle);
    if (!report.problem) {
      return report.digest == expected_digest_ ? "verified" : "verified-with-another-digest";
    }
    EXPECT_EQ(report.verdict(), Verdict::kRejected) << report.problem->message;
    return std::string(name_of(report.problem->code));
  }

  // The same for changed bytes: which fault a certificate then has is for OpenSSL's version to say.
  std::string outcome_of_bytes(std::string_view bundle) {
    std::string found = outcome(bundle);
    return found.starts_with("certificate_") ? "certificate_refused" : found;
  }

  std::string outcome_of(const JsonValue& bundle) { return outcome(base::write_json(bundle)); }

 private:
  VerifyReport verify(std::string_view bundle) {
    // A new file: some file systems write at once what replaces the contents of an old one.
    std::filesystem::remove(request_.signature);
    directory_.write("model.sig", bundle);
    TestContext context;
    return verify_model(request_, context.get());
  }

  hallmark::testing::TemporaryDirectory directory_;
  VerifyRequest request_;
  std::optional<hash::Digest> expected_digest_;
};

// All mutants of one form.
class FormRun {
 public:
  explicit FormRun(const MutationForm& form)
      : form_(form), judge_(form), bundle_(base::parse_json(form.bundle).value()) {}

  MutationRecord run(std::span<const MutationForm> donors) {
    EXPECT_EQ(judge_.outcome(form_.bundle), "verified");
    mutate_bundle();
    mutate_text();
    mutate_statement();
    mutate_payload();
    mutate_signature();
    mutate_certificates();
    for (const MutationForm& donor : donors) splice(donor);
    return std::move(record_);
  }

 private:
  void mutate_bundle() {
    for (const JsonMutant& mutant : mutants_of(bundle_)) {
      record_.add("bundle", mutant.place, mutant.how, judge_.outcome_of(mutant.document));
    }
  }

  void mutate_text() {
    const auto positions = hallmark::testing::positions_in_json(form_.bundle);
    for (const ByteMutant& mutant : mutants_of(form_.bundle, positions)) {
      add_text("text", mutant, judge_.outcome_of_bytes(mutant.bytes), bundle_);
    }
  }

  // What is verified is told with the value that is another in it.
  void add_text(const std::string& level, const ByteMutant& mutant, const std::string& outcome,
                const JsonValue& original) {
    std::string place(mutant.how);
    if (outcome.starts_with("verified")) {
      const JsonValue changed = base::parse_json(mutant.bytes).value();
      place += "@" + hallmark::testing::first_difference(original, changed).value_or("nothing");
    }
    record_.add_at(level, place, mutant.position, outcome);
  }

  void mutate_statement() {
    if (form_.message == SignedMessage::kElsewhere) return;
    crypto::PrivateKeySigner signer = hallmark::testing::signer(form_.key);
    const Bytes good = payload();
    const JsonValue statement = base::parse_json(text_of(good)).value();
    if (!form_.repeats_statement) mutate_values(statement, signer);
    const auto positions = hallmark::testing::spread_positions(good.size(), kStatementPositions);
    for (const ByteMutant& mutant : mutants_of(text_of(good), positions)) {
      add_text("statement-text", mutant, signed_anew(mutant.bytes, signer), statement);
    }
  }

  void mutate_values(const JsonValue& statement, crypto::Signer& signer) {
    for (const JsonMutant& mutant : mutants_of(statement)) {
      record_.add("statement", mutant.place, mutant.how,
                  signed_anew(base::write_json(mutant.document), signer));
      if (mutant.place.starts_with("/subject")) continue;  // mended, it would be the old one
      if (const auto mended = hallmark::testing::with_root_digest(mutant.document)) {
        record_.add("statement", mutant.place, mutant.how + "+root",
                    signed_anew(base::write_json(*mended), signer));
      }
    }
  }

  std::string signed_anew(std::string_view statement, crypto::Signer& signer) {
    JsonValue bundle = with_payload(bytes_of(statement));
    const Bytes signature = signer.sign(message_for(form_, bytes_of(statement))).value();
    *value_at(bundle, kSignature) = base::encode_base64(signature);
    return judge_.outcome_of(bundle);
  }

  void mutate_payload() {
    const Bytes good = payload();
    const auto positions = hallmark::testing::spread_positions(good.size(), kPayloadPositions);
    for (const ByteMutant& mutant : mutants_of(text_of(good), positions)) {
      record_.add_at("payload", std::string(mutant.how), mutant.position,
                     judge_.outcome_of(with_payload(bytes_of(mutant.bytes))));
    }
  }

  void mutate_signature() {
    JsonValue& signature = *value_at(bundle_, kSignature);
    mutate_base64("signature", signature, kSignaturePositions);
    if (form_.key != "p256") return;
    const JsonValue original = signature;
    const Bytes good = base::decode_base64(*original.get_if<std::string>()).value();
    signature = base::encode_base64(hallmark::testing::ecdsa_twin(good));
    record_.add("signature", "s", "negated", judge_.outcome_of(bundle_));
    signature = original;
  }

  void mutate_certificates() {
    std::size_t index = 0;
    for (JsonValue* certificate : hallmark::testing::certificates_in(bundle_)) {
      mutate_base64(fmt::format("certificate {}", index++), *certificate, kCertificatePositions);
    }
  }

  // Changes bytes within the bundle, and puts them back.
  void mutate_base64(const std::string& level, JsonValue& value, std::size_t most) {
    const JsonValue original = value;
    const Bytes good = base::decode_base64(*original.get_if<std::string>()).value();
    const auto positions = hallmark::testing::spread_positions(good.size(), most);
    for (const ByteMutant& mutant : mutants_of(text_of(good), positions)) {
      value = base::encode_base64(bytes_of(mutant.bytes));
      record_.add_at(level, std::string(mutant.how), mutant.position,
                     judge_.outcome_of_bytes(base::write_json(bundle_)));
    }
    value = original;
  }

  void splice(const MutationForm& donor) {
    JsonValue other = base::parse_json(donor.bundle).value();
    const bool is_same_payload = decoded_payload(other) == payload();
    const std::string how = donor.name + (is_same_payload ? "=" : "");
    for (const auto& [place, path] : kSpliced) {
      JsonValue spliced = bundle_;
      *value_at(spliced, path) = *value_at(other, path);
      record_.add("splice", std::string(place), how, judge_.outcome_of(spliced));
    }
  }

  static Bytes decoded_payload(JsonValue& bundle) {
    return base::decode_base64(*value_at(bundle, kPayload)->get_if<std::string>()).value();
  }

  [[nodiscard]] Bytes payload() { return decoded_payload(bundle_); }

  [[nodiscard]] JsonValue with_payload(ByteView payload) const {
    JsonValue bundle = bundle_;
    *value_at(bundle, kPayload) = base::encode_base64(payload);
    return bundle;
  }

  const MutationForm& form_;
  Judge judge_;
  JsonValue bundle_;
  MutationRecord record_;
};

std::string test_data(const std::string& name) {
  return base::read_file(HALLMARK_TESTDATA_DIR "/mutation/" + name, 1'000'000).value_or("");
}

std::string line_of_counts(const std::string& name, const MutationRecord& record) {
  std::string line = name + ":";
  std::size_t all = 0;
  for (const auto& [level, count] : record.counts()) {
    line += fmt::format(" {} {},", level, count);
    all += count;
  }
  return fmt::format("{} all {}, verified {}\n", line, all, record.survivor_count());
}

std::vector<MutationForm> next_of(const std::vector<MutationForm>& forms, std::size_t i) {
  std::vector<MutationForm> next;
  for (std::size_t n = 1; n <= kDonors; ++n) next.push_back(forms[(i + n) % forms.size()]);
  return next;
}

// Records in the order of the forms.
std::vector<MutationRecord> run_all(const std::vector<MutationForm>& forms) {
  std::vector<MutationRecord> records(forms.size());
  base::ThreadPool pool;
  pool.for_each(forms.size(), [&](std::size_t i) {
    SCOPED_TRACE(forms[i].name);
    records[i] = FormRun(forms[i]).run(next_of(forms, i));
    return true;
  });
  return records;
}

TEST(MutationTest, VerifiesNoMutantWithoutARuleThatSaysWhy) {
  const std::vector<MutationForm> forms = hallmark::testing::mutation_forms();
  const std::vector<MutationRecord> records = run_all(forms);
  std::string counts;
  std::vector<std::string> survivors;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const std::string& name = forms[i].name;
    hallmark::testing::expect_golden("mutation/expected/" + name + ".txt", records[i].to_text());
    counts += line_of_counts(name, records[i]);
    for (const std::string& survivor : records[i].survivors()) {
      survivors.push_back(fmt::format("{} {}", name, survivor));
    }
  }
  hallmark::testing::expect_golden("mutation/mutants.txt", counts);
  const auto rules = hallmark::testing::parse_survivor_rules(test_data("survivors.txt"));
  EXPECT_THAT(hallmark::testing::compare_with_rules(survivors, rules), ::testing::IsEmpty());
}

}  // namespace
}  // namespace hallmark::model
