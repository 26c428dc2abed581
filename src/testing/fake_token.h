#pragma once

#include <algorithm>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "hallmark/crypto/token_signer.h"
#include "testing/crypto_data.h"
#include "testing/temporary_directory.h"

namespace hallmark::crypto::pkcs11 {

/// Gives one PIN, and remembers what it was asked.
class FixedPin final : public PinSource {
 public:
  explicit FixedPin(std::string pin = "1234") : pin_(std::move(pin)) {}

  Result<base::Secret> pin(const PinRequest& request) override {
    requests.push_back(request);
    return base::Secret(std::string(pin_));
  }

  std::vector<PinRequest> requests;

 private:
  std::string pin_;
};

/// Tests with the module of tests/pkcs11/fake_module.cc, which says how tokens are described.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): GoogleTest destroys it by its base
class FakeTokenTest : public ::testing::Test {
 protected:
  FakeTokenTest() { ::setenv("HALLMARK_FAKE_TOKEN", directory_.path("tokens").c_str(), 1); }
  ~FakeTokenTest() override {
    ::unsetenv("HALLMARK_FAKE_TOKEN");
    ::unsetenv("HALLMARK_FAKE_MODULE");
  }

  /// The path of a key in testdata/crypto/keys.
  static std::string key(const std::string& name) {
    return HALLMARK_TESTDATA_DIR "/crypto/keys/" + name + ".pem";
  }

  void describe_tokens(const std::string& lines) { directory_.write("tokens", lines); }

  /// One token with one pair of keys of a curve: "p256".
  void describe_pair(const std::string& curve, const std::string& private_options = "",
                     const std::string& public_options = "") {
    const std::string file = key(curve + "_pkcs8");
    describe_tokens("token label=T serial=1\nprivate label=signer id=01 key=" + file + " " +
                    private_options + "\npublic label=signer id=01 key=" + file + " " +
                    public_options + "\n");
  }

  /// `attributes` are those of the path: "token=T;object=signer".
  Result<std::unique_ptr<Signer>> open(const std::string& attributes = "",
                                       const std::string& query = "") {
    const auto uri =
        Pkcs11Uri::parse("pkcs11:" + attributes + "?module-path=" HALLMARK_FAKE_TOKEN + query);
    if (!uri) return fail(uri.error());
    return open_token_signer(*uri, pins_);
  }

  /// What the module was asked to do: its lines, without those that only look.
  std::vector<std::string> calls() const {
    std::istringstream log(directory_.exists("tokens.log") ? directory_.read("tokens.log") : "");
    std::vector<std::string> lines;
    for (std::string line; std::getline(log, line);) {
      const bool looks = line.starts_with("C_Get") || line.starts_with("C_Find");
      if (!looks) lines.push_back(line);
    }
    return lines;
  }

  std::size_t calls_of(const std::string& line) const {
    const auto all = calls();
    return static_cast<std::size_t>(std::count(all.begin(), all.end(), line));
  }

  hallmark::testing::TemporaryDirectory directory_;
  FixedPin pins_;
};

}  // namespace hallmark::crypto::pkcs11
