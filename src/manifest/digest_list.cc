#include "hallmark/manifest/digest_list.h"

#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/shard.h"
#include "manifest/digest_list_forms.h"

namespace hallmark::manifest {
namespace {

Result<void> check_names(const DigestList& list) {
  if (list.resources.empty()) {
    return fail(Code::kResourcesEmpty, "expected digests of files, found none");
  }
  for (const Resource& resource : list.resources) HALLMARK_TRY(check_resource_name(resource.name));
  if (list.shard_size != 0) return check_shard_layout(list.resources, list.shard_size);
  const auto twice =
      std::adjacent_find(list.resources.begin(), list.resources.end(),
                         [](const Resource& a, const Resource& b) { return a.name == b.name; });
  if (twice == list.resources.end()) return {};
  return fail(Code::kResourceNameDuplicate,
              fmt::format("the name '{}' is there twice", base::escape_for_display(twice->name)));
}

}  // namespace

std::string_view to_string(DigestListForm form) {
  switch (form) {
    case DigestListForm::kSums:
      return "sha256sum";
    case DigestListForm::kHallmark:
      return "hallmark-digests/v1";
    case DigestListForm::kOciManifest:
      return "oci-manifest";
  }
  HALLMARK_CHECK(false);
  return {};
}

Result<hash::Digest> parse_digest(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    return fail(Code::kDigestMalformed,
                fmt::format("expected an algorithm, a colon and hex digits, found '{}'",
                            base::escape_for_display(text)));
  }
  HALLMARK_ASSIGN_OR_RETURN(const hash::Algorithm algorithm,
                            hash::parse_registered_algorithm(text.substr(0, colon)));
  return hash::Digest::parse_hex(algorithm, text.substr(colon + 1));
}

Result<void> check_room(std::size_t digests) {
  if (digests < kMostShards) return {};
  return fail(Code::kLimitExceeded, fmt::format("the list has more than {} digests", kMostShards));
}

Result<DigestList> parse_digest_list(std::string_view text) {
  if (text.size() > kLargestDigestList) {
    return fail(Code::kLimitExceeded, fmt::format("expected a list of at most {} bytes, found {}",
                                                  kLargestDigestList, text.size()));
  }
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  const bool json = first != std::string_view::npos && text[first] == '{';
  HALLMARK_ASSIGN_OR_RETURN(DigestList list, json ? read_json_digests(text) : read_sums(text));
  std::sort(list.resources.begin(), list.resources.end(), statement_order);
  HALLMARK_TRY(check_names(list));
  return list;
}

}  // namespace hallmark::manifest
