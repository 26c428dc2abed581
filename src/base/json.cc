#include "hallmark/base/json.h"

#include <algorithm>
#include <limits>

namespace hallmark::base {

JsonValue::JsonValue(std::uint64_t value) {
  if (value <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
    storage_ = static_cast<std::int64_t>(value);
  } else {
    storage_ = value;
  }
}

const JsonValue* JsonValue::find(std::string_view name) const {
  const auto* object = get_if<JsonObject>();
  if (object == nullptr) return nullptr;
  const auto member = std::find_if(object->begin(), object->end(),
                                   [name](const auto& m) { return m.first == name; });
  return member == object->end() ? nullptr : &member->second;
}

std::string_view JsonValue::kind() const {
  switch (storage_.index()) {
    case 0:
      return "null";
    case 1:
      return "boolean";
    case 5:
      return "string";
    case 6:
      return "array";
    case 7:
      return "object";
    default:
      return "number";
  }
}

std::string JsonPath::to_string() const {
  if (parent_ == nullptr) return {};
  std::string text = parent_->to_string();
  text.push_back('/');
  if (is_index_) return text + std::to_string(index_);
  for (const char c : member_) {  // RFC 6901 section 3
    if (c == '~') {
      text += "~0";
    } else if (c == '/') {
      text += "~1";
    } else {
      text.push_back(c);
    }
  }
  return text;
}

}  // namespace hallmark::base
