#include "cli/report.h"

#include <algorithm>
#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

#include "hallmark/hash/hasher.h"
#include "testing/golden.h"

namespace hallmark::cli {
namespace {

using manifest::Difference;
using manifest::DifferenceKind;

hash::Digest digest_of(std::string_view text) {
  return hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(text));
}

std::vector<Difference> one_of_each() {
  return {{DifferenceKind::kChanged, "a\nb", std::nullopt, digest_of("1"), digest_of("2"), {}},
          {DifferenceKind::kExtra, "extra", std::nullopt, std::nullopt, digest_of("3"), {}},
          {DifferenceKind::kMissing, "missing", std::nullopt, digest_of("4"), std::nullopt, {}},
          {DifferenceKind::kRenamed, "old", "new", digest_of("5"), digest_of("5"), {}},
          {DifferenceKind::kChanged, "shards", {}, {}, {}, {{0, 8}, {16, 20}}}};
}

CommandReport judged(std::optional<Error> problem) {
  CommandReport report;
  report.judges = true;
  report.message = "fine";
  report.problem = std::move(problem);
  report.members = {{"differences", differences_as_json(one_of_each())}};
  return report;
}

TEST(ReportTest, GivesOneExitCodeAnOutcome) {
  EXPECT_EQ(exit_code(std::nullopt), 0);
  EXPECT_EQ(exit_code(Error{Code::kModelDiffers, ""}), 1);
  EXPECT_EQ(exit_code(Error{Code::kJsonSyntax, ""}), 1);
  EXPECT_EQ(exit_code(Error{Code::kUsage, ""}), 2);
  EXPECT_EQ(exit_code(Error{Code::kPathOutsideModel, ""}), 2);
  EXPECT_EQ(exit_code(Error{Code::kFileChanged, ""}), 3);
  EXPECT_EQ(exit_code(Error{Code::kInternal, ""}), 3);
}

TEST(ReportTest, WritesTheSameJsonForTheSameReport) {
  hallmark::testing::expect_golden(
      "reports/rejected.json",
      report_as_json("verify key", judged(Error{Code::kModelDiffers, "it differs"}), {"careful"}));
  hallmark::testing::expect_golden("reports/verified.json",
                                   report_as_json("verify key", judged(std::nullopt), {}));
}

TEST(ReportTest, HasAVerdictOnlyWhereSomethingIsJudged) {
  const auto verdict = [](const CommandReport& report) {
    const auto json = base::parse_json(report_as_json("x", report, {}));
    const base::JsonValue* value = json->find("verdict");
    return value->is_null() ? "null" : *value->get_if<std::string>();
  };
  EXPECT_EQ(verdict(judged(std::nullopt)), "verified");
  EXPECT_EQ(verdict(judged(Error{Code::kSignatureInvalid, ""})), "rejected");
  EXPECT_EQ(verdict(judged(Error{Code::kIoError, ""})), "undecided");
  EXPECT_EQ(verdict(judged(Error{Code::kUsage, ""})), "null");
  EXPECT_EQ(verdict(CommandReport{}), "null");
}

TEST(ReportTest, EscapesNamesForPeople) {
  const std::string text = differences_as_text(one_of_each());
  EXPECT_NE(text.find("changed  a\\nb\n"), std::string::npos);
  EXPECT_NE(text.find("renamed  old -> new\n"), std::string::npos);
}

TEST(ReportTest, TellsBytesThatDifferWithTheLastOneCountedIn) {
  const std::string text = differences_as_text(one_of_each());
  EXPECT_NE(text.find("changed  shards\n         bytes 0-7, 16-19\n"), std::string::npos);
  Difference many{DifferenceKind::kChanged, "many", {}, {}, {}, {}};
  for (std::uint64_t i = 0; i < 25; ++i) many.ranges.push_back({2 * i, 2 * i + 1});
  EXPECT_NE(differences_as_text({many}).find(", 38-38 and 5 more ranges\n"), std::string::npos);
}

TEST(ReportTest, NamesFilesWithoutShardUpToSomeNumber) {
  EXPECT_EQ(files_without_shard_as_text({}, "not signed"), "");
  EXPECT_EQ(files_without_shard_as_text({"a\nb"}, "not signed"),
            "note      a\\nb is empty and has no shard: not signed\n");
  const std::string text = files_without_shard_as_text(std::vector<std::string>(23, "e"), "x");
  EXPECT_TRUE(text.ends_with("note      and 3 more empty files\n"));
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 21);
}

// Every reason code is documented, and the document has no other.
TEST(ReportTest, DocumentsEveryReason) {
  std::ifstream document(HALLMARK_SOURCE_DIR "/docs/formats/report.md");
  std::stringstream text;
  text << document.rdbuf();
  std::ifstream source(HALLMARK_SOURCE_DIR "/src/base/error.cc");
  int reasons = 0;
  for (std::string line; std::getline(source, line);) {
    const std::size_t start = line.find("{Code::k");
    if (start == std::string::npos) continue;
    const std::size_t quote = line.find('"');
    const std::string name = line.substr(quote + 1, line.rfind('"') - quote - 1);
    EXPECT_NE(text.str().find("`" + name + "`"), std::string::npos) << name;
    ++reasons;
  }
  EXPECT_GT(reasons, 60);
}

}  // namespace
}  // namespace hallmark::cli
