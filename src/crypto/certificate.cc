#include "hallmark/crypto/certificate.h"

#include <algorithm>
#include <ctime>
#include <optional>
#include <utility>

#include <fmt/core.h>

#include "crypto/certificate.h"
#include "crypto/openssl_state.h"
#include "hallmark/base/hex.h"
#include "hallmark/base/pem.h"
#include "hallmark/base/utf8.h"

namespace hallmark::crypto {
namespace {

constexpr std::string_view kLabel = "CERTIFICATE";

std::optional<base::UnixTime> read_time(const ASN1_TIME* time) {
  std::tm calendar{};
  if (time == nullptr || ASN1_TIME_to_tm(time, &calendar) != 1) return std::nullopt;
  return base::UnixTime{timegm(&calendar)};
}

std::optional<NameType> type_of_name(const GENERAL_NAME& name) {
  switch (name.type) {
    case GEN_EMAIL:
      return NameType::kEmail;
    case GEN_DNS:
      return NameType::kDns;
    case GEN_URI:
      return NameType::kUri;
    default:
      return std::nullopt;
  }
}

std::string_view text_of_name(const GENERAL_NAME& name) {
  // The three types share one member of the union, an IA5String.
  const ASN1_IA5STRING* value = name.d.ia5;
  return text_of(
      {ASN1_STRING_get0_data(value), static_cast<std::size_t>(ASN1_STRING_length(value))});
}

bool is_printable_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

tl::unexpected<Error> malformed(std::string message) {
  return fail(Code::kCertificateMalformed, std::move(message));
}

// OpenSSL keeps the bytes of the signed part as they were read. Only a copy that is told to encode
// them anew shows whether they were DER.
Bytes encode_anew(X509* x509) {
  const X509Handle copy(X509_dup(x509));
  if (!copy || i2d_re_X509_tbs(copy.get(), nullptr) <= 0) return {};
  return encode_der(i2d_X509, copy.get());
}

}  // namespace

// RFC 2253, but letters beyond ASCII as UTF-8 and not as \C3\A4.
std::string name_text(const X509_NAME* name) {
  const BioHandle out(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(out.get(), name, 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  std::string text(BIO_ctrl_pending(out.get()), '\0');
  std::size_t size = 0;
  BIO_read_ex(out.get(), text.data(), text.size(), &size);
  return text;
}

Result<Certificate> certificate_from(X509Handle x509) {
  const long version = X509_get_version(x509.get());
  if (version != X509_VERSION_1 && version != X509_VERSION_3) {
    return malformed(fmt::format("expected X.509 version 1 or 3, found {}", version + 1));
  }
  const auto not_before = read_time(X509_get0_notBefore(x509.get()));
  const auto not_after = read_time(X509_get0_notAfter(x509.get()));
  if (!not_before || !not_after) return malformed("the validity holds no times (RFC 5280 4.1.2.5)");
  Bytes der = encode_der(i2d_X509, x509.get());
  return Certificate(std::make_shared<const Certificate::Native>(
      Certificate::Native{std::move(x509), std::move(der), *not_before, *not_after}));
}

Result<Certificate> Certificate::decode(ByteView der) {
  const OpensslScope scope;
  auto x509 = decode_der<X509Handle>(d2i_X509, der);
  if (!x509) return malformed("expected a DER X.509 certificate and nothing after it");
  HALLMARK_ASSIGN_OR_RETURN(Certificate certificate, certificate_from(std::move(x509)));
  const Bytes canonical = encode_anew(certificate.native().x509.get());
  if (!std::equal(der.begin(), der.end(), canonical.begin(), canonical.end())) {
    return malformed("the certificate is BER, expected DER");
  }
  return certificate;
}

Result<std::vector<Certificate>> Certificate::parse_pem(std::string_view pem) {
  auto blocks = base::parse_pem(pem);
  if (!blocks) return malformed(std::move(blocks.error().message));
  std::vector<Certificate> certificates;
  for (const base::PemBlock& block : *blocks) {
    const std::string where = fmt::format("PEM block {}", certificates.size() + 1);
    if (block.label != kLabel) {
      return malformed(fmt::format("{}: expected '{}', found '{}'", where, kLabel,
                                   base::escape_for_display(block.label)));
    }
    auto certificate = decode(block.contents);
    if (!certificate) return fail(std::move(certificate.error()).within(where));
    certificates.push_back(*std::move(certificate));
  }
  return certificates;
}

const Bytes& Certificate::der() const { return native_->der; }

std::string Certificate::subject() const {
  return name_text(X509_get_subject_name(native_->x509.get()));
}

std::string Certificate::issuer() const {
  return name_text(X509_get_issuer_name(native_->x509.get()));
}

std::string Certificate::serial_number() const {
  const ASN1_INTEGER* serial = X509_get0_serialNumber(native_->x509.get());
  return base::encode_hex(
      {ASN1_STRING_get0_data(serial), static_cast<std::size_t>(ASN1_STRING_length(serial))});
}

base::UnixTime Certificate::not_before() const { return native_->not_before; }

base::UnixTime Certificate::not_after() const { return native_->not_after; }

std::string_view to_string(NameType type) {
  switch (type) {
    case NameType::kEmail:
      return "email";
    case NameType::kDns:
      return "dns";
    case NameType::kUri:
      break;
  }
  return "uri";
}

std::vector<AlternativeName> Certificate::alternative_names() const {
  const OpensslScope scope;
  const GeneralNamesHandle names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(native_->x509.get(), NID_subject_alt_name, nullptr, nullptr)));
  std::vector<AlternativeName> alternative;
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME& name = *sk_GENERAL_NAME_value(names.get(), i);
    const std::optional<NameType> type = type_of_name(name);
    if (!type || !is_printable_ascii(text_of_name(name))) continue;
    alternative.push_back({*type, std::string(text_of_name(name))});
  }
  return alternative;
}

Result<PublicKey> Certificate::public_key() const {
  const OpensslScope scope;
  return PublicKey::decode_spki(
      encode_der(i2d_X509_PUBKEY, X509_get_X509_PUBKEY(native_->x509.get())));
}

}  // namespace hallmark::crypto
