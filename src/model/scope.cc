#include "model/scope.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::model {
namespace {

bool covers_some(const std::string& path, std::span<const manifest::Resource> resources) {
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

Result<std::optional<manifest::IgnoreRules>> paths_asked_for(
    const manifest::ModelTree& tree, const VerifyScope& scope,
    std::span<const manifest::Resource> signed_resources) {
  if (scope.only.empty()) return std::nullopt;
  manifest::IgnoreRules only;
  for (const std::string& path : scope.only) {
    HALLMARK_ASSIGN_OR_RETURN(std::string inside, manifest::name_in_model(tree.real_path(), path));
    if (!covers_some(inside, signed_resources)) {
      return fail(Code::kPathNotSigned,
                  fmt::format("nothing at '{}' was signed", base::escape_for_display(inside)));
    }
    only.add(std::move(inside));
  }
  return only;
}

}  // namespace hallmark::model
