#include "hallmark/attest/detached.h"

#include <gtest/gtest.h>

#include "hallmark/attest/verify.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "testing/case_files.h"
#include "testing/result_matchers.h"
#include "testing/signing_keys.h"

namespace hallmark::attest {
namespace {

using hallmark::testing::bundle;
using hallmark::testing::case_files;
using hallmark::testing::certificate;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::kTestTime;
using hallmark::testing::public_key;
using hallmark::testing::test_anchors;

constexpr base::UnixTime kAfterExpiry{2340000000};
constexpr std::string_view kKeyTypes[] = {"p256", "p384", "p521", "rsa", "ed25519"};

// The state in which a bundle of testdata/signed was before it was signed.
SigningState state_with_key(const std::string& type) {
  return prepare_with_key(text_of(bundle("key-" + type).envelope.payload), public_key(type));
}

Result<SigningState> state_with_certificate(const std::string& type,
                                            base::UnixTime now = kTestTime) {
  const Bundle signed_bundle = bundle("certificate-" + type);
  return prepare_with_certificate(text_of(signed_bundle.envelope.payload),
                                  std::get<CertificateMaterial>(signed_bundle.material).chain, now);
}

std::string attached_text(const SigningState& state, ByteView signature) {
  auto attached = attach_signature(state, signature, kTestTime);
  return attached ? encode_bundle(attached->bundle) : std::string(name_of(attached.error().code));
}

// The signatures are those of openssl and PyNaCl.
TEST(DetachedTest, MakesBundlesOfSignaturesThatWereMadeElsewhere) {
  for (const std::string_view name : kKeyTypes) {
    const std::string type(name);
    base::CollectingLog log;
    const Bundle with_key = bundle("key-" + type);
    const auto attached =
        attach_signature(state_with_key(type), with_key.envelope.signature, kTestTime);
    ASSERT_THAT(attached, IsOk()) << type;
    EXPECT_EQ(attached->statement.subject, "model");
    EXPECT_THAT(verify_with_key(attached->bundle, public_key(type), log), IsOk()) << type;

    const Bundle certified = bundle("certificate-" + type);
    const auto with_chain = attach_signature(state_with_certificate(type).value(),
                                             certified.envelope.signature, kTestTime);
    ASSERT_THAT(with_chain, IsOk()) << type;
    EXPECT_THAT(verify_with_certificate(with_chain->bundle, {test_anchors(), {}}, kTestTime, log),
                IsOk())
        << type;
    EXPECT_TRUE(log.warnings().empty());
  }
}

TEST(DetachedTest, TellsTheDigestThatTheSignerUses) {
  const auto digest = [](const std::string& type) {
    return message_digest(state_with_key(type)).algorithm();
  };
  EXPECT_EQ(digest("p256"), hash::Algorithm::kSha256);
  EXPECT_EQ(digest("p384"), hash::Algorithm::kSha384);
  EXPECT_EQ(digest("p521"), hash::Algorithm::kSha512);
  EXPECT_EQ(digest("rsa"), hash::Algorithm::kSha256);
  EXPECT_EQ(digest("ed25519"), hash::Algorithm::kSha512);
  EXPECT_EQ(scheme_of(state_with_key("ed25519")), crypto::SignatureScheme::kEd25519ph);
  EXPECT_EQ(scheme_of(state_with_certificate("ed25519").value()),
            crypto::SignatureScheme::kEd25519);
}

TEST(DetachedTest, RefusesEveryOtherSignature) {
  for (const std::string_view name : kKeyTypes) {
    const std::string type(name);
    const Bytes good = bundle("key-" + type).envelope.signature;
    Bytes changed = good;
    changed.back() ^= 1U;
    Bytes longer = good;
    longer.push_back(0);
    const Bytes cut(good.begin(), good.end() - 1);
    for (const Bytes& wrong : {changed, longer, cut, Bytes{}}) {
      EXPECT_THAT(attach_signature(state_with_key(type), wrong, kTestTime),
                  HasCode(Code::kSignatureInvalid))
          << type << " " << wrong.size();
    }
  }
}

TEST(DetachedTest, RefusesTheSignatureOfAnotherStatement) {
  SigningState state = state_with_key("p256");
  state.payload.back() = ' ';
  EXPECT_THAT(attach_signature(state, bundle("key-p256").envelope.signature, kTestTime),
              HasCode(Code::kSignatureInvalid));
}

TEST(DetachedTest, RefusesToAttachToWhatIsNoStatement) {
  crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
  SigningState state = prepare_with_key("{}", public_key("p256"));
  const Bytes signature = signer.sign(message_of(state)).value();
  EXPECT_THAT(attach_signature(state, signature, kTestTime), HasCode(Code::kMemberMissing));
}

TEST(DetachedTest, RefusesACertificateThatIsNotValidAtEitherStep) {
  EXPECT_THAT(state_with_certificate("p256", kAfterExpiry), HasCode(Code::kCertificateExpired));
  EXPECT_THAT(attach_signature(state_with_certificate("p256").value(),
                               bundle("certificate-p256").envelope.signature, kAfterExpiry),
              HasCode(Code::kCertificateExpired));
}

TEST(DetachedTest, RefusesMoreCertificatesThanABundleMayCarry) {
  const std::vector<crypto::Certificate> chain(kMostCertificates + 1, certificate("p256"));
  EXPECT_THAT(prepare_with_certificate("{}", chain, kTestTime), HasCode(Code::kLimitExceeded));
  const std::vector<crypto::Certificate> most(kMostCertificates, certificate("p256"));
  const auto state = prepare_with_certificate("{}", most, kTestTime);
  ASSERT_THAT(state, IsOk());
  EXPECT_THAT(decode_signing_state(encode_signing_state(*state)), IsOk());
}

// Whoever changes one byte of a state on its way gets either an error or the very bundle that was
// prepared.
TEST(DetachedTest, NoChangedByteMakesAnotherBundle) {
  const SigningState states[] = {state_with_key("p256"), state_with_certificate("p384").value()};
  const Bytes signatures[] = {bundle("key-p256").envelope.signature,
                              bundle("certificate-p384").envelope.signature};
  for (std::size_t which = 0; which < 2; ++which) {
    const std::string prepared = attached_text(states[which], signatures[which]);
    ASSERT_TRUE(prepared.starts_with("{"));
    const std::string text = encode_signing_state(states[which]);
    for (std::size_t at = 0; at < text.size(); at += which == 0 ? 1 : 3) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ 1);
      const auto state = decode_signing_state(changed);
      if (state) {
        EXPECT_EQ(attached_text(*state, signatures[which]), prepared) << at << changed[at];
      }
    }
  }
}

// Nor does a member that comes from another state.
TEST(DetachedTest, NoExchangedMemberMakesAnotherBundle) {
  const std::string text = encode_signing_state(state_with_key("p256"));
  const auto original = *base::parse_json(text)->get_if<base::JsonObject>();
  std::size_t exchanged = 0;
  for (const auto& file : case_files("signing_states/accept")) {
    const base::JsonValue other = base::parse_json(file.contents).value();
    for (std::size_t i = 0; i < original.size(); ++i) {
      base::JsonObject mixed = original;
      const base::JsonValue* replacement = other.find(original[i].first);
      ASSERT_NE(replacement, nullptr);
      if (*replacement == original[i].second) continue;
      mixed[i].second = *replacement;
      exchanged += 1;
      EXPECT_THAT(decode_signing_state(base::write_json(mixed)),
                  HasCode(Code::kSigningStateMismatch))
          << file.name << " " << original[i].first;
    }
  }
  EXPECT_GT(exchanged, 40U);
}

// With all that is written in a state in accord, there is still the signature.
TEST(DetachedTest, AStateThatIsWrittenAnewNeedsAnotherSignature) {
  const Bytes signature = bundle("key-p256").envelope.signature;
  const SigningState original = state_with_key("p256");
  SigningState other_payload = original;
  other_payload.payload = bundle("certificate-rsa").envelope.payload;
  other_payload.payload.push_back(' ');
  const SigningState other_key{public_key("p384"), {}, original.payload};
  const SigningState other_certificate{public_key("p384"), {certificate("p384")}, original.payload};
  for (const SigningState& forged : {other_payload, other_key, other_certificate}) {
    const auto state = decode_signing_state(encode_signing_state(forged));
    ASSERT_THAT(state, IsOk());
    EXPECT_EQ(attached_text(*state, signature), "signature_invalid");
  }
}

}  // namespace
}  // namespace hallmark::attest
