#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/bytes.h"
#include "hallmark/base/json_writer.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

// Small, so that inputs of a fuzzer reach them.
constexpr JsonLimits kLimits{.max_bytes = 4'096, .max_depth = 8, .max_values = 64};

struct Size {
  std::size_t depth = 0;
  std::size_t values = 0;
};

void measure(const JsonValue& value, std::size_t depth, Size& size) {
  ++size.values;
  if (const auto* text = value.get_if<std::string>()) HALLMARK_CHECK(is_utf8(*text));
  if (const auto* array = value.get_if<JsonArray>()) {
    size.depth = size.depth > depth ? size.depth : depth + 1;
    for (const JsonValue& element : *array) measure(element, depth + 1, size);
  }
  if (const auto* object = value.get_if<JsonObject>()) {
    size.depth = size.depth > depth ? size.depth : depth + 1;
    for (const auto& [name, member] : *object) {
      HALLMARK_CHECK(value.find(name) == &member);  // names are distinct
      measure(member, depth + 1, size);
    }
  }
}

void check_limits(const JsonValue& value, std::string_view text) {
  Size size;
  measure(value, 0, size);
  HALLMARK_CHECK(text.size() <= kLimits.max_bytes);
  HALLMARK_CHECK(size.depth <= kLimits.max_depth);
  HALLMARK_CHECK(size.values <= kLimits.max_values);
}

void check_writing(const JsonValue& value) {
  const auto again = parse_json(write_json(value));
  HALLMARK_CHECK(again.has_value());
  HALLMARK_CHECK(*again == value);
  const auto indented = parse_json(write_json_indented(value));
  HALLMARK_CHECK(indented.has_value());
  HALLMARK_CHECK(*indented == value);
}

// Large numbers may be refused at each step, as canonical JSON spells them all as integers.
void check_canonical(const JsonValue& value) {
  const auto text = write_canonical_json(value);
  if (!text) {
    HALLMARK_CHECK(text.error().code == Code::kJsonNumberRange);
    return;
  }
  const auto parsed = parse_json(*text);
  if (!parsed) {
    HALLMARK_CHECK(parsed.error().code == Code::kJsonNumberRange);
    return;
  }
  const auto again = write_canonical_json(*parsed);
  HALLMARK_CHECK(again ? *again == *text : again.error().code == Code::kJsonNumberRange);
}

// An array that is handed over element by element is the array that would have been kept.
void check_streaming(const JsonValue& value, std::string_view text) {
  JsonArray elements;
  const JsonStreamedArray streamed[] = {
      {{"a"}, [&](std::size_t index, const JsonValue& element) -> Result<void> {
         HALLMARK_CHECK(index == elements.size());
         elements.push_back(element);
         return {};
       }}};
  const auto rest = parse_json(text, kLimits, streamed);
  HALLMARK_CHECK(rest.has_value());
  const JsonValue* kept = value.find("a");
  const JsonArray* array = kept == nullptr ? nullptr : kept->get_if<JsonArray>();
  if (array == nullptr) {
    HALLMARK_CHECK(elements.empty());
    HALLMARK_CHECK(*rest == value);
    return;
  }
  HALLMARK_CHECK(elements == *array);
  HALLMARK_CHECK(rest->find("a")->get_if<JsonArray>()->empty());
}

// A string that is handed over is the one that would have been kept.
void check_streamed_string(const JsonValue& value, std::string_view text) {
  std::optional<std::string> heard;
  const JsonStreamedString streamed[] = {
      {{"a"}, [&](std::string_view string) { heard = std::string(string); }}};
  const auto rest = parse_json(text, kLimits, {}, streamed);
  HALLMARK_CHECK(rest.has_value());
  const JsonValue* kept = value.find("a");
  const auto* string = kept == nullptr ? nullptr : kept->get_if<std::string>();
  HALLMARK_CHECK(heard.has_value() == (string != nullptr));
  HALLMARK_CHECK(!heard || *heard == *string);
  HALLMARK_CHECK(heard || *rest == value);
}

void check_error(const Error& error) {
  HALLMARK_CHECK(error.code >= Code::kJsonSyntax && error.code <= Code::kJsonTrailingData);
  HALLMARK_CHECK(is_utf8(error.message));
}

}  // namespace
}  // namespace hallmark::base

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hallmark;
  const std::string_view text = text_of({data, size});
  const auto value = base::parse_json(text, base::kLimits);
  if (!value) {
    base::check_error(value.error());
    return 0;
  }
  base::check_limits(*value, text);
  base::check_writing(*value);
  base::check_canonical(*value);
  base::check_streaming(*value, text);
  base::check_streamed_string(*value, text);
  return 0;
}
