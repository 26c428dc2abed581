#pragma once

#include <string>

#include <gtest/gtest.h>

#include "hallmark/base/file.h"
#include "hallmark/base/secret.h"
#include "hallmark/crypto/certificate.h"
#include "hallmark/crypto/key.h"

namespace hallmark::crypto {

/// A file of testdata/crypto.
inline std::string test_data(const std::string& name) {
  auto text = base::read_file(HALLMARK_TESTDATA_DIR "/crypto/" + name, 1'000'000);
  if (!text) ADD_FAILURE() << text.error().message;
  return text.value_or("");
}

inline PublicKey test_key(const std::string& name) {
  return PublicKey::parse_pem(test_data("keys/" + name + ".pem")).value();
}

inline Certificate test_certificate(const std::string& name) {
  return Certificate::parse_pem(test_data("chain/" + name + ".pem")).value().front();
}

inline RevocationList test_list(const std::string& name) {
  return RevocationList::parse(bytes_of(test_data("chain/" + name + ".crl.pem"))).value();
}

/// The moment at which the tests look: 2030-01-01T00:00:00Z. The certificates are valid from 2024
/// to 2044.
inline constexpr base::UnixTime kNow{1893456000};

}  // namespace hallmark::crypto

/// Expects that a Result holds an error with the given code.
#define EXPECT_FAILS_WITH(expression, expected)                \
  do {                                                         \
    const auto failed = (expression);                          \
    ASSERT_FALSE(failed.has_value());                          \
    EXPECT_EQ(::hallmark::name_of(failed.error().code),        \
              ::hallmark::name_of(::hallmark::Code::expected)) \
        << failed.error().message;                             \
  } while (false)
