#include "crypto/pkcs11/module_path.h"

#include <algorithm>

#include <gtest/gtest.h>

#include "testing/result_matchers.h"
#include "testing/temporary_directory.h"

namespace hallmark::crypto::pkcs11 {
namespace {

using ::hallmark::testing::FailsWith;
using ::hallmark::testing::HasCode;
using ::hallmark::testing::IsOkWith;
using ::hallmark::testing::TemporaryDirectory;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;

Pkcs11Uri uri(const std::string& query) { return *Pkcs11Uri::parse("pkcs11:?" + query); }

// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): GoogleTest destroys it by its base
class ModulePathTest : public ::testing::Test {
 protected:
  Result<std::string> find(std::string_view name) const {
    const std::vector<std::string> folders{directory_.path("one"), directory_.path("two")};
    return find_named_module(name, folders);
  }

  TemporaryDirectory directory_;
};

TEST_F(ModulePathTest, FindsNamesWithAndWithoutWhatSurroundsThem) {
  directory_.write("two/whole.so.2", "");
  directory_.write("two/suffix.so", "");
  directory_.write("two/libboth.so", "");
  EXPECT_THAT(find("whole.so.2"), IsOkWith(directory_.path("two/whole.so.2")));
  EXPECT_THAT(find("suffix"), IsOkWith(directory_.path("two/suffix.so")));
  EXPECT_THAT(find("both"), IsOkWith(directory_.path("two/libboth.so")));
  EXPECT_THAT(find("Both"), IsOkWith(directory_.path("two/libboth.so")));
}

TEST_F(ModulePathTest, TakesTheFirstFolderThatHasIt) {
  directory_.write("two/libm.so", "");
  EXPECT_THAT(find("m"), IsOkWith(directory_.path("two/libm.so")));
  directory_.write("one/libm.so", "");
  EXPECT_THAT(find("m"), IsOkWith(directory_.path("one/libm.so")));
}

TEST_F(ModulePathTest, FindsNoPartOfAName) {
  directory_.write("one/libmodule.so", "");
  for (const char* name : {"mod", "libmod", "ule", "odule"}) {
    EXPECT_THAT(find(name), HasCode(Code::kTokenModuleUnusable)) << name;
  }
}

TEST_F(ModulePathTest, TakesFilesAlone) {
  directory_.make_directory("one/m.so");
  directory_.make_directory("two");
  directory_.make_pipe("two/m.so");
  EXPECT_THAT(find("m"),
              FailsWith(Code::kTokenModuleUnusable,
                        HasSubstr(directory_.path("one") + ", " + directory_.path("two"))));
}

TEST_F(ModulePathTest, FollowsLinksToFiles) {
  directory_.write("real.so", "");
  directory_.make_directory("one");
  directory_.make_link("../real.so", "one/link.so");
  EXPECT_THAT(find("link"), IsOkWith(directory_.path("one/link.so")));
}

TEST_F(ModulePathTest, TakesAPathAsItIs) {
  directory_.write("m.so", "");
  EXPECT_THAT(find_module(uri("module-path=" + directory_.path("m.so"))),
              IsOkWith(directory_.path("m.so")));
  EXPECT_THAT(find_module(uri("module-path=" + directory_.path("none.so"))),
              FailsWith(Code::kTokenModuleUnusable, HasSubstr("there is no such file")));
  EXPECT_THAT(find_module(uri("module-path=" + directory_.path())),
              FailsWith(Code::kTokenModuleUnusable, HasSubstr("there is no module-name")));
}

TEST_F(ModulePathTest, LooksForANameInTheFolderOfAPath) {
  directory_.write("libm.so", "");
  const std::string path = "module-path=" + directory_.path();
  EXPECT_THAT(find_module(uri(path + "&module-name=m")), IsOkWith(directory_.path("libm.so")));
  EXPECT_THAT(find_module(uri(path + "&module-name=softhsm2")),
              HasCode(Code::kTokenModuleUnusable));
  EXPECT_THAT(find_module(uri(path + "/libm.so&module-name=m")),
              FailsWith(Code::kTokenModuleUnusable, HasSubstr("expected a folder")));
}

TEST_F(ModulePathTest, NamesTheFoldersOfTheSystem) {
  EXPECT_THAT(
      find_module(uri("module-name=no-such-module")),
      FailsWith(Code::kTokenModuleUnusable, HasSubstr("/usr/lib64/pkcs11, /usr/lib/pkcs11")));
}

TEST_F(ModulePathTest, LooksAmongAllLibrariesForTheProxyAlone) {
  EXPECT_THAT(system_folders(kProxyName), Contains("/usr/lib"));
  EXPECT_THAT(system_folders("softhsm2"), Not(Contains("/usr/lib")));
  EXPECT_THAT(system_folders("softhsm2"), Contains("/usr/lib/softhsm"));
}

}  // namespace
}  // namespace hallmark::crypto::pkcs11
