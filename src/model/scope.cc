#include "model/scope.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::model {
namespace {

bool covers_some(const std::string& path, const std::vector<manifest::Resource>& resources) {
  manifest::IgnoreRules rules;
  rules.add(path);
  return std::any_of(resources.begin(), resources.end(), [&](const manifest::Resource& resource) {
    return rules.covers(resource.name);
  });
}

}  // namespace

Result<void> check_root_digest(const VerifyScope& scope, const hash::Digest& signed_digest) {
  if (!scope.root_digest || *scope.root_digest == signed_digest) return {};
  return fail(Code::kRootDigestUnexpected,
              fmt::format("expected a signature of the model {}, found one of {}",
                          scope.root_digest->to_string(), signed_digest.to_string()));
}

Result<void> check_whole(const VerifyScope& scope) {
  if (scope.only.empty()) return {};
  return fail(Code::kUsage, "a part of a model cannot be verified in an archive, only the whole");
}

Result<void> narrow(const manifest::ModelTree& tree, const VerifyScope& scope,
                    manifest::WalkOptions& walk, std::vector<manifest::Resource>& expected) {
  if (scope.only.empty()) return {};
  manifest::IgnoreRules only;
  for (const std::string& path : scope.only) {
    HALLMARK_ASSIGN_OR_RETURN(std::string inside,
                              manifest::resolve_in_model(tree.real_path(), path));
    if (!covers_some(inside, expected)) {
      return fail(Code::kPathNotSigned,
                  fmt::format("nothing at '{}' was signed", base::escape_for_display(inside)));
    }
    only.add(std::move(inside));
  }
  std::erase_if(expected,
                [&](const manifest::Resource& resource) { return !only.covers(resource.name); });
  walk.only = std::move(only);
  return {};
}

}  // namespace hallmark::model
