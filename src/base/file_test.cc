#include "hallmark/base/file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/file_status.h"
#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using hallmark::testing::TemporaryDirectory;
using ::testing::AllOf;
using ::testing::HasSubstr;

TEST(SystemErrorTest, GivesTheCodesItPromises) {
  struct Case {
    int error_number;
    Code code;
  };
  const Case cases[] = {
      {ENOENT, Code::kNotFound},      {ENOTDIR, Code::kNotFound},
      {ELOOP, Code::kSymlinkRefused}, {ENAMETOOLONG, Code::kNameTooLong},
      {EEXIST, Code::kAlreadyExists}, {EACCES, Code::kIoError},
      {EIO, Code::kIoError},          {ENOSPC, Code::kIoError},
      {EISDIR, Code::kIoError},       {EMFILE, Code::kIoError},
  };
  for (const auto& [error_number, code] : cases) {
    EXPECT_EQ(system_error(error_number, "open", "a").code, code) << error_number;
  }
}

TEST(SystemErrorTest, SaysWhatAndWhere) {
  EXPECT_EQ(system_error(EACCES, "open", "a/b").message, "cannot open 'a/b': Permission denied");
  EXPECT_EQ(system_error(ENOENT, "read", "a\n\x1b").message,
            "cannot read 'a\\n\\x1b': No such file or directory");
  EXPECT_EQ(system_error(ELOOP, "open", "link").message,
            "cannot open 'link': it is a symbolic link or leads through one");
}

TEST(NamedFileErrorTest, NeverRejects) {
  for (int error_number = 1; error_number < 134; ++error_number) {
    EXPECT_NE(failure_of(named_file_error(error_number, "a").code), Failure::kRejected)
        << error_number;
  }
  EXPECT_EQ(named_file_error(ENOENT, "a").code, Code::kNotFound);
  EXPECT_EQ(named_file_error(ELOOP, "a").code, Code::kIoError);
}

FileDescriptor open_null() { return FileDescriptor(::open("/dev/null", O_RDONLY | O_CLOEXEC)); }

bool is_open(int descriptor) { return ::fcntl(descriptor, F_GETFD) != -1; }

TEST(FileDescriptorTest, ClosesWhatItOwns) {
  int number = -1;
  {
    const FileDescriptor file = open_null();
    ASSERT_TRUE(file.valid());
    number = file.get();
    EXPECT_TRUE(is_open(number));
  }
  EXPECT_FALSE(is_open(number));
}

TEST(FileDescriptorTest, MovesOwnership) {
  FileDescriptor first = open_null();
  const int number = first.get();
  FileDescriptor second(std::move(first));
  EXPECT_FALSE(first.valid());  // NOLINT(bugprone-use-after-move)
  FileDescriptor third = open_null();
  const int replaced = third.get();
  third = std::move(second);
  EXPECT_EQ(third.get(), number);
  EXPECT_FALSE(is_open(replaced));
  FileDescriptor& same = third;
  third = std::move(same);
  EXPECT_TRUE(is_open(number));
  EXPECT_EQ(third.release(), number);
  EXPECT_FALSE(third.valid());
  EXPECT_TRUE(is_open(number));
  ::close(number);
}

class FileTest : public ::testing::Test {
 protected:
  FileDescriptor open(std::string_view name) {
    return FileDescriptor(::open(directory_.path(name).c_str(), O_RDONLY | O_CLOEXEC));
  }

  TemporaryDirectory directory_;
};

TEST_F(FileTest, ReadsWholeFiles) {
  const std::string big(200'000, 'x');
  for (const std::string& contents : {std::string(), std::string("a\0b\n", 4), big}) {
    directory_.write("file", contents);
    EXPECT_THAT(read_file(directory_.path("file"), 1 << 20), IsOkWith(contents));
    const auto secret = read_secret_file(directory_.path("file"), 1 << 20);
    ASSERT_THAT(secret, IsOk());
    EXPECT_EQ(secret->expose_secret(), contents);
  }
}

TEST_F(FileTest, LimitsWhatItReads) {
  directory_.write("file", "12345");
  EXPECT_THAT(read_file(directory_.path("file"), 5), IsOkWith(std::string("12345")));
  EXPECT_THAT(
      read_file(directory_.path("file"), 4),
      FailsWith(Code::kLimitExceeded, "'" + directory_.path("file") + "' is larger than 4 bytes"));
  EXPECT_THAT(read_secret_file(directory_.path("file"), 5), IsOk());
  EXPECT_THAT(read_secret_file(directory_.path("file"), 4), HasCode(Code::kLimitExceeded));
  directory_.write("empty", "");
  EXPECT_THAT(read_file(directory_.path("empty"), 0), IsOk());
  EXPECT_THAT(read_file("/dev/zero", 1 << 20), HasCode(Code::kLimitExceeded));
}

TEST_F(FileTest, TakesOneLineEndFromASecret) {
  for (const std::string end : {"", "\n", "\r\n"}) {
    directory_.write("secret", "one two " + end);
    const auto secret = read_secret_line(directory_.path("secret"), 100);
    ASSERT_THAT(secret, IsOk());
    EXPECT_EQ(secret->expose_secret(), "one two ");
  }
  directory_.write("secret", "one\n\n");
  EXPECT_EQ(read_secret_line(directory_.path("secret"), 100)->expose_secret(), "one\n");
  EXPECT_THAT(read_secret_line(directory_.path("secret"), 4), HasCode(Code::kLimitExceeded));
}

TEST_F(FileTest, SaysWhatItCannotRead) {
  directory_.write("file", "");
  directory_.make_link("nowhere", "dangling");
  directory_.make_link("circle", "circle");
  EXPECT_THAT(
      read_file(directory_.path("missing"), 10),
      FailsWith(Code::kNotFound, AllOf(HasSubstr("cannot open"), HasSubstr("No such file"))));
  EXPECT_THAT(read_file(directory_.path("file/below"), 10), HasCode(Code::kNotFound));
  EXPECT_THAT(read_file(directory_.path("dangling"), 10), HasCode(Code::kNotFound));
  EXPECT_THAT(read_file(directory_.path("circle"), 10), HasCode(Code::kIoError));
  EXPECT_THAT(read_file(directory_.path(std::string(300, 'n')), 10), HasCode(Code::kIoError));
  EXPECT_THAT(read_file(directory_.path(), 10),
              FailsWith(Code::kIoError, AllOf(HasSubstr("cannot read"), HasSubstr("directory"))));
  EXPECT_THAT(read_secret_file(directory_.path("missing"), 10), HasCode(Code::kNotFound));
  EXPECT_THAT(read_secret_file(directory_.path(), 10), HasCode(Code::kIoError));
}

TEST_F(FileTest, FollowsLinksThatTheUserNamed) {
  directory_.write("file", "text");
  directory_.make_link("file", "link");
  EXPECT_THAT(read_file(directory_.path("link"), 10), IsOkWith(std::string("text")));
}

TEST_F(FileTest, WaitsForNoPipeInThePlaceOfARegularFile) {
  directory_.write("file", "12345");
  directory_.make_link("file", "link");
  directory_.make_pipe("pipe");
  EXPECT_THAT(read_regular_file(directory_.path("link"), 5), IsOkWith(std::string("12345")));
  EXPECT_THAT(read_regular_file(directory_.path("file"), 4), HasCode(Code::kLimitExceeded));
  EXPECT_THAT(read_regular_file(directory_.path("pipe"), 10),
              FailsWith(Code::kIoError, HasSubstr("found a pipe")));
  EXPECT_THAT(read_regular_file("/dev/null", 10), HasCode(Code::kIoError));
  EXPECT_THAT(read_regular_file(directory_.path(), 10),
              FailsWith(Code::kIoError, HasSubstr("directory")));
  EXPECT_THAT(read_regular_file(directory_.path("missing"), 10), HasCode(Code::kNotFound));
}

TEST_F(FileTest, ReadsPipesToTheirEnd) {
  directory_.make_pipe("pipe");
  const std::string contents(100'000, 'p');
  std::thread writer([&] { directory_.write("pipe", contents); });
  const auto text = read_file(directory_.path("pipe"), 1 << 20);
  writer.join();
  EXPECT_THAT(text, IsOkWith(contents));
}

TEST_F(FileTest, ReadsAtAnOffset) {
  directory_.write("file", "0123456789");
  const FileDescriptor file = open("file");
  std::array<std::uint8_t, 4> buffer{};
  struct Case {
    std::uint64_t offset;
    std::string_view read;
  };
  for (const auto& [offset, read] : {Case{0, "0123"}, Case{3, "3456"}, Case{6, "6789"},
                                     Case{8, "89"}, Case{10, ""}, Case{1'000'000, ""}}) {
    const auto count = read_at(file, offset, buffer, "file");
    ASSERT_THAT(count, IsOk());
    EXPECT_EQ(text_of(buffer).substr(0, *count), read);
  }
  EXPECT_THAT(read_at(file, 0, {}, "file"), IsOkWith(0U));
}

TEST_F(FileTest, SaysWhyItCannotReadAtAnOffset) {
  directory_.write("file", "0123456789");
  std::array<std::uint8_t, 4> buffer{};
  EXPECT_THAT(read_at(FileDescriptor(), 0, buffer, "shown"),
              FailsWith(Code::kIoError, HasSubstr("cannot read 'shown'")));
  EXPECT_THAT(read_at(open("file"), std::numeric_limits<std::uint64_t>::max(), buffer, "shown"),
              HasCode(Code::kIoError));
  EXPECT_THAT(read_at(open(""), 0, buffer, "shown"), HasCode(Code::kIoError));
}

// Memory that ends in a hole stands for a file whose end cannot be asked for.
TEST_F(FileTest, DoesNotReadOnWhenItHasEnough) {
  const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  auto* const memory = static_cast<std::uint8_t*>(
      ::mmap(nullptr, 2 * page, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0));
  ASSERT_NE(memory, MAP_FAILED);
  const auto start = reinterpret_cast<std::uintptr_t>(memory);
  const FileDescriptor file(::open("/proc/self/mem", O_RDONLY | O_CLOEXEC));
  ASSERT_TRUE(file.valid());
  Bytes buffer(2 * page);
  ASSERT_EQ(::munmap(memory + page, page), 0);
  EXPECT_THAT(read_at(file, start, buffer, "memory"), HasCode(Code::kIoError));
  EXPECT_THAT(read_at_least(file, start, page, buffer, "memory"), IsOkWith(page));
  EXPECT_THAT(read_at_least(file, start, page + 1, buffer, "memory"), HasCode(Code::kIoError));
  EXPECT_EQ(::munmap(memory, page), 0);
}

TEST_F(FileTest, TellsTypesAndSizes) {
  directory_.write("file", "12345");
  const auto file = status_of(open("file"), "file");
  ASSERT_THAT(file, IsOk());
  EXPECT_EQ(file->type, FileType::kRegular);
  EXPECT_EQ(file->size, 5U);
  EXPECT_GT(file->modified.seconds, 1'700'000'000);
  EXPECT_EQ(status_of(open(""), "").value().type, FileType::kDirectory);
  EXPECT_EQ(status_of(open_null(), "").value().type, FileType::kSpecial);
  EXPECT_THAT(status_of(FileDescriptor(), "shown"),
              FailsWith(Code::kIoError, HasSubstr("cannot inspect 'shown'")));
}

TEST_F(FileTest, StatusesDifferAfterAWrite) {
  directory_.write("file", "12345");
  const FileStatus before = status_of(open("file"), "file").value();
  EXPECT_EQ(before, status_of(open("file"), "file").value());
  const timespec times[2] = {{1, 0}, {1, 1}};
  ASSERT_EQ(::utimensat(AT_FDCWD, directory_.path("file").c_str(), times, 0), 0);
  const FileStatus after = status_of(open("file"), "file").value();
  EXPECT_NE(before, after);
  EXPECT_EQ(after.modified, (FileTime{1, 1}));
}

// touch -d 2400-01-01, and what only a file system that lies can say.
TEST(FileStatusTest, KeepsTimesThatNanosecondsSince1970CannotTell) {
  struct stat status{};
  status.st_mtim = {std::numeric_limits<std::int64_t>::max(), 999'999'999};
  status.st_ctim = {std::numeric_limits<std::int64_t>::min(), 1};
  const FileStatus extreme = file_status(status);
  EXPECT_EQ(extreme.modified, (FileTime{std::numeric_limits<std::int64_t>::max(), 999'999'999}));
  EXPECT_EQ(extreme.changed, (FileTime{std::numeric_limits<std::int64_t>::min(), 1}));
  status.st_mtim.tv_sec = 13'569'465'600;
  status.st_ctim.tv_sec = 13'569'465'600;
  const FileStatus in_2400 = file_status(status);
  EXPECT_EQ(in_2400.modified.seconds, 13'569'465'600);
  status.st_mtim.tv_sec += std::int64_t{1} << 55U;  // times a billion, that is 0 modulo 2^64
  EXPECT_NE(file_status(status), in_2400);
}

}  // namespace
}  // namespace hallmark::base
