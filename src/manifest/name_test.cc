#include "hallmark/manifest/name.h"

#include <algorithm>
#include <string>
#include <vector>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "testing/result_matchers.h"

namespace hallmark::manifest {
namespace {

using hallmark::testing::HasCode;
using hallmark::testing::IsOk;

TEST(NameTest, AcceptsPathsBeneathTheRoot) {
  for (const std::string_view name : {"a", "a/b", ".hidden", "..hidden", "...", "a/..b", "a b",
                                      "c:d", "back\\slash", "\n", "模型"}) {
    EXPECT_THAT(check_resource_name(name), IsOk()) << name;
  }
}

TEST(NameTest, RefusesPathsThatAreNotBeneathTheRoot) {
  const std::string nul("a\0b", 3);
  for (const std::string& name :
       {std::string(), std::string("/"), std::string("/a"), std::string("a/"), std::string("a//b"),
        std::string("."), std::string(".."), std::string("./a"), std::string("a/."),
        std::string("a/./b"), std::string("../a"), std::string("a/.."), std::string("a/../b"),
        nul}) {
    EXPECT_THAT(check_resource_name(name), HasCode(Code::kResourceNameInvalid)) << name;
  }
}

TEST(NameTest, RefusesNamesLongerThanAPath) {
  EXPECT_THAT(check_resource_name(std::string(kLongestName, 'a')), IsOk());
  EXPECT_THAT(check_resource_name(std::string(kLongestName + 1, 'a')), HasCode(Code::kNameTooLong));
}

TEST(NameTest, OrdersByCodePointOrByComponent) {
  std::vector<std::string> names = {"a/b", "a-b", "a.txt", "a", "ab", "a/b/c"};
  std::sort(names.begin(), names.end(), code_point_less);
  EXPECT_EQ(names, (std::vector<std::string>{"a", "a-b", "a.txt", "a/b", "a/b/c", "ab"}));
  std::sort(names.begin(), names.end(), component_less);
  EXPECT_EQ(names, (std::vector<std::string>{"a", "a/b", "a/b/c", "a-b", "a.txt", "ab"}));
}

std::vector<std::string> components(const std::string& name) {
  std::vector<std::string> parts(1);
  for (const char c : name) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back().push_back(c);
    }
  }
  return parts;
}

RC_GTEST_PROP(NameTest, ComponentOrderIsThatOfListsOfComponents, ()) {
  const auto text =
      rc::gen::container<std::string>(rc::gen::elementOf(std::string("/-.ab\xc3\xff")));
  const std::string a = *text;
  const std::string b = *text;
  RC_ASSERT(component_less(a, b) == (components(a) < components(b)));
}

}  // namespace
}  // namespace hallmark::manifest
