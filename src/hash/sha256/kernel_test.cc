#include "hash/sha256/kernel.h"

#include <algorithm>
#include <numeric>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "hallmark/base/bytes.h"
#include "hallmark/base/hex.h"
#include "hallmark/hash/hasher.h"
#include "hash/sha256/libcrypto.h"
#include "hash/sha256/padding.h"

namespace hallmark::hash::sha256 {
namespace {

Bytes random_bytes(std::size_t size, std::uint32_t seed) {
  std::mt19937 random(seed);
  Bytes bytes(size);
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
  return bytes;
}

// A message with its padding, at the very end of its memory, so that AddressSanitizer sees a read
// too far, and at any distance from an aligned address.
class PaddedMessage {
 public:
  explicit PaddedMessage(ByteView message, std::size_t offset = 0) : offset_(offset) {
    const std::size_t whole = message.size() / kBlockSize * kBlockSize;
    bytes_.resize(offset);
    bytes_.insert(bytes_.end(), message.begin(), message.end());
    bytes_.resize(offset + whole + kLongestEnd);
    const auto end = std::span(bytes_).subspan(offset + whole);
    bytes_.resize(offset + whole + write_padding(end, message.size()) * kBlockSize);
    bytes_.shrink_to_fit();
  }

  [[nodiscard]] const std::uint8_t* data() const { return bytes_.data() + offset_; }
  [[nodiscard]] std::size_t blocks() const { return (bytes_.size() - offset_) / kBlockSize; }

 private:
  Bytes bytes_;
  std::size_t offset_;
};

std::vector<Lane*> pointers_to(std::vector<Lane>& lanes) {
  std::vector<Lane*> pointers(lanes.size());
  std::iota(pointers.begin(), pointers.end(), lanes.data());
  return pointers;
}

std::string hex_of(const State& state) { return base::encode_hex(digest_bytes(state)); }

// Hashes at most as many messages as the kernel has lanes. Lanes that are done, and those without a
// message, read dummy blocks. `most` bounds the blocks of one call.
std::vector<std::string> hash_group(const Kernel& kernel, std::span<const PaddedMessage> messages,
                                    std::size_t most) {
  const Bytes dummy(most * kBlockSize, 0xEE);
  std::vector<Lane> lanes(kernel.width, Lane{initial_state(), dummy.data()});
  std::vector<Lane> spare = lanes;
  std::vector<std::size_t> left(kernel.width, 0);
  for (std::size_t i = 0; i < messages.size(); ++i) {
    lanes[i].data = messages[i].data();
    left[i] = messages[i].blocks();
  }
  while (std::any_of(left.begin(), left.end(), [](std::size_t n) { return n != 0; })) {
    std::size_t blocks = most;
    for (const std::size_t n : left) blocks = n == 0 ? blocks : std::min(blocks, n);
    std::vector<Lane*> pointers;
    pointers.reserve(kernel.width);
    for (std::size_t i = 0; i < kernel.width; ++i) {
      spare[i].data = dummy.data();
      pointers.push_back(left[i] == 0 ? &spare[i] : &lanes[i]);
      left[i] -= left[i] == 0 ? 0 : blocks;
    }
    kernel.compress(pointers.data(), blocks);
  }
  std::vector<std::string> digests;
  digests.reserve(messages.size());
  for (std::size_t i = 0; i < messages.size(); ++i) digests.push_back(hex_of(lanes[i].state));
  return digests;
}

// Compresses one message a lane by calls of so many blocks.
std::vector<State> states_after(const Kernel& kernel, std::span<const Bytes> messages,
                                const std::vector<std::size_t>& calls) {
  std::vector<Lane> lanes;
  lanes.reserve(messages.size());
  for (const Bytes& message : messages) lanes.push_back({initial_state(), message.data()});
  const std::vector<Lane*> pointers = pointers_to(lanes);
  for (const std::size_t blocks : calls) kernel.compress(pointers.data(), blocks);
  std::vector<State> states;
  states.reserve(lanes.size());
  for (const Lane& lane : lanes) states.push_back(lane.state);
  return states;
}

class KernelTest : public ::testing::TestWithParam<Kernel> {
 protected:
  static void expect_right_digests(const std::vector<Bytes>& messages, std::size_t most,
                                   std::size_t first_offset = 0) {
    const Kernel& kernel = GetParam();
    std::vector<PaddedMessage> padded;
    padded.reserve(messages.size());
    for (const Bytes& message : messages) {
      padded.emplace_back(message, (first_offset + padded.size() * 7) % kBlockSize);
    }
    for (std::size_t i = 0; i < padded.size(); i += kernel.width) {
      const auto group = std::span(padded).subspan(i, std::min(kernel.width, padded.size() - i));
      const std::vector<std::string> digests = hash_group(kernel, group, most);
      for (std::size_t j = 0; j < group.size(); ++j) {
        ASSERT_EQ(digests[j], hash_bytes(Algorithm::kSha256, messages[i + j]).hex())
            << messages[i + j].size() << " bytes in lane " << j << ", at most " << most;
      }
    }
  }

  static std::vector<Bytes> messages_of(const std::vector<std::size_t>& sizes) {
    std::vector<Bytes> messages;
    messages.reserve(sizes.size());
    for (const std::size_t size : sizes) {
      messages.push_back(random_bytes(size, static_cast<std::uint32_t>(messages.size() + 1)));
    }
    return messages;
  }
};

// FIPS 180-4 examples, as published with the standard.
TEST_P(KernelTest, GivesThePublishedDigests) {
  const std::pair<std::string, std::string> cases[] = {
      {"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
      {"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
       "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
      {"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrl"
       "mnopqrsmnopqrstnopqrstu",
       "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
      {std::string(1'000'000, 'a'),
       "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
  };
  for (const auto& [message, digest] : cases) {
    const std::vector<PaddedMessage> padded(GetParam().width, PaddedMessage(bytes_of(message)));
    const std::vector<std::string> expected(GetParam().width, digest);
    EXPECT_EQ(hash_group(GetParam(), padded, 10'000), expected) << message.substr(0, 100);
  }
}

TEST_P(KernelTest, AgreesWithLibcryptoOnEveryLengthAroundBlocks) {
  std::vector<std::size_t> sizes(261);
  std::iota(sizes.begin(), sizes.end(), std::size_t{0});
  for (std::size_t size = 64; size <= 16384; size *= 2) {
    for (const std::size_t more : {0U, 1U, 55U, 56U, 63U}) {
      sizes.push_back(size + more);
      sizes.push_back(size - 1 - more);
    }
  }
  expect_right_digests(messages_of(sizes), 1000);
}

TEST_P(KernelTest, AgreesWithLibcryptoInLanesOfDifferentLengths) {
  std::mt19937 random(1);
  std::vector<std::size_t> sizes(67);
  for (std::size_t& size : sizes) size = random() % 3000;
  expect_right_digests(messages_of(sizes), 1000);
}

TEST_P(KernelTest, DoesNotCareHowAMessageIsSplit) {
  const std::vector<std::size_t> sizes(GetParam().width, 2627);
  for (std::size_t most = 1; most <= 43; ++most) expect_right_digests(messages_of(sizes), most);
}

TEST_P(KernelTest, DoesNotCareHowMessagesAreSplitAtRandom) {
  constexpr std::size_t kBlocks = 64;
  const std::vector<Bytes> messages =
      messages_of(std::vector<std::size_t>(GetParam().width, kBlocks * kBlockSize));
  const Kernel single{"libcrypto", 1, compress_libcrypto};
  std::mt19937 random(2);
  for (int round = 0; round < 100; ++round) {
    std::vector<std::size_t> calls;
    for (std::size_t left = kBlocks; left > 0; left -= calls.back()) {
      calls.push_back(std::min<std::size_t>(left, random() % 12));
    }
    const std::vector<State> states = states_after(GetParam(), messages, calls);
    for (std::size_t i = 0; i < messages.size(); ++i) {
      const auto expected = states_after(single, std::span(messages).subspan(i, 1), {kBlocks});
      ASSERT_EQ(states[i], expected.front()) << "lane " << i << ", round " << round;
    }
  }
}

TEST_P(KernelTest, ReadsAtAnyAlignment) {
  const std::vector<std::size_t> sizes(GetParam().width, kBlockSize * 17);
  for (std::size_t offset = 0; offset < kBlockSize; ++offset) {
    expect_right_digests(messages_of(sizes), 1000, offset);
  }
}

TEST_P(KernelTest, KeepsLanesApart) {
  const std::size_t width = GetParam().width;
  const std::vector<std::size_t> sizes(width, kBlockSize * 9);
  std::vector<Bytes> messages = messages_of(sizes);
  for (std::size_t i = 0; i < width; ++i) {
    messages[i][100 + i] ^= 1;
    expect_right_digests(messages, 1000);
  }
}

TEST_P(KernelTest, LeavesEverythingInPlaceForNoBlocks) {
  const Bytes data(1);
  const State some{{1, 2, 3, 4, 5, 6, 7, 8}};
  std::vector<Lane> lanes(GetParam().width, Lane{some, data.data()});
  const std::vector<Lane*> pointers = pointers_to(lanes);
  GetParam().compress(pointers.data(), 0);
  for (const Lane& lane : lanes) {
    EXPECT_EQ(lane.state, some);
    EXPECT_EQ(lane.data, data.data());
  }
}

TEST_P(KernelTest, MovesDataOn) {
  const Bytes data(kBlockSize * 23);
  std::vector<Lane> lanes(GetParam().width, Lane{initial_state(), data.data()});
  const std::vector<Lane*> pointers = pointers_to(lanes);
  GetParam().compress(pointers.data(), 3);
  GetParam().compress(pointers.data(), 20);
  for (const Lane& lane : lanes) EXPECT_EQ(lane.data, data.data() + data.size());
}

INSTANTIATE_TEST_SUITE_P(EveryKernel, KernelTest,
                         ::testing::ValuesIn(kernels_of_this_machine().begin(),
                                             kernels_of_this_machine().end()),
                         [](const auto& test) { return std::string(test.param.name); });

std::set<std::string_view> names_for(const base::CpuFeatures& cpu) {
  std::set<std::string_view> names;
  for (const Kernel& kernel : kernels_for(cpu)) names.insert(kernel.name);
  return names;
}

TEST(KernelsTest, NeedNothingOfTheProcessor) {
  EXPECT_EQ(names_for({}), (std::set<std::string_view>{"libcrypto", "portable"}));
}

// Names are written out here, so that a kernel that is built no more does not go unnoticed; those
// that the processor has are the parameters of KernelTest.
TEST(KernelsTest, AreAllThatTheProcessorCanRun) {
  const base::CpuFeatures& cpu = base::this_cpu();
  std::set<std::string_view> expected{"libcrypto", "portable"};
  if (cpu.sha_ni) expected.insert({"shani1", "shani2", "shani3", "shani4"});
  if (cpu.sha_ni && cpu.avx512) expected.insert({"shani4ymm", "shani4zmm"});
  if (cpu.avx2) expected.insert("avx2x8");
  if (cpu.avx512) expected.insert("avx512x16");
  if (cpu.arm_sha2) expected.insert({"armv8x1", "armv8x2", "armv8x4"});
  EXPECT_EQ(names_for(cpu), expected);
  EXPECT_EQ(kernels_of_this_machine().size(), expected.size());
}

TEST(KernelsTest, AreNoWiderThanTheWidest) {
  for (const Kernel& kernel : kernels_of_this_machine()) {
    EXPECT_GE(kernel.width, 1U) << kernel.name;
    EXPECT_LE(kernel.width, kWidest) << kernel.name;
  }
}

}  // namespace
}  // namespace hallmark::hash::sha256
