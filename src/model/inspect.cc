#include "hallmark/model/inspect.h"

#include "hallmark/base/utf8.h"
#include "model/bundle_file.h"

namespace hallmark::model {

Result<UnverifiedContents> inspect_signature(const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(attest::Bundle bundle, load_bundle(path));
  auto statement = attest::decode_statement(bundle.envelope.payload);
  if (!statement) {
    return fail(std::move(statement.error()).within(base::escape_for_display(path) + ": payload"));
  }
  return UnverifiedContents{std::move(bundle), *std::move(statement)};
}

}  // namespace hallmark::model
