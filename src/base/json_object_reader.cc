#include <algorithm>

#include <fmt/core.h>

#include "hallmark/base/json.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

// "/predicate/serialization: " or, for the document itself, nothing.
std::string place(const JsonPath& path) {
  const std::string pointer = path.to_string();
  return pointer.empty() ? "" : escape_for_display(pointer) + ": ";
}

}  // namespace

JsonObjectReader::JsonObjectReader(const JsonObject& object, const JsonPath& path)
    : object_(&object), path_(&path), read_(object.size(), false) {}

Result<JsonObjectReader> JsonObjectReader::create(const JsonValue& value, const JsonPath& path) {
  const auto* object = value.get_if<JsonObject>();
  if (object == nullptr) {
    return fail(Code::kMemberType,
                fmt::format("{}expected object, found {}", place(path), value.kind()));
  }
  return JsonObjectReader(*object, path);
}

const JsonValue* JsonObjectReader::optional_value(std::string_view name) {
  const auto member = std::find_if(object_->begin(), object_->end(),
                                   [name](const auto& m) { return m.first == name; });
  if (member == object_->end()) return nullptr;
  read_[static_cast<std::size_t>(member - object_->begin())] = true;
  return &member->second;
}

Result<const JsonValue*> JsonObjectReader::require_value(std::string_view name) {
  const JsonValue* value = optional_value(name);
  if (value != nullptr) return value;
  return fail(Code::kMemberMissing, fmt::format("{}missing member '{}'", place(*path_), name));
}

Result<void> JsonObjectReader::finish() const {
  const auto unread = std::find(read_.begin(), read_.end(), false);
  if (unread == read_.end()) return {};
  const auto& name = (*object_)[static_cast<std::size_t>(unread - read_.begin())].first;
  return fail(Code::kMemberUnknown,
              fmt::format("{}unknown member '{}'", place(*path_), escape_for_display(name)));
}

tl::unexpected<Error> JsonObjectReader::wrong_type(std::string_view name, const JsonValue& found,
                                                   std::string_view expected) const {
  const JsonPath path(*path_, name);
  return fail(Code::kMemberType,
              fmt::format("{}expected {}, found {}", place(path), expected, found.kind()));
}

}  // namespace hallmark::base
