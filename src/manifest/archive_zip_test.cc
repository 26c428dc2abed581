#include "manifest/archive_zip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/archives.h"
#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using testing::ArchiveInMemory;
using testing::crc32_of;
using testing::deflate_stored;
using ::testing::ElementsAre;
using testing::HasCode;
using ::testing::IsEmpty;
using testing::little_endian;
using testing::replaced;
using testing::zip;
using testing::ZipPart;

constexpr std::uint32_t kUnknown = 0xffffffff;
constexpr std::uint16_t kLater = 0x0008;  // sizes and checksum follow the data

Result<ArchiveContents> read(const std::string& archive, const ArchiveLimits& limits = {}) {
  ArchiveInMemory source(archive);
  const base::Cancellation cancellation;
  return digest_archive(source, ArchiveForm::kZip, {}, limits, cancellation);
}

std::vector<std::string> files_in(const std::string& archive) {
  return testing::with_contents(read(archive));
}

std::string field(std::uint16_t id, const std::string& contents) {
  return little_endian(id, 2) + little_endian(contents.size(), 2) + contents;
}

std::string zip64(std::uint64_t unpacked, std::uint64_t packed) {
  return field(1, little_endian(unpacked, 8) + little_endian(packed, 8));
}

ZipPart deflated(const std::string& name, const std::string& contents) {
  return {.name = name, .contents = contents, .method = 8, .packed = deflate_stored(contents)};
}

// The sizes in the descriptor have `size` bytes.
ZipPart described(const std::string& signature, std::size_t size) {
  ZipPart part = deflated("a", "weights");
  part.flags = kLater;
  part.descriptor = signature + little_endian(crc32_of("weights"), 4) +
                    little_endian(part.packed->size(), size) + little_endian(7, size);
  return part;
}

// Files of which a program that reads from a pipe sees others: the contents of the only member hold
// a descriptor of their beginning, and another member.
std::string with_hidden_member() {
  const auto descriptor_of = [](const std::string& contents) {
    return "PK\x07\x08" + little_endian(crc32_of(contents), 4) + little_endian(contents.size(), 4) +
           little_endian(contents.size(), 4);
  };
  const std::string hidden = zip({{.name = "hidden", .contents = "x", .flags = kLater}});
  const std::string contents =
      "weights" + descriptor_of("weights") + hidden.substr(0, hidden.find("PK\x01\x02"));
  return zip({{.name = "a",
               .contents = contents,
               .flags = kLater,
               .descriptor = descriptor_of(contents)}});
}

ZipPart directory(const std::string& name) {
  return {.name = name, .contents = "", .attributes = (040755U << 16U) | 0x10U};
}

// An archive with the zip64 records before its end record, which has none of the numbers.
std::string as_zip64(const std::string& archive, std::uint64_t members, std::uint64_t size) {
  const std::size_t end = archive.rfind("PK\x05\x06");
  const std::string record = "PK\x06\x06" + little_endian(44, 8) + little_endian(0x002d002d, 4) +
                             little_endian(0, 8) + little_endian(members, 8) +
                             little_endian(members, 8) + little_endian(size, 8) +
                             little_endian(end - size, 8);
  const std::string locator =
      "PK\x06\x07" + little_endian(0, 4) + little_endian(end, 8) + little_endian(1, 4);
  return archive.substr(0, end) + record + locator + "PK\x05\x06" + std::string(4, '\0') +
         std::string(12, '\xff') + std::string(2, '\0');
}

const ZipPart kPart{.name = "a", .contents = "x"};
constexpr std::size_t kCentralSize = 46 + 1;  // of that part
const std::string kZip = zip({kPart});

TEST(ZipTest, ReadsFilesAndDirectories) {
  EXPECT_THAT(files_in(zip({directory("m/"),
                            deflated("m/a", "weights"),
                            {"m/b", "x"},
                            {"m/empty", ""},
                            deflated("m/e", "")})),
              ElementsAre("m/a=weights", "m/b=x", "m/e=", "m/empty="));
  EXPECT_THAT(files_in(zip({})), IsEmpty());
  EXPECT_THAT(files_in(zip({directory("./"), {"./a", "x"}})), ElementsAre("a=x"));
}

TEST(ZipTest, ReadsWhatVariousToolsWrite) {
  // No attributes; a comment; a directory that was "compressed"; names in UTF-8, said so or not.
  EXPECT_THAT(files_in(zip({{.name = "a", .contents = "x", .attributes = 0}}, "a comment")),
              ElementsAre("a=x"));
  ZipPart packed = directory("m/");
  packed.method = 8;
  packed.packed = std::string("\x03\0", 2);
  EXPECT_THAT(files_in(zip({packed, kPart})), ElementsAre("a=x"));
  EXPECT_THAT(files_in(zip({{.name = "é", .contents = "x", .flags = 0x0800},
                            {.name = "ü", .contents = "x"}})),
              ElementsAre("é=x", "ü=x"));
  const std::string times = field(0x5455, "12345") + field(0x7875, "12345678901");
  const std::string name = field(0x7075, std::string(5, '\0') + "a");
  EXPECT_THAT(
      files_in(zip(
          {{.name = "a", .contents = "x", .extra = times + name, .central_extra = times + name}})),
      ElementsAre("a=x"));
}

TEST(ZipTest, ReadsSizesOfZip64) {
  EXPECT_THAT(
      files_in(
          zip({{.name = "a", .contents = "x", .extra = zip64(1, 1), .sizes_unknown = kUnknown}})),
      ElementsAre("a=x"));
  EXPECT_THAT(files_in(as_zip64(kZip, 1, kCentralSize)), ElementsAre("a=x"));
}

TEST(ZipTest, ReadsDataDescriptorsOfEveryForm) {
  for (const std::size_t size : {4U, 8U}) {
    EXPECT_THAT(files_in(zip({described("PK\x07\x08", size), {"b", "x"}})),
                ElementsAre("a=weights", "b=x"));
    EXPECT_THAT(files_in(zip({described("", size), {"b", "x"}})), ElementsAre("a=weights", "b=x"));
  }
  EXPECT_THAT(files_in(zip({{.name = "empty",
                             .contents = "",
                             .flags = kLater,
                             .descriptor = std::string(12, '\0')}})),
              ElementsAre("empty="));
}

TEST(ZipTest, ReadsMembersInAnyOrderOfTheDirectory) {
  const std::string archive = zip({{"a", "x"}, {"b", "weights"}});
  const std::size_t start = archive.find("PK\x01\x02");
  const std::string swapped =
      archive.substr(0, start) + archive.substr(start + kCentralSize, kCentralSize) +
      archive.substr(start, kCentralSize) + archive.substr(start + 2 * kCentralSize);
  EXPECT_THAT(files_in(swapped), ElementsAre("a=x", "b=weights"));
}

struct Bad {
  std::string what;
  std::string archive;
  Code code;
};

std::string end_with(std::size_t offset, const std::string& bytes) {
  std::string archive = kZip;
  return archive.replace(archive.rfind("PK\x05\x06") + offset, bytes.size(), bytes);
}

std::vector<Bad> bad_ends() {
  const std::string wide = as_zip64(kZip, 1, kCentralSize);
  const std::size_t record = wide.find("PK\x06\x06");
  const std::size_t locator = wide.find("PK\x06\x07");
  const auto wide_with = [&](std::size_t place, const std::string& bytes) {
    std::string archive = wide;
    return archive.replace(place, bytes.size(), bytes);
  };
  return {
      {"empty", "", Code::kArchiveMalformed},
      {"text", "no archive at all, but longer than an end record", Code::kArchiveMalformed},
      {"no-directory", kZip.substr(0, 32), Code::kArchiveTruncated},
      {"end-cut-off", kZip.substr(0, kZip.size() - 1), Code::kArchiveTruncated},
      {"comment-cut-off", zip({kPart}, "comment").substr(0, kZip.size() + 3),
       Code::kArchiveTruncated},
      {"garbage-after", kZip + "garbage", Code::kArchiveTrailingData},
      {"second-archive-after", kZip + kZip, Code::kArchiveMalformed},
      {"garbage-before", "garbage" + kZip, Code::kArchiveMalformed},
      {"end-in-comment", zip({kPart}, "PK\x05\x06" + std::string(18, '\0')),
       Code::kArchiveMalformed},
      {"disk", end_with(4, "\x01"), Code::kArchiveUnsupported},
      {"disk-of-directory", end_with(6, "\x01"), Code::kArchiveUnsupported},
      {"members-elsewhere", end_with(8, std::string(1, '\0')), Code::kArchiveUnsupported},
      {"one-member-too-few", end_with(8, std::string(4, '\0')), Code::kArchiveMalformed},
      {"one-member-too-many", end_with(8, std::string("\x02\0\x02\0", 4)), Code::kArchiveMalformed},
      {"directory-size", end_with(12, little_endian(kCentralSize - 1, 4)), Code::kArchiveMalformed},
      {"directory-size-huge", end_with(12, std::string(4, '\xff')), Code::kArchiveMalformed},
      {"directory-offset", end_with(16, little_endian(1, 4)), Code::kArchiveMalformed},
      {"zip64-version-2", wide_with(record + 4, little_endian(45, 8)), Code::kArchiveMalformed},
      {"zip64-signature", wide_with(record, "PK\x06\x08"), Code::kArchiveMalformed},
      {"zip64-disk", wide_with(record + 16, little_endian(1, 4)), Code::kArchiveUnsupported},
      {"zip64-members-elsewhere", wide_with(record + 24, little_endian(0, 8)),
       Code::kArchiveUnsupported},
      {"zip64-offset", wide_with(record + 48, little_endian(1, 8)), Code::kArchiveMalformed},
      {"zip64-locator-offset", wide_with(locator + 8, little_endian(record - 1, 8)),
       Code::kArchiveMalformed},
      {"zip64-locator-disks", wide_with(locator + 16, little_endian(2, 4)),
       Code::kArchiveUnsupported},
      {"zip64-members-differ", wide_with(wide.size() - 14, std::string("\x02\0\x02\0", 4)),
       Code::kArchiveMalformed},
      {"zip64-offset-differs", wide_with(wide.size() - 6, little_endian(1, 4)),
       Code::kArchiveMalformed},
  };
}

std::vector<Bad> bad_headers() {
  const auto part = [](auto change) {
    ZipPart changed = kPart;
    change(changed);
    return zip({changed});
  };
  const auto both_extra = [&](const std::string& extra) {
    return part([&](ZipPart& p) { p.extra = p.central_extra = extra; });
  };
  const auto flags = [&](std::uint16_t value) {
    return part([&](ZipPart& p) { p.flags = value; });
  };
  const auto mode = [&](std::uint32_t value) {
    return part([&](ZipPart& p) { p.attributes = value << 16U; });
  };
  return {
      {"name-differs", part([](ZipPart& p) { p.central_name = "b"; }), Code::kArchiveMalformed},
      {"name-differs-in-field", both_extra(field(0x7075, std::string(5, '\0') + "b")),
       Code::kArchiveMalformed},
      {"local-name-differs-in-field",
       part([](ZipPart& p) { p.extra = field(0x7075, std::string(5, '\0') + "b"); }),
       Code::kArchiveMalformed},
      {"name-with-backslash", zip({{"a\\b", "x"}}), Code::kArchiveNameInvalid},
      {"name-with-control", zip({{"a\x01", "x"}}), Code::kArchiveNameInvalid},
      {"name-with-delete", zip({{"a\x7f", "x"}}), Code::kArchiveNameInvalid},
      {"name-with-nul", zip({{std::string("a\0b", 3), "x"}}), Code::kArchiveNameInvalid},
      {"name-with-version", zip({{"a;1", "x"}}), Code::kArchiveNameInvalid},
      {"name-with-empty-version", zip({{"m/a;", "x"}}), Code::kArchiveNameInvalid},
      {"name-absolute", zip({{"/a", "x"}}), Code::kArchiveNameInvalid},
      {"name-with-parent", zip({{"a/../../b", "x"}}), Code::kArchiveNameInvalid},
      {"name-not-utf8", zip({{"a\x81", "x"}}), Code::kNameNotUtf8},
      {"name-twice", zip({{"a", "x"}, {"a", "x"}}), Code::kArchiveMemberDuplicate},
      {"file-beneath-file", zip({{"a", "x"}, {"a/b", "x"}}), Code::kArchiveMemberDuplicate},
      {"encrypted", flags(0x0001), Code::kArchiveEncrypted},
      {"strongly-encrypted", flags(0x0040), Code::kArchiveEncrypted},
      {"masked", flags(0x2000), Code::kArchiveEncrypted},
      {"aes", both_extra(field(0x9901, "1234567")), Code::kArchiveEncrypted},
      {"patch", flags(0x0020), Code::kArchiveUnsupported},
      {"method-bzip2", part([](ZipPart& p) { p.method = 12; }), Code::kArchiveUnsupported},
      {"field-of-other-type", both_extra(field(0x756e, std::string(14, '\0'))),
       Code::kArchiveUnsupported},
      {"field-cut-off", both_extra("abc"), Code::kArchiveMalformed},
      {"field-too-long", both_extra(little_endian(0x5455, 2) + little_endian(2, 2) + "1"),
       Code::kArchiveMalformed},
      {"zip64-field-twice", both_extra(zip64(1, 1) + zip64(1, 1)), Code::kArchiveMalformed},
      {"zip64-field-too-short", part([](ZipPart& p) {
         p.extra = field(1, little_endian(1, 8));
         p.sizes_unknown = kUnknown;
       }),
       Code::kArchiveMalformed},
      {"zip64-field-of-64-bits", part([](ZipPart& p) {
         p.extra = zip64(~std::uint64_t{0}, 1);
         p.sizes_unknown = kUnknown;
       }),
       Code::kArchiveMalformed},
      {"link", mode(0120777), Code::kArchiveLink},
      {"pipe", mode(0010644), Code::kSpecialFile},
      {"device", mode(0020644), Code::kSpecialFile},
      {"directory-by-mode-alone", mode(0040755), Code::kArchiveMalformed},
      {"volume-label", part([](ZipPart& p) { p.attributes = 0x08; }), Code::kSpecialFile},
      {"volume-label-and-file", part([](ZipPart& p) { p.attributes |= 0x08; }), Code::kSpecialFile},
      {"directory-by-attribute-alone", part([](ZipPart& p) { p.attributes = 0x10; }),
       Code::kArchiveMalformed},
      {"directory-by-name-alone", zip({{.name = "a/", .contents = ""}}), Code::kArchiveMalformed},
      {"directory-with-contents", zip({{.name = "a/", .contents = "x", .attributes = 0}}),
       Code::kArchiveMalformed},
  };
}

std::vector<Bad> bad_members() {
  const auto packed = [](const std::string& data, std::uint16_t method) {
    return zip({{.name = "a", .contents = "weights", .method = method, .packed = data}});
  };
  const auto descriptor = [](const std::string& bytes) {
    ZipPart part = deflated("a", "x");
    part.flags = kLater;
    part.descriptor = bytes;
    return zip({part});
  };
  const std::string crc = little_endian(crc32_of("x"), 4);
  const std::string size = little_endian(deflate_stored("x").size(), 4);
  const std::string one = little_endian(1, 4);
  std::string local = kZip;
  const auto local_with = [&](std::size_t place, const std::string& bytes) {
    std::string archive = local;
    return archive.replace(place, bytes.size(), bytes);
  };
  const std::string data = deflate_stored("weights");
  const ZipPart field_as_data{.name = "a", .contents = field(0x5455, "")};
  return {
      {"crc", zip({{.name = "a", .contents = "x", .crc = 1}}), Code::kArchiveChecksumMismatch},
      {"crc-of-directory", zip({{.name = "a/", .contents = "", .attributes = 0, .crc = 1}}),
       Code::kArchiveChecksumMismatch},
      {"local-signature", local_with(0, "PK\x03\x05"), Code::kArchiveMalformed},
      {"local-flags", local_with(6, std::string("\x00\x08", 2)), Code::kArchiveMalformed},
      {"local-method", local_with(8, "\x08"), Code::kArchiveMalformed},
      {"local-crc", local_with(14, one), Code::kArchiveMalformed},
      {"local-crc-0", local_with(14, std::string(4, '\0')), Code::kArchiveMalformed},
      {"local-packed", local_with(18, std::string(1, '\0')), Code::kArchiveMalformed},
      {"local-unpacked", local_with(22, "\x02"), Code::kArchiveMalformed},
      {"local-name-over-all", local_with(26, "\xff\xff"), Code::kArchiveTruncated},
      {"local-field-cut-off", local_with(28, "\x01"), Code::kArchiveMalformed},
      {"local-field-over-data", zip({field_as_data}).replace(28, 1, "\x04"),
       Code::kArchiveMalformed},
      {"stored-sizes-differ", packed("weight", 0), Code::kArchiveMalformed},
      {"deflate-broken", packed("\x07" + data.substr(1), 8), Code::kArchiveMalformed},
      {"deflate-cut-off", packed(data.substr(0, data.size() - 1), 8), Code::kArchiveMalformed},
      {"deflate-followed", packed(data + "x", 8), Code::kArchiveMalformed},
      {"deflate-longer", packed(deflate_stored("weights!"), 8), Code::kArchiveMalformed},
      {"deflate-shorter", packed(deflate_stored("weight"), 8), Code::kArchiveMalformed},
      {"gap-before-directory", zip({kPart}, "", "garbage"), Code::kArchiveMalformed},
      {"gap-between", zip({{.name = "a", .contents = "x", .descriptor = "gap"}, {"b", "x"}}),
       Code::kArchiveMalformed},
      {"hidden-member",
       zip({{.name = "a", .contents = "x", .descriptor = kZip.substr(0, 32)}, {"b", "x"}}),
       Code::kArchiveMalformed},
      {"only-a-gap", zip({}, "", "garbage"), Code::kArchiveMalformed},
      {"descriptor-of-stored-data", with_hidden_member(), Code::kArchiveUnsupported},
      {"descriptor-missing", descriptor(""), Code::kArchiveMalformed},
      {"descriptor-of-another-size", descriptor("PK\x07\x08" + crc + one), Code::kArchiveMalformed},
      {"descriptor-signature", descriptor("PK\x07\x07" + crc + size + one),
       Code::kArchiveMalformed},
      {"descriptor-crc", descriptor(one + size + one), Code::kArchiveMalformed},
      {"descriptor-packed", descriptor(crc + crc + one), Code::kArchiveMalformed},
      {"descriptor-unpacked", descriptor(crc + size + crc), Code::kArchiveMalformed},
  };
}

TEST(ZipTest, RefusesEveryFaultWithItsOwnCode) {
  for (const auto& cases : {bad_ends(), bad_headers(), bad_members()}) {
    for (const Bad& bad : cases) {
      EXPECT_THAT(read(bad.archive), HasCode(bad.code)) << bad.what;
    }
  }
}

TEST(ZipTest, RefusesMembersThatOverlap) {
  // Both members of the directory are the one that is there.
  const std::string archive = zip({{"a", "x"}});
  const std::size_t start = archive.find("PK\x01\x02");
  const std::string central = archive.substr(start, kCentralSize);
  const std::string twice = archive.substr(0, start) + central + replaced(central, "a", "b") +
                            "PK\x05\x06" + std::string(4, '\0') + std::string("\x02\0\x02\0", 4) +
                            little_endian(2 * kCentralSize, 4) + little_endian(start, 4) +
                            std::string(2, '\0');
  EXPECT_THAT(read(twice), HasCode(Code::kArchiveMalformed));
}

TEST(ZipTest, RefusesAGapBeforeTheFirstMember) {
  const std::string gap = "garbage";
  std::string archive = gap + kZip;
  archive.replace(archive.find("PK\x01\x02") + 42, 4, little_endian(gap.size(), 4));
  const std::size_t start = archive.find("PK\x01\x02");
  archive.replace(archive.rfind("PK\x05\x06") + 16, 4, little_endian(start, 4));
  EXPECT_THAT(read(archive), HasCode(Code::kArchiveMalformed));
}

TEST(ZipTest, HasLimits) {
  const std::string archive = zip({{"abc", "x"}, deflated("def", "weights")});
  EXPECT_THAT(read(archive, {2, 6, 8}), testing::IsOk());
  EXPECT_THAT(read(archive, {1, 6, 8}), HasCode(Code::kLimitExceeded));
  EXPECT_THAT(read(archive, {2, 5, 8}), HasCode(Code::kLimitExceeded));
  EXPECT_THAT(read(archive, {2, 6, 7}), HasCode(Code::kLimitExceeded));
}

TEST(ZipTest, ReadsDirectoriesLargerThanItsBuffer) {
  std::vector<ZipPart> parts;
  parts.reserve(6000);
  for (int i = 0; i < 6000; ++i) parts.push_back({std::string(50, 'n') + std::to_string(i), "x"});
  EXPECT_EQ(files_in(zip(parts)).size(), 6000U);
}

}  // namespace
}  // namespace hallmark::manifest
