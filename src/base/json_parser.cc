// Strict JSON reading on top of Boost.JSON's push parser.
//
// The push parser checks the grammar, UTF-8 and depth; the handler below builds values and adds
// what the parser lets pass: duplicate members, numbers that do not fit, the count of values. Boost
// rounds decimals in its own way, so numbers are read again from their text. The whole text is one
// buffer: a part of a number arrives only before its failure, parts of strings where escapes stand.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>
#include <set>

#include <boost/json/basic_parser_impl.hpp>
#include <fmt/core.h>

#include "hallmark/base/json.h"
#include "hallmark/base/utf8.h"

namespace hallmark::base {
namespace {

namespace bj = boost::json;

// Few members are compared one by one; beyond that a set keeps duplicates from costing n squared.
// It is an ordered one: whoever writes the text can choose names with one and the same hash.
constexpr std::size_t kLinearMembers = 16;

// An array or object that is being read.
struct Frame {
  Frame(JsonValue container, const JsonStreamedArray* streamed_array)
      : value(std::move(container)), stream(streamed_array) {}

  JsonValue value;
  std::string key;                  // of the member whose value comes next
  std::set<std::string> names;      // of an object with many members
  const JsonStreamedArray* stream;  // who takes the elements, if they are not kept
  std::size_t streamed = 0;
};

class Handler {
 public:
  static constexpr std::size_t max_object_size = std::size_t(-1);
  static constexpr std::size_t max_array_size = std::size_t(-1);
  static constexpr std::size_t max_key_size = std::size_t(-1);
  static constexpr std::size_t max_string_size = std::size_t(-1);

  Handler(std::size_t max_values, std::span<const JsonStreamedArray> arrays,
          std::span<const JsonStreamedString> strings)
      : max_values_(max_values), streamed_arrays_(arrays), streamed_strings_(strings) {}

  bool on_document_begin(bj::error_code&) { return true; }
  bool on_document_end(bj::error_code&) { return true; }

  bool on_object_begin(bj::error_code& ec) { return push(std::exchange(spare_, {}), ec); }
  bool on_object_end(std::size_t, bj::error_code& ec) { return pop(ec); }
  bool on_array_begin(bj::error_code& ec) { return push(JsonArray{}, ec); }
  bool on_array_end(std::size_t, bj::error_code& ec) { return pop(ec); }

  bool on_key_part(bj::string_view part, std::size_t, bj::error_code&) { return add_part(part); }
  bool on_key(bj::string_view part, std::size_t, bj::error_code& ec) {
    add_part(part);
    return begin_member(std::exchange(text_, {}), ec);
  }

  bool on_string_part(bj::string_view part, std::size_t, bj::error_code&) { return add_part(part); }
  bool on_string(bj::string_view part, std::size_t, bj::error_code& ec) {
    if (const JsonStreamedString* stream = at(streamed_strings_))
      return hand_over(*stream, part, ec);
    add_part(part);
    return add(JsonValue(std::exchange(text_, {})), ec);
  }

  // Only when the text ends inside a number, which the parser then reports.
  bool on_number_part(bj::string_view, bj::error_code&) { return true; }
  bool on_int64(std::int64_t value, bj::string_view, bj::error_code& ec) {
    return add(JsonValue(value), ec);
  }
  bool on_uint64(std::uint64_t value, bj::string_view, bj::error_code& ec) {
    return add(JsonValue(value), ec);
  }
  bool on_double(double, bj::string_view text, bj::error_code& ec) { return add_double(text, ec); }
  bool on_bool(bool value, bj::error_code& ec) { return add(JsonValue(value), ec); }
  bool on_null(bj::error_code& ec) { return add(JsonValue(nullptr), ec); }
  bool on_comment_part(bj::string_view, bj::error_code&) { return true; }
  bool on_comment(bj::string_view, bj::error_code&) { return true; }

  // Why the handler itself stopped, if it did.
  std::optional<Error> error;
  // True when `error` came from a consumer of streamed elements and has its own place.
  bool error_has_place = false;
  JsonValue document;

 private:
  bool add_part(bj::string_view part) {
    text_.append(part.data(), part.size());
    return true;
  }

  bool stop(Code code, std::string message, bj::error_code& ec) {
    error = Error{code, std::move(message)};
    ec = bj::error::exception;
    return false;
  }

  bool begin_member(std::string name, bj::error_code& ec) {
    Frame& frame = frames_.back();
    const auto& members = *frame.value.get_if<JsonObject>();
    if (is_duplicate(frame, members, name)) {
      return stop(Code::kJsonDuplicateMember,
                  fmt::format("duplicate member '{}'", escape_for_display(name)), ec);
    }
    frame.key = std::move(name);
    return true;
  }

  static bool is_duplicate(Frame& frame, const JsonObject& members, const std::string& name) {
    if (members.size() < kLinearMembers) {
      return std::any_of(members.begin(), members.end(),
                         [&](const auto& member) { return member.first == name; });
    }
    if (frame.names.empty()) {
      for (const auto& member : members) frame.names.insert(member.first);
    }
    return !frame.names.insert(name).second;
  }

  bool add_double(bj::string_view text, bj::error_code& ec) {
    const std::string_view digits(text.data(), text.size());
    if (digits.find_first_of(".eE") == std::string_view::npos) {
      return stop(Code::kJsonNumberRange, "the integer does not fit into 64 bits", ec);
    }
    double value = 0;
    const auto [end, status] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (status != std::errc{} || end != digits.data() + digits.size() || !std::isfinite(value)) {
      return stop(Code::kJsonNumberRange, "the number does not fit into a double", ec);
    }
    return add(JsonValue(value), ec);
  }

  bool push(JsonValue container, bj::error_code& ec) {
    if (!count_value(ec)) return false;
    const JsonStreamedArray* stream =
        container.get_if<JsonArray>() != nullptr ? stream_here() : nullptr;
    frames_.emplace_back(std::move(container), stream);
    return true;
  }

  bool pop(bj::error_code& ec) {
    JsonValue value = std::move(frames_.back().value);
    frames_.pop_back();
    return attach(std::move(value), ec);
  }

  bool add(JsonValue value, bj::error_code& ec) {
    return count_value(ec) && attach(std::move(value), ec);
  }

  bool count_value(bj::error_code& ec) {
    if (++values_ <= max_values_) return true;
    return stop(Code::kJsonTooLarge, fmt::format("more than {} values", max_values_), ec);
  }

  bool attach(JsonValue value, bj::error_code& ec) {
    if (frames_.empty()) {
      document = std::move(value);
      return true;
    }
    Frame& frame = frames_.back();
    if (frame.stream != nullptr) return hand_over(frame, value, ec);
    if (auto* array = frame.value.get_if<JsonArray>()) {
      array->push_back(std::move(value));
    } else {
      frame.value.get_if<JsonObject>()->emplace_back(std::move(frame.key), std::move(value));
    }
    return true;
  }

  // A streamed element is not kept, so it does not count against the values in memory either.
  // The room that one took is the next one's.
  bool hand_over(Frame& frame, JsonValue& element, bj::error_code& ec) {
    values_ = values_at_stream_;
    auto taken = frame.stream->on_element(frame.streamed++, element);
    if (taken) {
      if (auto* object = element.get_if<JsonObject>()) {
        object->clear();
        spare_ = std::move(*object);
      }
      return true;
    }
    error_has_place = true;
    error = std::move(taken.error());
    ec = bj::error::exception;
    return false;
  }

  // A string without escapes comes as one part and is passed on where it stands in the text.
  bool hand_over(const JsonStreamedString& stream, bj::string_view part, bj::error_code& ec) {
    if (text_.empty()) {
      stream.on_string(part);
    } else {
      add_part(part);
      stream.on_string(std::exchange(text_, {}));
    }
    return add(JsonValue(std::string()), ec);
  }

  // The streamed array that begins here, if there is one.
  const JsonStreamedArray* stream_here() {
    const JsonStreamedArray* stream = at(streamed_arrays_);
    if (stream != nullptr) values_at_stream_ = values_;
    return stream;
  }

  // The one among `streams` that was asked for by the path of keys above.
  template <typename Stream>
  [[nodiscard]] const Stream* at(std::span<const Stream> streams) const {
    const auto found = std::find_if(streams.begin(), streams.end(),
                                    [&](const Stream& stream) { return is_at(stream.path); });
    return found == streams.end() ? nullptr : &*found;
  }

  [[nodiscard]] bool is_at(const std::vector<std::string_view>& path) const {
    return frames_.size() == path.size() &&
           std::equal(frames_.begin(), frames_.end(), path.begin(),
                      [](const Frame& frame, std::string_view name) {
                        return frame.value.get_if<JsonObject>() != nullptr && frame.key == name;
                      });
  }

  std::size_t max_values_;
  std::span<const JsonStreamedArray> streamed_arrays_;
  std::span<const JsonStreamedString> streamed_strings_;
  std::vector<Frame> frames_;
  std::string text_;
  JsonObject spare_;  // empty, with the room of one that was handed over
  std::size_t values_ = 0;
  std::size_t values_at_stream_ = 0;
};

std::string place_of(std::string_view text, std::size_t offset) {
  const std::string_view before = text.substr(0, offset);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t line_start = before.rfind('\n') + 1;  // npos + 1 is 0
  return fmt::format("line {}, column {} (offset {})", line, offset - line_start + 1, offset);
}

Error parser_error(std::string_view text, const bj::error_code& ec, std::size_t offset,
                   const JsonLimits& limits) {
  const std::string place = place_of(text, offset);
  if (ec == bj::error::too_deep) {
    return {Code::kJsonTooDeep,
            fmt::format("{}: nested deeper than {} levels", place, limits.max_depth)};
  }
  const std::size_t bad = find_invalid_utf8(text);
  if (bad != std::string_view::npos && bad <= offset + 4) {
    return {Code::kJsonInvalidUtf8, fmt::format("{}: not UTF-8", place_of(text, bad))};
  }
  if (ec == bj::error::extra_data) {
    return {Code::kJsonTrailingData, fmt::format("{}: data after the JSON value", place)};
  }
  if (ec == bj::error::exponent_overflow) {
    return {Code::kJsonNumberRange, fmt::format("{}: the exponent is out of range", place)};
  }
  if (ec == bj::error::incomplete) {
    return {Code::kJsonSyntax, fmt::format("{}: the text ends too early", place)};
  }
  return {Code::kJsonSyntax, fmt::format("{}: not JSON: {}", place, ec.message())};
}

}  // namespace

Result<JsonValue> parse_json(std::string_view text, const JsonLimits& limits,
                             std::span<const JsonStreamedArray> arrays,
                             std::span<const JsonStreamedString> strings) {
  if (text.size() > limits.max_bytes) {
    return fail(Code::kJsonTooLarge, fmt::format("expected at most {} bytes of JSON, found {}",
                                                 limits.max_bytes, text.size()));
  }
  bj::parse_options options;
  options.max_depth = limits.max_depth;
  bj::basic_parser<Handler> parser(options, limits.max_values, arrays, strings);
  bj::error_code ec;
  const std::size_t used = parser.write_some(false, text.data(), text.size(), ec);
  Handler& handler = parser.handler();
  if (handler.error) {
    if (handler.error_has_place) return fail(*std::move(handler.error));
    return fail(std::move(*handler.error).within(place_of(text, used)));
  }
  if (!ec && used < text.size()) ec = bj::error::extra_data;
  if (ec) return fail(parser_error(text, ec, used, limits));
  return std::move(handler.document);
}

}  // namespace hallmark::base
