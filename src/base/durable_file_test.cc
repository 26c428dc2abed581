#include "hallmark/base/durable_file.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::TemporaryDirectory;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class WriteDurablyTest : public ::testing::Test {
 protected:
  Result<void> write(std::string_view name, std::string_view contents,
                     const WriteOptions& options = {}) {
    return write_durably(directory_.path(name), bytes_of(contents), options);
  }

  unsigned mode_of(std::string_view name) const {
    struct stat status{};
    EXPECT_EQ(::lstat(directory_.path(name).c_str(), &status), 0);
    return status.st_mode & 07777U;
  }

  TemporaryDirectory directory_;
};

TEST_F(WriteDurablyTest, CreatesAFile) {
  const std::string big(3'000'000, 'x');
  EXPECT_THAT(write("empty", ""), IsOk());
  EXPECT_THAT(write("file", std::string_view("a\0b", 3)), IsOk());
  EXPECT_THAT(write("big", big), IsOk());
  EXPECT_EQ(directory_.read("empty"), "");
  EXPECT_EQ(directory_.read("file"), std::string("a\0b", 3));
  EXPECT_EQ(directory_.read("big"), big);
  EXPECT_THAT(directory_.list(), ElementsAre("big", "empty", "file"));
}

TEST_F(WriteDurablyTest, ReplacesAFile) {
  directory_.write("file", "a long older text");
  EXPECT_THAT(write("file", "new"), IsOk());
  EXPECT_EQ(directory_.read("file"), "new");
  EXPECT_THAT(directory_.list(), ElementsAre("file"));
}

TEST_F(WriteDurablyTest, AnOlderFileThatIsOpenStaysWhole) {
  directory_.write("file", "old");
  ASSERT_EQ(::link(directory_.path("file").c_str(), directory_.path("other").c_str()), 0);
  EXPECT_THAT(write("file", "new"), IsOk());
  EXPECT_EQ(directory_.read("other"), "old");
}

TEST_F(WriteDurablyTest, KeepsTheOlderFileWhenAskedTo) {
  directory_.write("file", "old");
  EXPECT_THAT(write("file", "new", {.existing = Existing::kRefuse}),
              FailsWith(Code::kAlreadyExists, HasSubstr("cannot create '")));
  EXPECT_EQ(directory_.read("file"), "old");
  EXPECT_THAT(write("fresh", "new", {.existing = Existing::kRefuse}), IsOk());
  EXPECT_EQ(directory_.read("fresh"), "new");
  EXPECT_THAT(directory_.list(), ElementsAre("file", "fresh"));
}

TEST_F(WriteDurablyTest, GivesTheModeLessTheUmask) {
  const mode_t before = ::umask(027);
  EXPECT_THAT(write("default", ""), IsOk());
  EXPECT_THAT(write("private", "", {.mode = 0600}), IsOk());
  EXPECT_THAT(write("open", "", {.mode = 0666}), IsOk());
  EXPECT_THAT(write("read_only", "text", {.mode = 0444}), IsOk());
  EXPECT_EQ(::umask(before), mode_t{027});
  EXPECT_EQ(mode_of("default"), 0640U);
  EXPECT_EQ(mode_of("private"), 0600U);
  EXPECT_EQ(mode_of("open"), 0640U);
  EXPECT_EQ(mode_of("read_only"), 0440U);
}

TEST_F(WriteDurablyTest, ReplacesALinkAndNotWhatItLeadsTo) {
  directory_.write("kept", "old");
  directory_.make_link("kept", "link");
  EXPECT_THAT(write("link", "new"), IsOk());
  EXPECT_EQ(directory_.read("kept"), "old");
  EXPECT_EQ(directory_.read("link"), "new");
  struct stat status{};
  ASSERT_EQ(::lstat(directory_.path("link").c_str(), &status), 0);
  EXPECT_TRUE(S_ISREG(status.st_mode));
}

TEST_F(WriteDurablyTest, RefusesALinkLikeAnyOtherFile) {
  directory_.make_link("nowhere", "dangling");
  EXPECT_THAT(write("dangling", "new", {.existing = Existing::kRefuse}),
              HasCode(Code::kAlreadyExists));
  EXPECT_THAT(directory_.list(), ElementsAre("dangling"));
}

TEST_F(WriteDurablyTest, LeavesPipesAndDevicesAlone) {
  directory_.make_pipe("pipe");
  for (const auto existing : {Existing::kReplace, Existing::kRefuse}) {
    EXPECT_THAT(write("pipe", "new", {.existing = existing}), HasCode(Code::kAlreadyExists));
  }
  struct stat status{};
  ASSERT_EQ(::lstat(directory_.path("pipe").c_str(), &status), 0);
  EXPECT_TRUE(S_ISFIFO(status.st_mode));
  EXPECT_THAT(directory_.list(), ElementsAre("pipe"));
}

TEST_F(WriteDurablyTest, FollowsLinksOfTheDirectory) {
  directory_.make_directory("real");
  directory_.make_link("real", "link");
  EXPECT_THAT(write("link/file", "text"), IsOk());
  EXPECT_EQ(directory_.read("real/file"), "text");
}

TEST_F(WriteDurablyTest, TakesTheLongestName) {
  const std::string name(255, 'n');
  EXPECT_THAT(write(name, "text"), IsOk());
  EXPECT_THAT(directory_.list(), ElementsAre(name));
  EXPECT_THAT(write(name + "n", "text"), HasCode(Code::kNameTooLong));
  EXPECT_THAT(directory_.list(), ElementsAre(name));
}

TEST_F(WriteDurablyTest, SaysWhereItCannotWriteAndLeavesNothing) {
  directory_.write("file", "old");
  directory_.make_directory("directory");
  struct Case {
    std::string_view name;
    Code code;
  };
  for (const auto existing : {Existing::kReplace, Existing::kRefuse}) {
    const Code occupied = existing == Existing::kReplace ? Code::kIoError : Code::kAlreadyExists;
    for (const auto& [name, code] :
         {Case{"missing/file", Code::kNotFound}, Case{"file/below", Code::kNotFound},
          Case{"directory", occupied}, Case{"directory/", Code::kUsage},
          Case{"directory/.", Code::kUsage}, Case{"directory/..", Code::kUsage}}) {
      EXPECT_THAT(write(name, "new", {.existing = existing}), HasCode(code)) << name;
      EXPECT_THAT(directory_.list(), ElementsAre("directory", "file")) << name;
      EXPECT_THAT(directory_.list("directory"), IsEmpty()) << name;
    }
  }
  EXPECT_EQ(directory_.read("file"), "old");
}

TEST(WriteDurablyPathTest, RefusesPathsThatNameNoFile) {
  for (const std::string_view path : {"", ".", "..", "/", "a/"}) {
    EXPECT_THAT(write_durably(std::string(path), {}),
                FailsWith(Code::kUsage, "'" + std::string(path) + "' is not the name of a file"));
  }
}

TEST_F(WriteDurablyTest, WritesIntoTheWorkingDirectory) {
  std::vector<char> before(4'096);
  ASSERT_NE(::getcwd(before.data(), before.size()), nullptr);
  ASSERT_EQ(::chdir(directory_.path().c_str()), 0);
  EXPECT_THAT(write_durably("file", bytes_of("text")), IsOk());
  ASSERT_EQ(::chdir(before.data()), 0);
  EXPECT_THAT(directory_.list(), ElementsAre("file"));
}

// A file system that is full, as far as a process can pretend it.
class SizeLimit {
 public:
  explicit SizeLimit(rlim_t bytes) {
    previous_handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &previous_);
    const rlimit limit{bytes, previous_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~SizeLimit() {
    ::setrlimit(RLIMIT_FSIZE, &previous_);
    std::signal(SIGXFSZ, previous_handler_);
  }
  SizeLimit(const SizeLimit&) = delete;
  SizeLimit& operator=(const SizeLimit&) = delete;

 private:
  rlimit previous_{};
  void (*previous_handler_)(int) = nullptr;
};

TEST_F(WriteDurablyTest, AFullDiskLeavesTheOlderFileWhole) {
  directory_.write("file", "old");
  for (const auto existing : {Existing::kReplace, Existing::kRefuse}) {
    const SizeLimit full(4'096);
    EXPECT_THAT(write("file", std::string(10'000, 'x'), {.existing = existing}),
                FailsWith(Code::kIoError, HasSubstr("File too large")));
    EXPECT_THAT(write("fresh", std::string(10'000, 'x'), {.existing = existing}),
                HasCode(Code::kIoError));
  }
  EXPECT_EQ(directory_.read("file"), "old");
  EXPECT_THAT(directory_.list(), ElementsAre("file"));
}

// However many write at once, one of them wins and nobody sees a mixture.
TEST_F(WriteDurablyTest, WritersAtTheSameTimeDoNotMix) {
  std::vector<std::thread> writers;
  for (const char letter : {'a', 'b', 'c', 'd'}) {
    writers.emplace_back([this, letter] {
      for (int i = 0; i < 5; ++i) EXPECT_THAT(write("file", std::string(5'000, letter)), IsOk());
    });
  }
  for (std::thread& writer : writers) writer.join();
  const std::string text = directory_.read("file");
  EXPECT_EQ(text, std::string(5'000, text.at(0)));
  EXPECT_THAT(directory_.list(), ElementsAre("file"));
}

}  // namespace
}  // namespace hallmark::base
