#include "model/bundle_file.h"

#include <filesystem>

#include <fmt/core.h>

#include "hallmark/base/file.h"
#include "hallmark/base/utf8.h"

namespace hallmark::model {

Result<std::string> read_bundle_file(const std::string& path) {
  std::error_code unknown;  // reading tells what is wrong
  if (std::filesystem::is_other(path, unknown) && !path.starts_with("/dev/")) {
    return fail(Code::kIoError,
                fmt::format("signature: expected a regular file at '{}', found a pipe, socket or "
                            "device",
                            base::escape_for_display(path)));
  }
  auto text = base::read_file(path, attest::kLargestBundle);
  if (!text) return fail(std::move(text.error()).within("signature"));
  return text;
}

Result<attest::Bundle> load_bundle(const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string text, read_bundle_file(path));
  auto bundle = attest::decode_bundle(text);
  if (!bundle) return fail(std::move(bundle.error()).within(base::escape_for_display(path)));
  return bundle;
}

}  // namespace hallmark::model
