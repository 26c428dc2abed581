// Every algorithm against another implementation of it: one-shot libcrypto, and the program b3sum.

#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>

#include <gtest/gtest.h>
#include <openssl/evp.h>

#include "hallmark/base/hex.h"
#include "hallmark/hash/hasher.h"
#include "testing/lengths.h"
#include "testing/temporary_directory.h"

namespace hallmark::hash {
namespace {

using hallmark::testing::kEdgeLengths;
using hallmark::testing::message_of_length;

struct Oracle {
  Algorithm algorithm;
  const EVP_MD* (*function)();
};

const Oracle kLibcrypto[] = {{Algorithm::kSha256, EVP_sha256},
                             {Algorithm::kSha384, EVP_sha384},
                             {Algorithm::kSha512, EVP_sha512},
                             {Algorithm::kBlake2b, EVP_blake2b512}};

TEST(HasherOracleTest, AgreesWithLibcryptoAtEveryLength) {
  for (const Oracle& oracle : kLibcrypto) {
    Hasher hasher(oracle.algorithm);
    for (const std::size_t length : kEdgeLengths) {
      const Bytes message = message_of_length(length);
      std::array<std::uint8_t, EVP_MAX_MD_SIZE> expected{};
      unsigned size = 0;
      ASSERT_EQ(EVP_Digest(message.data(), message.size(), expected.data(), &size,
                           oracle.function(), nullptr),
                1);
      hasher.update(message);
      EXPECT_EQ(hasher.finish().hex(), base::encode_hex(ByteView(expected).first(size)))
          << to_string(oracle.algorithm) << " of " << length << " bytes";
    }
  }
}

// What a command prints, or nothing when it fails.
std::string output_of(const std::string& command) {
  struct Close {
    void operator()(std::FILE* stream) const { ::pclose(stream); }
  };
  // NOLINTNEXTLINE(cert-env33-c): a fixed command of this test
  const std::unique_ptr<std::FILE, Close> stream(::popen(command.c_str(), "r"));
  std::string output;
  std::array<char, 4096> buffer{};
  for (std::size_t n = 1; stream != nullptr && n > 0;) {
    n = std::fread(buffer.data(), 1, buffer.size(), stream.get());
    output.append(buffer.data(), n);
  }
  return output;
}

TEST(HasherOracleTest, AgreesWithB3sumAtEveryLength) {
  if (output_of("command -v b3sum").empty()) GTEST_SKIP() << "b3sum is not installed";
  hallmark::testing::TemporaryDirectory directory;
  std::string command = "cd '" + directory.path() + "' && b3sum --no-names";
  std::string expected;
  for (const std::size_t length : kEdgeLengths) {
    const std::string name = "f" + std::to_string(length);
    const Bytes message = message_of_length(length);
    directory.write(name, text_of(message));
    command += " " + name;
    expected += hash_bytes(Algorithm::kBlake3, message).hex() + "\n";
  }
  EXPECT_EQ(output_of(command), expected);
}

}  // namespace
}  // namespace hallmark::hash
