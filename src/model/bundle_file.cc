#include "model/bundle_file.h"

#include <filesystem>

#include <fmt/core.h>

#include "hallmark/base/file.h"
#include "hallmark/base/json.h"
#include "hallmark/base/utf8.h"

namespace hallmark::model {
namespace {

// Others may write elsewhere below /dev: /dev/shm is a usual place for models.
bool is_passed_on(const std::string& path) {
  return path == "/dev/stdin" || path.starts_with("/dev/fd/");
}

}  // namespace

bool looks_like_bundle(const std::string& text) {
  const auto document = base::parse_json(text, {.max_bytes = attest::kLargestBundle});
  return document && document->find("mediaType") != nullptr &&
         document->find("dsseEnvelope") != nullptr;
}

Result<std::string> read_bundle_file(const std::string& path) {
  std::error_code unknown;  // reading tells what is wrong
  if (!is_passed_on(path) && std::filesystem::is_other(path, unknown)) {
    return fail(Code::kIoError,
                fmt::format("signature: expected a regular file at '{}', found a pipe, socket or "
                            "device",
                            base::escape_for_display(path)));
  }
  // Whoever can write there may have put a pipe in its place by now.
  auto text = is_passed_on(path) ? base::read_file(path, attest::kLargestBundle)
                                 : base::read_regular_file(path, attest::kLargestBundle);
  if (!text) return fail(std::move(text.error()).within("signature"));
  return text;
}

Result<void> check_replaceable(const std::string& path, EmptyFile empty) {
  if (path.ends_with('/')) {
    return fail(Code::kUsage, fmt::format("the signature '{}' is not the name of a file",
                                          base::escape_for_display(path)));
  }
  std::error_code unknown;
  if (std::filesystem::is_other(path, unknown)) {  // to read a pipe is to wait for its writer
    return fail(Code::kAlreadyExists, fmt::format("'{}' exists and is not a regular file",
                                                  base::escape_for_display(path)));
  }
  const auto text = read_bundle_file(path);
  if (!text) {
    if (text.error().code == Code::kNotFound) return {};
    return fail(text.error());
  }
  if (text->empty() ? empty == EmptyFile::kReplaced : looks_like_bundle(*text)) return {};
  return fail(Code::kAlreadyExists,
              fmt::format("'{}' exists and is not a signature", base::escape_for_display(path)));
}

Result<attest::Bundle> load_bundle(const std::string& path) {
  HALLMARK_ASSIGN_OR_RETURN(const std::string text, read_bundle_file(path));
  auto bundle = attest::decode_bundle(text);
  if (!bundle) return fail(std::move(bundle.error()).within(base::escape_for_display(path)));
  return bundle;
}

}  // namespace hallmark::model
