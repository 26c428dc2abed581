#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include "hallmark/base/result.h"

namespace hallmark::base {

class JsonValue;

using JsonArray = std::vector<JsonValue>;

/// Members in the order in which they stand in the text; names are distinct.
using JsonObject = std::vector<std::pair<std::string, JsonValue>>;

/// One JSON value (RFC 8259). A plain record: reading checks, this type only holds.
class JsonValue {
 public:
  using Storage = std::variant<std::nullptr_t, bool, std::int64_t, std::uint64_t, double,
                               std::string, JsonArray, JsonObject>;

  JsonValue() = default;
  JsonValue(std::nullptr_t) {}
  JsonValue(bool value) : storage_(value) {}
  JsonValue(std::int64_t value) : storage_(value) {}
  /// Integers are kept as signed wherever they fit, so that equal numbers are equal values.
  JsonValue(std::uint64_t value);
  JsonValue(int value) : storage_(std::int64_t{value}) {}
  JsonValue(double value) : storage_(value) {}
  JsonValue(std::string value) : storage_(std::move(value)) {}
  JsonValue(std::string_view value) : storage_(std::string(value)) {}
  JsonValue(const char* value) : storage_(std::string(value)) {}
  JsonValue(JsonArray value) : storage_(std::move(value)) {}
  JsonValue(JsonObject value) : storage_(std::move(value)) {}

  [[nodiscard]] const Storage& storage() const { return storage_; }
  [[nodiscard]] Storage& storage() { return storage_; }

  template <typename T>
  [[nodiscard]] const T* get_if() const {
    return std::get_if<T>(&storage_);
  }
  template <typename T>
  [[nodiscard]] T* get_if() {
    return std::get_if<T>(&storage_);
  }

  [[nodiscard]] bool is_null() const { return get_if<std::nullptr_t>() != nullptr; }

  /// The member of an object, or null when there is none or this is no object.
  [[nodiscard]] const JsonValue* find(std::string_view name) const;

  /// The kind in words, for messages: "null", "boolean", "number", "string", "array", "object".
  [[nodiscard]] std::string_view kind() const;

  friend bool operator==(const JsonValue&, const JsonValue&) = default;

 private:
  Storage storage_;
};

/// What a text may cost before it is refused.
struct JsonLimits {
  std::size_t max_bytes = std::size_t{64} << 20;  ///< Length of the text.
  std::size_t max_depth = 32;                     ///< Nested arrays and objects.
  std::size_t max_values = 1'000'000;             ///< Values kept in memory at once.
};

/// An array whose elements are handed over one by one and not kept, so that a list of a million
/// entries costs the memory of one. In the parsed document the array is empty.
struct JsonStreamedArray {
  /// Names of the members that lead to the array from the document's root.
  std::vector<std::string_view> path;
  /// Gets each element in order. A failure ends the parsing and is passed on.
  std::function<Result<void>(std::size_t index, const JsonValue& element)> on_element;
};

/// A string that is handed over and not kept, so that a long one is not copied. In the parsed
/// document it is empty.
struct JsonStreamedString {
  /// Names of the members that lead to the string from the document's root.
  std::vector<std::string_view> path;
  /// Gets the string, which lives only as long as the call.
  std::function<void(std::string_view)> on_string;
};

/// Reads one JSON text strictly. Beyond RFC 8259 this refuses duplicate members (also when one is
/// spelled with escapes), text that is not UTF-8, lone surrogates, numbers that no 64-bit integer
/// or finite double can hold (an integer literal is never rounded), a byte order mark, anything
/// after the value, and whatever exceeds `limits`. Errors say line, column and offset, with a
/// code from kJsonSyntax to kJsonTrailingData.
Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits = {},
                             std::span<const JsonStreamedArray> arrays = {},
                             std::span<const JsonStreamedString> strings = {});

/// Where a value stands in its document: a list on the stack, spelled only when an error needs it.
class JsonPath {
 public:
  JsonPath() = default;
  JsonPath(const JsonPath& parent, std::string_view member) : parent_(&parent), member_(member) {}
  JsonPath(const JsonPath& parent, std::size_t index)
      : parent_(&parent), index_(index), is_index_(true) {}

  /// A JSON Pointer (RFC 6901): "/predicate/resources/3/name"; "" is the document.
  [[nodiscard]] std::string to_string() const;

 private:
  const JsonPath* parent_ = nullptr;
  std::string_view member_;
  std::size_t index_ = 0;
  bool is_index_ = false;
};

/// Reads the members of one object by name and refuses those that nobody asked for.
///
/// Failures are kMemberMissing, kMemberType and kMemberUnknown; messages begin with the JSON
/// Pointer of the place. The value and the path must outlive the reader.
class JsonObjectReader {
 public:
  static Result<JsonObjectReader> create(const JsonValue& value, const JsonPath& path);

  /// A member that must be there. `T` is one of JsonValue::Storage's types.
  template <typename T>
  Result<const T*> require(std::string_view name) {
    HALLMARK_ASSIGN_OR_RETURN(const JsonValue* value, require_value(name));
    const T* typed = value->get_if<T>();
    if (typed == nullptr) return wrong_type(name, *value, kind_of<T>());
    return typed;
  }

  /// A member that may be absent: null then. JSON null counts as a value of its own type.
  template <typename T>
  Result<const T*> optional(std::string_view name) {
    const JsonValue* value = optional_value(name);
    if (value == nullptr) return static_cast<const T*>(nullptr);
    const T* typed = value->get_if<T>();
    if (typed == nullptr) return wrong_type(name, *value, kind_of<T>());
    return typed;
  }

  Result<const JsonValue*> require_value(std::string_view name);
  const JsonValue* optional_value(std::string_view name);

  /// Fails with kMemberUnknown when a member was never asked for.
  [[nodiscard]] Result<void> finish() const;

  [[nodiscard]] const JsonPath& path() const { return *path_; }

 private:
  JsonObjectReader(const JsonObject& object, const JsonPath& path);

  template <typename T>
  static std::string_view kind_of() {
    if constexpr (std::is_same_v<T, std::int64_t> || std::is_same_v<T, std::uint64_t>) {
      return "integer";
    }
    return JsonValue(T{}).kind();
  }
  [[nodiscard]] tl::unexpected<Error> wrong_type(std::string_view name, const JsonValue& found,
                                                 std::string_view expected) const;

  const JsonObject* object_;
  const JsonPath* path_;
  std::vector<bool> read_;
};

}  // namespace hallmark::base
