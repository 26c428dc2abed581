#include "model/digest_file.h"

#include "hallmark/base/file.h"
#include "hallmark/base/utf8.h"

namespace hallmark::model {

Result<manifest::DigestList> load_digest_list(const std::string& path) {
  auto text = base::read_file(path, manifest::kLargestDigestList);
  if (!text) return fail(std::move(text.error()).within("digests"));
  auto list = manifest::parse_digest_list(*text);
  if (list) return list;
  Error error = std::move(list.error());
  if (failure_of(error.code) == Failure::kRejected) error.code = Code::kDigestListUnreadable;
  return fail(std::move(error).within(base::escape_for_display(path)));
}

}  // namespace hallmark::model
