#include "hallmark/model/inspect.h"

#include "hallmark/base/file.h"
#include "hallmark/base/utf8.h"

namespace hallmark::model {

Result<UnverifiedContents> inspect_signature(const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string text, base::read_file(path, attest::kLargestBundle));
  const std::string shown = base::escape_for_display(path);
  auto bundle = attest::decode_bundle(text);
  if (!bundle) return fail(std::move(bundle.error()).within(shown));
  auto statement = attest::decode_statement(bundle->envelope.payload);
  if (!statement) return fail(std::move(statement.error()).within(shown + ": payload"));
  return UnverifiedContents{*std::move(bundle), *std::move(statement)};
}

}  // namespace hallmark::model
