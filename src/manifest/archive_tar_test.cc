#include "manifest/archive_tar.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/archives.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using testing::ArchiveInMemory;
using ::testing::ElementsAre;
using testing::HasCode;
using ::testing::IsEmpty;
using testing::pax_record;
using testing::tar_end;
using testing::tar_header;
using testing::tar_header_with;
using testing::tar_member;
using testing::tar_member_after;

Result<ArchiveContents> read(const std::string& archive) {
  ArchiveInMemory source(archive);
  const base::Cancellation cancellation;
  return digest_archive(source, ArchiveForm::kTar, {}, {}, cancellation);
}

std::vector<std::string> files_in(const std::string& archive) {
  return testing::with_contents(read(archive));
}

std::string pax(const std::string& records, char type = 'x') {
  return tar_member("PaxHeaders/name", records, type);
}

std::string gnu_header(std::string_view name, std::uint64_t size, char type = '0') {
  return tar_header_with(tar_header(name, size, type), 257, std::string_view("ustar  \0", 8));
}

const std::string kMember = tar_member("a", "x");

TEST(TarTest, ReadsFilesAndDirectories) {
  EXPECT_THAT(files_in(tar_member("m/", "", '5') + tar_member("m/a", "weights") +
                       tar_member("m/empty", "") + tar_end()),
              ElementsAre("m/a=weights", "m/empty="));
  EXPECT_THAT(files_in(tar_end()), IsEmpty());
  EXPECT_THAT(files_in(tar_member("./", "", '5') + tar_member("./a", "x") + tar_end()),
              ElementsAre("a=x"));
}

TEST(TarTest, ReadsArchivesThatAreFilledUpWithZeros) {
  EXPECT_THAT(files_in(kMember + tar_end() + std::string(10240, '\0')), ElementsAre("a=x"));
  EXPECT_THAT(files_in(kMember + tar_end() + std::string(1, '\0')), ElementsAre("a=x"));
}

TEST(TarTest, ReadsTheTypesOfRegularFiles) {
  EXPECT_THAT(files_in(tar_member("a", "x", '\0') + tar_member("b", "x") + tar_end()),
              ElementsAre("a=x", "b=x"));
}

TEST(TarTest, ReadsLongNames) {
  const std::string long_name = std::string(120, 'd') + "/" + std::string(120, 'f');
  const std::string with_prefix =
      tar_header_with(tar_header("file", 1), 345, std::string(155, 'p'));
  EXPECT_THAT(files_in(tar_member_after(with_prefix, "x") + tar_end()),
              ElementsAre(std::string(155, 'p') + "/file=x"));
  EXPECT_THAT(files_in(tar_member(std::string(100, 'n'), "x") + tar_end()),
              ElementsAre(std::string(100, 'n') + "=x"));
  EXPECT_THAT(files_in(pax(pax_record("path", long_name)) + tar_member("short", "x") + tar_end()),
              ElementsAre(long_name + "=x"));
  for (const std::string& end : {std::string(1, '\0'), std::string()}) {
    const std::string gnu = tar_member_after(
        gnu_header("././@LongLink", long_name.size() + end.size(), 'L'), long_name + end);
    EXPECT_THAT(files_in(gnu + tar_member_after(gnu_header("short", 1), "x") + tar_end()),
                ElementsAre(long_name + "=x"));
  }
}

// GNU tar cuts a path there, wherever that is.
TEST(TarTest, ReadsLongNamesWhoseBeginningEndsInASlash) {
  const std::string long_name = std::string(99, 'd') + "/file";
  EXPECT_THAT(files_in(pax(pax_record("path", long_name)) +
                       tar_member(long_name.substr(0, 100), "x") + tar_end()),
              ElementsAre(long_name + "=x"));
}

TEST(TarTest, GivesAnExtendedHeaderToOneMemberOnly) {
  EXPECT_THAT(files_in(pax(pax_record("path", "long")) + tar_member("a", "x") +
                       tar_member("b", "x") + tar_end()),
              ElementsAre("b=x", "long=x"));
}

TEST(TarTest, ReadsSizesOfEveryKind) {
  const std::string binary = std::string("\x80", 1) + std::string(10, '\0') + "\x07";
  const std::string wide = tar_header_with(tar_header("a", 0), 124, binary);
  const std::string by_pax = pax(pax_record("size", "7") + pax_record("mtime", "1.5"));
  EXPECT_THAT(files_in(tar_member_after(wide, "weights") + tar_end()), ElementsAre("a=weights"));
  EXPECT_THAT(files_in(by_pax + tar_member_after(tar_header("a", 0), "weights") + tar_end()),
              ElementsAre("a=weights"));
  for (const std::uint64_t size : {7ULL, (1ULL << 33U) - 1}) {
    EXPECT_THAT(files_in(by_pax + tar_member_after(tar_header("a", size), "weights") + tar_end()),
                ElementsAre("a=weights"));
  }
  const std::string blanks = tar_header_with(tar_header("a", 0), 124, "         7 \0");
  EXPECT_THAT(files_in(tar_member_after(blanks, "weights") + tar_end()), ElementsAre("a=weights"));
}

TEST(TarTest, ReadsOtherNumbersOfEveryKind) {
  const std::string header = tar_header("a", 1);
  const std::string negative_time = std::string(12, '\xff');
  const std::string large_owner = std::string("\x80\0\0\0\x7f\xff\xff\xff", 8);
  for (const std::string& other :
       {tar_header_with(header, 136, negative_time), tar_header_with(header, 108, large_owner),
        tar_header_with(header, 100, "   644 "), tar_header_with(header, 329, "        ")}) {
    EXPECT_THAT(files_in(tar_member_after(other, "x") + tar_end()), ElementsAre("a=x"));
  }
}

TEST(TarTest, SkipsWhatDoesNotMatter) {
  EXPECT_THAT(files_in(pax(pax_record("comment", "4c7a"), 'g') +
                       pax(pax_record("mtime", "1") + pax_record("SCHILY.xattr.user.x", "=\n") +
                           pax_record("hdrcharset", "BINARY")) +
                       kMember + tar_end()),
              ElementsAre("a=x"));
}

struct Bad {
  std::string what;
  std::string archive;
  Code code;
};

std::vector<Bad> bad_structures() {
  const std::string v7 = tar_header_with(tar_header("a", 1), 257, std::string(8, '\0'));
  std::string wrong_sum = kMember;
  wrong_sum[0] = 'b';
  std::string binary_sum = kMember;
  binary_sum.replace(148, 8, std::string("\x80\0\0\0\0\0\0\0", 8));
  const auto sized = [](std::string_view size) {
    return tar_member_after(tar_header_with(tar_header("a", 1), 124, size), "x") + tar_end();
  };
  return {
      {"empty", "", Code::kArchiveTruncated},
      {"no-end", kMember, Code::kArchiveTruncated},
      {"one-zero-block", kMember + std::string(512, '\0'), Code::kArchiveTruncated},
      {"end-cut-off", kMember + std::string(1000, '\0'), Code::kArchiveTruncated},
      {"header-cut-off", kMember.substr(0, 300), Code::kArchiveTruncated},
      {"data-cut-off", tar_header("a", 7) + "weigh", Code::kArchiveTruncated},
      {"padding-cut-off", kMember.substr(0, 900), Code::kArchiveTruncated},
      {"pax-cut-off", pax("11 path=a\n").substr(0, 515), Code::kArchiveTruncated},
      {"member-after-end", kMember + tar_end() + tar_member("b", "x"), Code::kArchiveTrailingData},
      {"member-after-one-zero-block", kMember + std::string(512, '\0') + tar_member("b", "x"),
       Code::kArchiveTrailingData},
      {"one-byte-after-end", kMember + tar_end() + "x", Code::kArchiveTrailingData},
      {"byte-far-after-end", kMember + tar_end() + std::string(1'000'000, '\0') + "x",
       Code::kArchiveTrailingData},
      {"no-magic", tar_member_after(v7, "x") + tar_end(), Code::kArchiveMalformed},
      {"text", std::string(600, 'x'), Code::kArchiveMalformed},
      {"checksum", wrong_sum + tar_end(), Code::kArchiveChecksumMismatch},
      {"checksum-binary", binary_sum + tar_end(), Code::kArchiveChecksumMismatch},
      {"size-letters", sized("0000000000x"), Code::kArchiveMalformed},
      {"size-two-numbers", sized("1 0000000 1"), Code::kArchiveMalformed},
      {"size-negative", sized(std::string(12, '\xff')), Code::kArchiveMalformed},
      {"size-of-64-bits", sized(std::string("\x80\0\0\0\x80\0\0\0\0\0\0\0", 12)),
       Code::kArchiveMalformed},
      {"size-of-72-bits", sized(std::string("\x80\0\0\x01\0\0\0\0\0\0\0\x01", 12)),
       Code::kArchiveMalformed},
      {"directory-with-data", tar_member("m/", "x", '5') + tar_end(), Code::kArchiveMalformed},
      {"gnu-prefix",
       tar_member_after(tar_header_with(gnu_header("a", 1), 345, "00000000001"), "x") + tar_end(),
       Code::kArchiveUnsupported},
  };
}

std::vector<Bad> bad_numbers() {
  std::vector<Bad> bad;
  for (const std::size_t offset : {100U, 108U, 116U, 136U, 329U, 337U}) {
    for (const std::string_view number : {"x000644", "0000 44", "0000648", "\x81"}) {
      const std::string header = tar_header_with(tar_header("a", 1), offset, number);
      bad.push_back({std::to_string(offset) + "=" + std::string(number),
                     tar_member_after(header, "x") + tar_end(), Code::kArchiveMalformed});
    }
  }
  return bad;
}

std::vector<Bad> bad_types() {
  const auto of_type = [](char type) { return tar_member("a", "", type) + tar_end(); };
  return {
      {"hard-link", of_type('1'), Code::kArchiveLink},
      {"symbolic-link", of_type('2'), Code::kArchiveLink},
      {"hard-link-with-contents", tar_member("a", "x", '1') + tar_end(), Code::kArchiveLink},
      {"character-device", of_type('3'), Code::kSpecialFile},
      {"block-device", of_type('4'), Code::kSpecialFile},
      {"pipe", of_type('6'), Code::kSpecialFile},
      {"contiguous", of_type('7'), Code::kArchiveUnsupported},
      {"sparse", of_type('S'), Code::kArchiveUnsupported},
      {"volume-label", of_type('V'), Code::kArchiveUnsupported},
      {"continued", of_type('M'), Code::kArchiveUnsupported},
      {"solaris-pax", of_type('X'), Code::kArchiveUnsupported},
      {"file-with-slash", tar_member("a/", "x") + tar_end(), Code::kArchiveNameInvalid},
      {"old-directory", tar_member("a/", "", '\0') + tar_end(), Code::kArchiveMalformed},
      {"old-directory-with-path",
       pax(pax_record("path", "a")) + tar_member("d/", "x", '\0') + tar_end(),
       Code::kArchiveMalformed},
      {"old-directory-with-long-name",
       tar_member("././@LongLink", "a", 'L') + tar_member("d/", "x", '\0') + tar_end(),
       Code::kArchiveMalformed},
  };
}

std::vector<Bad> bad_extensions() {
  const auto with = [](const std::string& records) { return pax(records) + kMember + tar_end(); };
  const auto global = [](const std::string& records) {
    return pax(records, 'g') + kMember + tar_end();
  };
  const auto long_name = [](const std::string& name) {
    return tar_member("././@LongLink", name, 'L');
  };
  const std::string path = pax_record("path", "b");
  return {
      {"pax-no-length", with("path=b\n"), Code::kArchiveMalformed},
      {"pax-length-0", with("0 path=b\n"), Code::kArchiveMalformed},
      {"pax-length-too-long", with("12 path=b\n"), Code::kArchiveMalformed},
      {"pax-length-too-short", with("8 path=b\n"), Code::kArchiveMalformed},
      {"pax-length-zeros", with("010 path=b\n"), Code::kArchiveMalformed},
      {"pax-no-line-feed", with("10 path=bc"), Code::kArchiveMalformed},
      {"pax-no-key", with(pax_record("", "b")), Code::kArchiveMalformed},
      {"pax-no-equals", with("7 path\n"), Code::kArchiveMalformed},
      {"pax-blank-before-key", with(pax_record(" path", "b")), Code::kArchiveMalformed},
      {"pax-tab-before-key", with(pax_record("\tpath", "b")), Code::kArchiveMalformed},
      {"pax-nul-in-key", with(pax_record(std::string("a\0b", 3), "c")), Code::kArchiveMalformed},
      {"pax-line-in-key", with(pax_record("a\nb", "c")), Code::kArchiveMalformed},
      {"global-blank-before-key", global(pax_record(" size", "1")), Code::kArchiveMalformed},
      {"pax-nul-after", with(path + std::string(1, '\0')), Code::kArchiveMalformed},
      {"pax-two-paths", with(path + path), Code::kArchiveMalformed},
      {"pax-empty-path", with(pax_record("path", "")), Code::kArchiveMalformed},
      {"pax-two-sizes", with(pax_record("size", "1") + pax_record("size", "1")),
       Code::kArchiveMalformed},
      {"pax-size-differs", with(pax_record("size", "2")), Code::kArchiveMalformed},
      {"pax-size-smaller", with(pax_record("size", "0")), Code::kArchiveMalformed},
      {"pax-size-text", with(pax_record("size", "1.0")), Code::kArchiveMalformed},
      {"pax-size-of-64-bits", with(pax_record("size", "9223372036854775808")),
       Code::kArchiveMalformed},
      {"pax-twice", pax(path) + with(pax_record("mtime", "1")), Code::kArchiveMalformed},
      {"pax-before-end", pax(path) + tar_end(), Code::kArchiveMalformed},
      {"pax-path-nul", with(pax_record("path", std::string("b\0c", 3))), Code::kArchiveNameInvalid},
      {"pax-sparse", with(pax_record("GNU.sparse.major", "1")), Code::kArchiveUnsupported},
      {"pax-sparse-of-star", with(pax_record("SCHILY.realsize", "1")), Code::kArchiveUnsupported},
      {"pax-charset", with(pax_record("hdrcharset", "ISO-IR 8859 1 1998")),
       Code::kArchiveUnsupported},
      {"pax-too-large", with(pax_record("comment", std::string(1 << 20, 'x'))),
       Code::kLimitExceeded},
      {"global-after-pax", pax(path) + global(pax_record("comment", "x")), Code::kArchiveMalformed},
      {"global-path", global(path), Code::kArchiveMalformed},
      {"global-link", global(pax_record("linkpath", "b")), Code::kArchiveMalformed},
      {"global-size", global(pax_record("size", "1")), Code::kArchiveMalformed},
      {"global-sparse", global(pax_record("GNU.sparse.size", "1")), Code::kArchiveUnsupported},
      {"long-name-and-path", long_name("b") + with(path), Code::kArchiveMalformed},
      {"long-name-twice", long_name("b") + long_name("c") + kMember + tar_end(),
       Code::kArchiveMalformed},
      {"long-link-twice",
       tar_member("l", "b", 'K') + tar_member("l", "b", 'K') + kMember + tar_end(),
       Code::kArchiveMalformed},
      {"long-name-empty", long_name("") + kMember + tar_end(), Code::kArchiveMalformed},
      {"long-name-nul", long_name(std::string("b\0c", 3)) + kMember + tar_end(),
       Code::kArchiveMalformed},
      {"long-name-before-end", long_name("b") + tar_end(), Code::kArchiveMalformed},
  };
}

TEST(TarTest, RefusesEveryFaultWithItsOwnCode) {
  for (const auto& cases : {bad_structures(), bad_numbers(), bad_types(), bad_extensions()}) {
    for (const Bad& bad : cases) {
      EXPECT_THAT(read(bad.archive), HasCode(bad.code)) << bad.what;
    }
  }
}

}  // namespace
}  // namespace hallmark::manifest
