#include "hallmark/base/directory.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::base {
namespace {

using hallmark::testing::FailsWith;
using hallmark::testing::HasCode;
using hallmark::testing::IsOk;
using hallmark::testing::IsOkWith;
using hallmark::testing::TemporaryDirectory;
using ::testing::HasSubstr;
using ::testing::UnorderedElementsAre;

enum class Resolution : std::uint8_t { kKernel, kComponentWalk };

std::string name_of_resolution(const ::testing::TestParamInfo<Resolution>& info) {
  return info.param == Resolution::kKernel ? "Kernel" : "ComponentWalk";
}

// A model with a neighbour whose name begins with the same letters.
class DirectoryTest : public ::testing::TestWithParam<Resolution> {
 protected:
  DirectoryTest() {
    outer_.write("secret", "outside");
    outer_.write("model2/file", "neighbour");
    outer_.write("model/config", "config");
    outer_.write("model/weights/part/1", "one");
    outer_.write("model/weights/2", "two");
  }

  Directory model() const { return open(outer_.path("model")); }

  static Directory open(const std::string& path) {
    Directory directory = Directory::open(path).value();
    if (GetParam() == Resolution::kComponentWalk) directory.force_component_walk();
    return directory;
  }

  void link(const std::string& target, const std::string& name) const {
    outer_.make_link(target, "model/" + name);
  }

  TemporaryDirectory outer_;
};

INSTANTIATE_TEST_SUITE_P(Both, DirectoryTest,
                         ::testing::Values(Resolution::kKernel, Resolution::kComponentWalk),
                         name_of_resolution);

Result<std::string> contents(const Directory& directory, std::string_view relative) {
  HALLMARK_ASSIGN_OR_RETURN(const FileDescriptor file, directory.open_file(relative));
  std::array<std::uint8_t, 64> buffer{};
  HALLMARK_ASSIGN_OR_RETURN(const std::size_t count, read_at(file, 0, buffer, relative));
  return std::string(text_of(buffer).substr(0, count));
}

TEST_P(DirectoryTest, OpensFilesAtEveryDepth) {
  EXPECT_THAT(contents(model(), "config"), IsOkWith(std::string("config")));
  EXPECT_THAT(contents(model(), "weights/2"), IsOkWith(std::string("two")));
  EXPECT_THAT(contents(model(), "weights/part/1"), IsOkWith(std::string("one")));
}

TEST_P(DirectoryTest, OpensDirectoriesThatOpenFiles) {
  const auto weights = model().open_directory("weights");
  ASSERT_THAT(weights, IsOk());
  EXPECT_EQ(weights->path(), outer_.path("model/weights"));
  EXPECT_THAT(contents(*weights, "part/1"), IsOkWith(std::string("one")));
  const auto part = weights->open_directory("part");
  ASSERT_THAT(part, IsOk());
  EXPECT_THAT(contents(*part, "1"), IsOkWith(std::string("one")));
  EXPECT_THAT(contents(model().open_directory("").value(), "config"), IsOk());
}

TEST_P(DirectoryTest, SaysWhatIsNotThere) {
  EXPECT_THAT(model().open_file("missing"),
              FailsWith(Code::kNotFound,
                        HasSubstr(outer_.path("model/missing") + "': No such file or directory")));
  EXPECT_THAT(model().open_file("missing/file"), HasCode(Code::kNotFound));
  EXPECT_THAT(model().open_file("config/file"), HasCode(Code::kNotFound));
  EXPECT_THAT(model().open_directory("missing"), HasCode(Code::kNotFound));
  EXPECT_THAT(model().open_directory("config"), HasCode(Code::kNotFound));
  EXPECT_THAT(model().status("missing"), HasCode(Code::kNotFound));
  EXPECT_THAT(model().status("missing/file"), HasCode(Code::kNotFound));
  EXPECT_THAT(model().open_file(std::string(256, 'n')), HasCode(Code::kNameTooLong));
  EXPECT_THAT(model().open_directory("weights/" + std::string(256, 'n')),
              HasCode(Code::kNameTooLong));
}

TEST_P(DirectoryTest, RefusesPathsThatAreNotPlain) {
  using namespace std::string_view_literals;
  for (const std::string_view relative :
       {".."sv, "../secret"sv, "weights/../config"sv, "weights/.."sv, "../model/config"sv, "."sv,
        "./config"sv, "weights/./2"sv, "/etc/hostname"sv, "/"sv, "weights/"sv, "weights//2"sv,
        "config\0x"sv, "\0"sv}) {
    EXPECT_THAT(model().open_file(relative), HasCode(Code::kUsage)) << relative;
    EXPECT_THAT(model().open_directory(relative), HasCode(Code::kUsage)) << relative;
    EXPECT_THAT(model().status(relative), HasCode(Code::kUsage)) << relative;
    EXPECT_THAT(model().resolve_link(relative), HasCode(Code::kUsage)) << relative;
  }
  outer_.write("model/..hidden", "fine");
  EXPECT_THAT(contents(model(), "..hidden"), IsOkWith(std::string("fine")));
}

TEST_P(DirectoryTest, RefusesLinksWhereverTheyStand) {
  link("config", "to_file");
  link("weights", "to_directory");
  link("part", "weights/to_part");
  link("../secret", "to_outside");
  link("..", "to_parent");
  link("nowhere", "to_nothing");
  link("/", "to_root");
  for (const std::string_view relative :
       {"to_file", "to_directory", "to_directory/2", "to_outside", "to_parent/secret",
        "weights/to_part/1", "to_nothing", "to_nothing/below", "to_root/etc/hostname",
        "to_directory/part/1"}) {
    EXPECT_THAT(model().open_file(relative), HasCode(Code::kSymlinkRefused)) << relative;
  }
  for (const std::string_view relative : {"to_directory", "to_directory/part", "weights/to_part",
                                          "to_parent", "to_root/etc", "to_file", "to_nothing"}) {
    EXPECT_THAT(model().open_directory(relative), HasCode(Code::kSymlinkRefused)) << relative;
  }
  EXPECT_THAT(model().status("to_directory/2"), HasCode(Code::kSymlinkRefused));
  EXPECT_THAT(model().status("to_parent/secret"), HasCode(Code::kSymlinkRefused));
}

TEST_P(DirectoryTest, RefusesWhatIsNoRegularFileWithoutWaiting) {
  outer_.make_pipe("model/pipe");
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string socket = outer_.path("model/socket");
  ASSERT_LT(socket.size(), sizeof(address.sun_path));
  std::memcpy(address.sun_path, socket.c_str(), socket.size());
  ASSERT_EQ(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof(address)), 0);
  for (const std::string_view relative : {"pipe", "socket", "weights", "weights/part", ""}) {
    EXPECT_THAT(model().open_file(relative),
                FailsWith(Code::kSpecialFile, HasSubstr("expected a regular file at '")))
        << relative;
  }
  ::close(listener);
  EXPECT_THAT(model().open_directory("pipe"), HasCode(Code::kNotFound));
}

TEST_P(DirectoryTest, RefusesDevices) {
  EXPECT_THAT(open("/dev").open_file("null"), HasCode(Code::kSpecialFile));
  EXPECT_THAT(open("/").open_file("dev/zero"), HasCode(Code::kSpecialFile));
}

TEST_P(DirectoryTest, TellsTheStatusOfLinksThemselves) {
  link("nowhere", "link");
  outer_.make_pipe("model/pipe");
  EXPECT_EQ(model().status("link").value().type, FileType::kSymlink);
  EXPECT_EQ(model().status("pipe").value().type, FileType::kSpecial);
  EXPECT_EQ(model().status("weights").value().type, FileType::kDirectory);
  EXPECT_EQ(model().status("").value().type, FileType::kDirectory);
  const auto file = model().status("weights/part/1");
  ASSERT_THAT(file, IsOk());
  EXPECT_EQ(file->type, FileType::kRegular);
  EXPECT_EQ(file->size, 3U);
}

TEST_P(DirectoryTest, IsNotLedAwayByADirectorySwappedForALink) {
  const Directory root = model();
  const Directory weights = root.open_directory("weights").value();
  ASSERT_EQ(std::rename(outer_.path("model/weights").c_str(), outer_.path("moved").c_str()), 0);
  link("../model2", "weights");
  // What is open stays the directory it was; the name does not lead through the link.
  EXPECT_THAT(contents(weights, "2"), IsOkWith(std::string("two")));
  EXPECT_THAT(weights.open_file("file"), HasCode(Code::kNotFound));
  EXPECT_THAT(root.open_file("weights/file"), HasCode(Code::kSymlinkRefused));
  EXPECT_THAT(root.open_directory("weights"), HasCode(Code::kSymlinkRefused));
}

TEST_P(DirectoryTest, StaysTheSameWhenItsOwnPathIsSwapped) {
  const Directory root = model();
  ASSERT_EQ(std::rename(outer_.path("model").c_str(), outer_.path("moved").c_str()), 0);
  outer_.make_link("model2", "model");
  EXPECT_THAT(contents(root, "config"), IsOkWith(std::string("config")));
  EXPECT_THAT(root.open_file("file"), HasCode(Code::kNotFound));
}

TEST_P(DirectoryTest, FollowsLinksInThePathThatTheUserNamed) {
  outer_.make_link("model", "link");
  EXPECT_THAT(contents(open(outer_.path("link")), "config"), IsOkWith(std::string("config")));
  EXPECT_THAT(contents(open(outer_.path("link") + "/"), "weights/2"), IsOkWith(std::string("two")));
  EXPECT_THAT(Directory::open(outer_.path("missing")), HasCode(Code::kNotFound));
  EXPECT_THAT(Directory::open(outer_.path("secret")), HasCode(Code::kNotFound));
  EXPECT_THAT(Directory::open(""), HasCode(Code::kNotFound));
  outer_.make_link("circle", "circle");
  EXPECT_THAT(Directory::open(outer_.path("circle")), HasCode(Code::kIoError));
}

TEST_P(DirectoryTest, ListsEntriesWithTheirTypes) {
  link("nowhere", "link");
  outer_.make_pipe("model/pipe");
  outer_.write("model/not utf8 \xff", "");
  outer_.write("model/.hidden", "");
  const std::vector<DirectoryEntry> entries = model().entries().value();
  std::vector<std::pair<std::string, FileType>> found;
  found.reserve(entries.size());
  for (const DirectoryEntry& entry : entries) found.emplace_back(entry.name, entry.type);
  EXPECT_THAT(found,
              UnorderedElementsAre(std::pair(std::string("config"), FileType::kRegular),
                                   std::pair(std::string("weights"), FileType::kDirectory),
                                   std::pair(std::string("link"), FileType::kSymlink),
                                   std::pair(std::string("pipe"), FileType::kSpecial),
                                   std::pair(std::string("not utf8 \xff"), FileType::kRegular),
                                   std::pair(std::string(".hidden"), FileType::kRegular)));
}

TEST_P(DirectoryTest, ListsTwiceAndListsTheEmpty) {
  const Directory root = model();
  EXPECT_EQ(root.entries().value().size(), 2U);
  EXPECT_EQ(root.entries().value().size(), 2U);
  outer_.make_directory("model/empty");
  EXPECT_TRUE(root.open_directory("empty").value().entries().value().empty());
}

TEST_P(DirectoryTest, ResolvesLinksThatStayInside) {
  link("config", "same_level");
  link("../config", "weights/up");
  link("../../config", "weights/part/up_twice");
  link("weights/part/../2", "through_dots");
  link("weights", "to_directory");
  link("to_directory/2", "through_link");
  link("same_level", "link_to_link");
  link(outer_.path("model/weights/2"), "absolute");
  link("../model/config", "out_and_back");
  link(".", "itself");
  struct Case {
    std::string_view link;
    std::string_view target;
  };
  const Case cases[] = {
      {"same_level", "config"},
      {"weights/up", "config"},
      {"weights/part/up_twice", "config"},
      {"through_dots", "weights/2"},
      {"to_directory", "weights"},
      {"through_link", "weights/2"},
      {"link_to_link", "config"},
      {"absolute", "weights/2"},
      {"out_and_back", "config"},
      {"itself", ""},
      {"to_directory/part/1", "weights/part/1"},
      {"config", "config"},
      {"", ""},
  };
  for (const auto& [name, target] : cases) {
    EXPECT_THAT(model().resolve_link(name), IsOkWith(std::string(target))) << name;
  }
}

TEST_P(DirectoryTest, RefusesLinksThatLeadOutside) {
  link("../secret", "up");
  link("../../../../../../../../etc", "far_up");
  link("..", "parent");
  link("/", "root");
  link("/dev/null", "device");
  link("../model2", "neighbour");
  link("../model2/file", "neighbour_file");
  link("neighbour/file", "through_neighbour");
  for (const std::string_view name : {"up", "far_up", "parent", "root", "device", "neighbour",
                                      "neighbour_file", "through_neighbour", "parent/secret"}) {
    EXPECT_THAT(model().resolve_link(name), HasCode(Code::kSymlinkOutside)) << name;
  }
  EXPECT_THAT(model().resolve_link("up"),
              FailsWith(Code::kSymlinkOutside,
                        HasSubstr("leads outside the model, to '" + outer_.path("secret") + "'")));
}

TEST_P(DirectoryTest, RefusesLinksThatLeadNowhere) {
  link("missing", "dangling");
  link("config/below", "through_file");
  link("../missing", "outside_dangling");
  link("self", "self");
  link("b", "a");
  link("a", "b");
  for (const std::string_view name : {"dangling", "through_file", "outside_dangling"}) {
    EXPECT_THAT(model().resolve_link(name), HasCode(Code::kSymlinkDangling)) << name;
  }
  for (const std::string_view name : {"self", "a", "b"}) {
    EXPECT_THAT(model().resolve_link(name), HasCode(Code::kSymlinkCycle)) << name;
  }
}

TEST_P(DirectoryTest, ResolvesLinksOfTheWholeFileSystem) {
  EXPECT_THAT(open("/").resolve_link("dev/null"), IsOkWith(std::string("dev/null")));
  EXPECT_THAT(open("/").open_file("missing"), FailsWith(Code::kNotFound, HasSubstr("'/missing'")));
}

// The same questions to both ways of resolving must have the same answers.
TEST(DirectoryResolutionTest, BothWaysAgreeOnEveryShortPath) {
  const TemporaryDirectory outer;
  outer.write("root/d/f", "x");
  outer.make_link("d", "root/l");
  outer.make_link("f", "root/d/m");
  outer.make_pipe("root/p");
  const Directory kernel = Directory::open(outer.path("root")).value();
  Directory walk = Directory::open(outer.path("root")).value();
  walk.force_component_walk();
  const auto code_of = [](const auto& result) {
    return result ? std::string("ok") : std::string(name_of(result.error().code));
  };
  const std::vector<std::string> names = {"d", "f", "l", "m", "p", "", ".", "..", "missing"};
  for (const auto& a : names) {
    for (const auto& b : names) {
      for (const std::string& path :
           {a, fmt::format("{}/{}", a, b), fmt::format("{}/{}/f", a, b)}) {
        EXPECT_EQ(code_of(kernel.open_file(path)), code_of(walk.open_file(path))) << path;
        EXPECT_EQ(code_of(kernel.open_directory(path)), code_of(walk.open_directory(path))) << path;
        EXPECT_EQ(code_of(kernel.status(path)), code_of(walk.status(path))) << path;
      }
    }
  }
}

}  // namespace
}  // namespace hallmark::base
