// A list that is accepted names distinct files beneath a model, in order, with digests of one
// algorithm, and is the same when it is written in Hallmark's own form and read again.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "hallmark/base/json_writer.h"
#include "hallmark/base/utf8.h"
#include "hallmark/manifest/digest_list.h"
#include "hallmark/manifest/name.h"
#include "hallmark/manifest/shard.h"

namespace hallmark::manifest {
namespace {

std::string encode(const DigestList& list) {
  base::JsonArray resources;
  for (const Resource& resource : list.resources) {
    base::JsonObject object{{"name", resource.name}, {"digest", resource.digest.to_string()}};
    if (list.shard_size != 0) {
      object.emplace_back("start", resource.shard.start);
      object.emplace_back("end", resource.shard.end);
    }
    resources.emplace_back(std::move(object));
  }
  const base::JsonValue shard_size =
      list.shard_size != 0 ? base::JsonValue(list.shard_size) : base::JsonValue(nullptr);
  return base::write_json_indented(
      base::JsonObject{{"schema", "hallmark-digests/v1"},
                       {"hash_algorithm", hash::to_string(list.algorithm)},
                       {"shard_size", shard_size},
                       {"resources", std::move(resources)}});
}

void check(const DigestList& list) {
  HALLMARK_CHECK(!list.resources.empty());
  HALLMARK_CHECK(hash::is_registered(list.algorithm));
  HALLMARK_CHECK(std::is_sorted(list.resources.begin(), list.resources.end(), statement_order));
  std::string before;
  for (const Resource& resource : list.resources) {
    HALLMARK_CHECK(check_resource_name(resource.name));
    HALLMARK_CHECK(base::is_utf8(resource.name));
    HALLMARK_CHECK(resource.digest.algorithm() == list.algorithm);
    const std::string name = name_in_statement(resource);
    HALLMARK_CHECK(name != before);
    before = name;
  }
  const auto again = parse_digest_list(encode(list));
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(again->form == DigestListForm::kHallmark);
  HALLMARK_CHECK(again->algorithm == list.algorithm && again->shard_size == list.shard_size);
  HALLMARK_CHECK(again->resources == list.resources);
}

}  // namespace
}  // namespace hallmark::manifest

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  if (const auto list = manifest::parse_digest_list(text_of({data, size}))) {
    manifest::check(*list);
  } else {
    const Error& error = list.error();
    HALLMARK_CHECK(error.code == Code::kDigestListUnreadable ||
                   failure_of(error.code) == Failure::kRejected);
    HALLMARK_CHECK(base::is_utf8(error.message));
  }
  return 0;
}
