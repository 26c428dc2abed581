#include "hallmark/crypto/chain.h"

#include <algorithm>
#include <utility>

#include <fmt/core.h>

#include "crypto/certificate.h"
#include "crypto/chain_error.h"
#include "crypto/openssl_state.h"
#include "crypto/revocation_list.h"
#include "crypto/system_roots.h"
#include "hallmark/base/utf8.h"

namespace hallmark::crypto {
namespace {

constexpr int kMaxIntermediates = 8;
constexpr int kAuthLevel = 2;  // 112 bits: RSA from 2048 bits, no SHA-1.

bool has_list_of(const X509_NAME* issuer, const std::vector<RevocationList>& lists) {
  return std::any_of(lists.begin(), lists.end(), [issuer](const RevocationList& list) {
    return X509_NAME_cmp(X509_CRL_get_issuer(list.native().crl.get()), issuer) == 0;
  });
}

// Two refusals of OpenSSL that are none here.
bool is_acceptable(X509_STORE_CTX& context) {
  const int depth = X509_STORE_CTX_get_error_depth(&context);
  switch (X509_STORE_CTX_get_error(&context)) {
    case X509_V_ERR_UNABLE_TO_GET_CRL: {
      // Lists are demanded for the leaf; above it an issuer that gave none is not looked up.
      const auto& lists =
          *static_cast<const std::vector<RevocationList>*>(X509_STORE_CTX_get_ex_data(&context, 0));
      const X509* certificate = X509_STORE_CTX_get_current_cert(&context);
      return depth > 0 && !has_list_of(X509_get_issuer_name(certificate), lists);
    }
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
      // A self-signed leaf that is trusted by itself issues nothing, whatever it says.
      return depth == 0 && sk_X509_num(X509_STORE_CTX_get0_chain(&context)) == 1;
    default:
      return false;
  }
}

int on_verdict(int accepted, X509_STORE_CTX* context) {
  if (accepted == 1) return 1;
  if (!is_acceptable(*context)) return 0;
  X509_STORE_CTX_set_error(context, X509_V_OK);
  return 1;
}

// Everything that one run of OpenSSL's path validation needs and must outlive.
struct Validation {
  StoreHandle store{X509_STORE_new()};
  X509StackHandle untrusted{sk_X509_new_null()};
  StoreContextHandle context{X509_STORE_CTX_new()};

  [[nodiscard]] bool ready() const { return store && untrusted && context; }
};

bool add_untrusted(Validation& validation, const Certificate& certificate) {
  X509* x509 = certificate.native().x509.get();
  return X509_add_cert(validation.untrusted.get(), x509, X509_ADD_FLAG_UP_REF) == 1;
}

// Only a self-signed certificate ends a chain; whether its signature is right is checked with the
// chain.
bool add_anchor(Validation& validation, const Certificate& certificate) {
  X509* x509 = certificate.native().x509.get();
  if (X509_self_signed(x509, /*verify_signature=*/0) != 1) {
    return add_untrusted(validation, certificate);
  }
  return X509_STORE_add_cert(validation.store.get(), x509) == 1;
}

Result<void> fill(Validation& validation, std::span<const Certificate> intermediates,
                  const TrustAnchors& anchors) {
  bool added = validation.ready();
  for (const Certificate& anchor : anchors.certificates) {
    added = added && add_anchor(validation, anchor);
  }
  for (const Certificate& intermediate : intermediates) {
    added = added && add_untrusted(validation, intermediate);
  }
  for (const RevocationList& list : anchors.revocation_lists) {
    added = added && X509_STORE_add_crl(validation.store.get(), list.native().crl.get()) == 1;
  }
  if (!added) return fail(Code::kInternal, describe_openssl_error());
  if (anchors.trust_system_roots) return add_system_roots(*validation.store);
  return {};
}

Result<void> configure(Validation& validation, const Certificate& leaf, const TrustAnchors& anchors,
                       base::UnixTime at) {
  X509_STORE_CTX* context = validation.context.get();
  if (X509_STORE_CTX_init(context, validation.store.get(), leaf.native().x509.get(),
                          validation.untrusted.get()) != 1) {
    return fail(Code::kInternal, describe_openssl_error());
  }
  // Without X509_V_FLAG_POLICY_CHECK an authority's policyConstraints would count for nothing, even
  // critical ones. Every policy will do (RFC 5280 section 6.1.1 (c)).
  unsigned long flags = X509_V_FLAG_CHECK_SS_SIGNATURE | X509_V_FLAG_POLICY_CHECK;
  if (!anchors.revocation_lists.empty()) flags |= X509_V_FLAG_CRL_CHECK | X509_V_FLAG_CRL_CHECK_ALL;
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_flags(parameters, flags);
  if (X509_VERIFY_PARAM_add0_policy(parameters, OBJ_nid2obj(NID_any_policy)) != 1) {
    return fail(Code::kInternal, describe_openssl_error());
  }
  X509_VERIFY_PARAM_set_time(parameters, at.seconds);
  X509_VERIFY_PARAM_set_depth(parameters, kMaxIntermediates);
  X509_VERIFY_PARAM_set_auth_level(parameters, kAuthLevel);
  // NOLINTNEXTLINE(cppcoreguidelines-pro-type-const-cast): what OpenSSL keeps cannot be const
  auto* lists = const_cast<std::vector<RevocationList>*>(&anchors.revocation_lists);
  X509_STORE_CTX_set_ex_data(context, 0, lists);
  X509_STORE_CTX_set_verify_cb(context, on_verdict);
  return {};
}

Result<std::vector<Certificate>> collect_chain(X509_STORE_CTX& context) {
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(&context);
  std::vector<Certificate> certificates;
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    X509* x509 = sk_X509_value(chain, i);
    X509_up_ref(x509);
    HALLMARK_ASSIGN_OR_RETURN(Certificate certificate, certificate_from(X509Handle(x509)));
    certificates.push_back(std::move(certificate));
  }
  return certificates;
}

std::string listed(const std::vector<AlternativeName>& names) {
  std::string text;
  for (const AlternativeName& name : names) {
    text += fmt::format("{}{} '{}'", text.empty() ? "" : ", ", to_string(name.type),
                        base::escape_for_display(name.value));
  }
  return text.empty() ? "none" : text;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_scheme(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return is_letter(c) || (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
         });
}

}  // namespace

Result<VerifiedChain> verify_chain(const Certificate& leaf,
                                   std::span<const Certificate> intermediates,
                                   const TrustAnchors& anchors, base::UnixTime at) {
  const OpensslScope scope;
  for (const RevocationList& list : anchors.revocation_lists) HALLMARK_TRY(check_list(list, at));
  Validation validation;
  HALLMARK_TRY(fill(validation, intermediates, anchors));
  HALLMARK_TRY(configure(validation, leaf, anchors, at));
  if (X509_verify_cert(validation.context.get()) != 1) {
    return fail(describe_refusal(*validation.context, leaf, at));
  }
  HALLMARK_TRY(check_signing_certificate(leaf, at));
  HALLMARK_ASSIGN_OR_RETURN(std::vector<Certificate> chain, collect_chain(*validation.context));
  HALLMARK_TRY(check_authorities_usage(chain));
  return VerifiedChain(std::move(chain), at);
}

NameType identity_type(std::string_view identity) {
  const std::size_t colon = identity.find(':');
  const bool has_scheme = colon != std::string_view::npos && is_scheme(identity.substr(0, colon));
  if (has_scheme || identity.find("://") != std::string_view::npos) return NameType::kUri;
  return identity.find('@') != std::string_view::npos ? NameType::kEmail : NameType::kDns;
}

Result<void> check_identity(const VerifiedChain& chain, std::string_view identity) {
  const std::vector<AlternativeName> names = chain.leaf().alternative_names();
  const AlternativeName expected{identity_type(identity), std::string(identity)};
  const bool found = std::find(names.begin(), names.end(), expected) != names.end();
  if (found && !identity.empty()) return {};
  return fail(
      Code::kCertificateIdentityMismatch,
      fmt::format("certificate '{}': expected the identity {} '{}', found {}",
                  base::escape_for_display(chain.leaf().subject()), to_string(expected.type),
                  base::escape_for_display(identity), listed(names)));
}

}  // namespace hallmark::crypto
