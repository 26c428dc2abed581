// Breaks a valid bundle in every place it has: every member removed, given another value, another
// type and written twice, in the bundle and, signed anew, in the statement. Each mutant must be
// refused for the reason that testdata/mutation/expected.txt says; the few that OMS lets a verifier
// accept stand there as "accepted".

#include <algorithm>
#include <functional>
#include <string>
#include <vector>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "hallmark/attest/sign.h"
#include "hallmark/attest/verify.h"
#include "hallmark/base/json.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/hash/hasher.h"
#include "testing/golden.h"
#include "testing/signing_keys.h"

namespace hallmark::attest {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonValue;

struct Mutant {
  std::string what;
  std::string text;
};

// Other values of the same type, and values of every other type.
std::vector<std::pair<std::string, JsonValue>> replacements(const JsonValue& value) {
  std::vector<std::pair<std::string, JsonValue>> others = {
      {"null", nullptr},
      {"true", true},
      {"zero", 0},
      {"minus", -1},
      {"fraction", 0.5},
      {"empty-text", ""},
      {"text", "mutant"},
      {"array", JsonArray{}},
      {"object", JsonObject{}},
      {"nested", JsonArray(1, JsonValue(JsonArray()))}};
  if (const auto* text = value.get_if<std::string>(); text != nullptr && !text->empty()) {
    std::string changed = *text;
    changed.front() = changed.front() == 'A' ? 'B' : 'A';
    others.emplace_back("first-character", changed);
    others.emplace_back("longer", *text + "A");
    others.emplace_back("shorter", text->substr(1));
    others.emplace_back("blank-before", " " + *text);
  }
  if (const bool* flag = value.get_if<bool>()) others.emplace_back("other", !*flag);
  if (const auto* array = value.get_if<JsonArray>(); array != nullptr && !array->empty()) {
    JsonArray twice = *array;
    twice.push_back(twice.back());
    others.emplace_back("last-element-twice", twice);
    others.emplace_back("reversed", JsonArray(array->rbegin(), array->rend()));
  }
  return others;
}

// Walks through a document and makes every mutant of every value in it.
class Mutator {
 public:
  explicit Mutator(JsonValue document) : document_(std::move(document)) {}

  std::vector<Mutant> run() {
    visit(document_, "");
    return std::move(mutants_);
  }

 private:
  void visit(JsonValue& value, const std::string& path) {
    for (auto& [name, other] : replacements(value)) {
      if (!(other == value)) with(value, other, fmt::format("{} {}", path, name));
    }
    if (auto* array = value.get_if<JsonArray>()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        visit((*array)[i], fmt::format("{}/{}", path, i));
      }
    } else if (value.get_if<JsonObject>() != nullptr) {
      visit_members(value, path);
    }
  }

  void visit_members(JsonValue& value, const std::string& path) {
    const JsonObject original = *value.get_if<JsonObject>();
    JsonObject added = original;
    added.emplace_back("mutant", 1);
    with(value, added, path + " unknown-member");
    for (std::size_t i = 0; i < original.size(); ++i) {
      const std::string at = fmt::format("{}/{}", path, original[i].first);
      JsonObject removed = original;
      removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(i));
      with(value, removed, at + " removed");
      JsonObject duplicated = original;
      duplicated.push_back(original[i]);
      with(value, duplicated, at + " duplicated");
      JsonObject renamed = original;
      renamed[i].first += "x";
      with(value, renamed, at + " renamed");
      visit((*value.get_if<JsonObject>())[i].second, at);
    }
  }

  // The whole document as text while one value in it is another.
  void with(JsonValue& value, JsonValue other, const std::string& what) {
    std::swap(value, other);
    mutants_.push_back({what, base::write_json(document_)});
    std::swap(value, other);
  }

  JsonValue document_;
  std::vector<Mutant> mutants_;
};

std::string statement_text() {
  manifest::Manifest manifest;
  manifest.ignore_paths = {".git", "logs"};
  for (const std::string name : {"a.bin", "sub/b.bin"}) {
    manifest.resources.push_back(
        {name, hash::hash_bytes(hash::Algorithm::kSha256, bytes_of(name))});
  }
  return encode_statement("model", manifest);
}

using Verify = std::function<Result<VerifiedStatement>(const Bundle&)>;

std::string outcome(const Result<VerifiedStatement>& verified) {
  return verified ? "accepted" : std::string(name_of(verified.error().code));
}

std::string lines_of_bundle(const std::string& kind, const Bundle& good, const Verify& verify) {
  std::string lines;
  for (const Mutant& mutant : Mutator(base::parse_json(encode_bundle(good)).value()).run()) {
    const auto bundle = decode_bundle(mutant.text);
    const std::string found =
        bundle ? outcome(verify(*bundle)) : std::string(name_of(bundle.error().code));
    lines += fmt::format("{} {}: {}\n", kind, mutant.what, found);
  }
  return lines;
}

std::string lines_of_statement(const Verify& verify) {
  crypto::PrivateKeySigner signer = hallmark::testing::signer("p256");
  std::string lines;
  for (const Mutant& mutant : Mutator(base::parse_json(statement_text()).value()).run()) {
    const auto bundle = sign_with_key(mutant.text, signer).value();
    lines += fmt::format("statement {}: {}\n", mutant.what, outcome(verify(bundle)));
  }
  return lines;
}

TEST(MutationTest, RefusesEveryMutantForItsReason) {
  base::CollectingLog log;
  const Verify with_key = [&](const Bundle& bundle) {
    return verify_with_key(bundle, hallmark::testing::public_key("p256"), log);
  };
  const Verify with_root = [&](const Bundle& bundle) {
    return verify_with_certificate(bundle, {hallmark::testing::test_anchors(), {}},
                                   hallmark::testing::kTestTime, log);
  };
  // Committed signatures: the length of a fresh one, and so its base64, changes from run to run.
  const Bundle key = hallmark::testing::bundle("key-p256");
  const Bundle chain = hallmark::testing::bundle("certificate-p256");
  const std::string lines = lines_of_bundle("key", key, with_key) +
                            lines_of_bundle("chain", chain, with_root) +
                            lines_of_statement(with_key);
  EXPECT_GE(std::count(lines.begin(), lines.end(), '\n'), 500);
  hallmark::testing::expect_golden("mutation/expected.txt", lines);
}

}  // namespace
}  // namespace hallmark::attest
