#include "testing/mutants.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <utility>

#include <fmt/core.h>

namespace hallmark::testing {
namespace {

using base::JsonArray;
using base::JsonObject;
using base::JsonValue;

using Named = std::pair<std::string, JsonValue>;

using Word = std::pair<std::string_view, std::string_view>;

// Words of which a statement has one where another would be well-formed too, each after its name.
constexpr std::array kKnownWords = {
    Word("sha256", "sha256"),
    Word("blake2b", "blake2b"),
    Word("blake3", "blake3"),
    Word("files", "files"),
    Word("shards", "shards"),
    Word("signature-predicate", "https://model_signing/signature/v1.0"),
    Word("digests-predicate", "https://model_signing/Digests/v0.1"),
};

void add_known_words(const std::string& text, std::vector<Named>& others) {
  const bool known = std::any_of(kKnownWords.begin(), kKnownWords.end(),
                                 [&](const Word& word) { return word.second == text; });
  if (!known) return;
  for (const auto& [name, word] : kKnownWords) others.emplace_back(name, word);
}

// Other texts, some of which differ as little as possible.
void add_texts(const std::string& text, std::vector<Named>& others) {
  if (text.empty()) return;
  const auto with = [&](std::size_t at, char c) {
    std::string changed = text;
    changed[at] = c;
    return changed;
  };
  const std::size_t last = text.size() - 1;
  others.emplace_back("first-character", with(0, text.front() == 'A' ? 'B' : 'A'));
  others.emplace_back("first-digit", with(0, text.front() == '1' ? '2' : '1'));
  others.emplace_back("last-digit", with(last, text.back() == '1' ? '2' : '1'));
  others.emplace_back("longer", text + "A");
  others.emplace_back("shorter", text.substr(1));
  others.emplace_back("cut", text.substr(0, last));
  others.emplace_back("blank-before", " " + text);
  others.emplace_back("blank-after", text + " ");
  others.emplace_back("nul-after", text + '\0');
  std::string upper = text;
  for (char& c : upper) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 'a' + 'A' : c);
  others.emplace_back("upper-case", upper);
  others.emplace_back("climbing", "../" + text);
  others.emplace_back("absolute", "/" + text);
  add_known_words(text, others);
}

void add_numbers(std::int64_t number, std::vector<Named>& others) {
  others.emplace_back("minus", -number);
  others.emplace_back("larger", number + 1);
  others.emplace_back("smaller", number - 1);
  others.emplace_back("double", static_cast<double>(number));
  others.emplace_back("integer", number);
  others.emplace_back("with-fraction", static_cast<double>(number) + 0.5);
  others.emplace_back("as-text", std::to_string(number));
  others.emplace_back("huge", std::int64_t{1} << 62);
}

void add_arrays(const JsonArray& array, std::vector<Named>& others) {
  if (array.empty()) return;
  JsonArray twice = array;
  twice.push_back(twice.back());
  others.emplace_back("last-element-twice", twice);
  others.emplace_back("reversed", JsonArray(array.rbegin(), array.rend()));
  others.emplace_back("first-removed", JsonArray(array.begin() + 1, array.end()));
  others.emplace_back("last-removed", JsonArray(array.begin(), array.end() - 1));
}

// Other values of the same type, and values of every other type.
std::vector<Named> replacements(const JsonValue& value) {
  std::vector<Named> others = {{"null", nullptr},
                               {"zero", 0},
                               {"empty-text", ""},
                               {"text", "mutant"},
                               {"array", JsonArray{}},
                               {"object", JsonObject{}},
                               {"wrapped", JsonArray(1, value)}};
  if (const bool* flag = value.get_if<bool>()) others.emplace_back("other", !*flag);
  if (const auto* text = value.get_if<std::string>()) add_texts(*text, others);
  if (const auto* integer = value.get_if<std::int64_t>()) add_numbers(*integer, others);
  if (const auto* real = value.get_if<double>()) {
    add_numbers(static_cast<std::int64_t>(*real), others);
  }
  if (const auto* array = value.get_if<JsonArray>()) add_arrays(*array, others);
  std::erase_if(others, [&](const Named& other) { return other.second == value; });
  return others;
}

// Walks through a document and makes every mutant of every value in it.
class JsonMutator {
 public:
  explicit JsonMutator(JsonValue document) : document_(std::move(document)) {}

  std::vector<JsonMutant> run() {
    visit(document_, "");
    return std::move(mutants_);
  }

 private:
  void visit(JsonValue& value, const std::string& path) {
    for (auto& [how, other] : replacements(value)) with(value, std::move(other), path, how);
    if (auto* array = value.get_if<JsonArray>()) {
      visit_elements(*array, path);
    } else if (value.get_if<JsonObject>() != nullptr) {
      visit_members(value, path);
    }
  }

  // Those between the first and the last are of their kind.
  void visit_elements(JsonArray& array, const std::string& path) {
    if (array.empty()) return;
    visit(array.front(), path + "/0");
    const std::size_t last = array.size() - 1;
    if (last > 0) visit(array[last], fmt::format("{}/{}", path, last));
  }

  void visit_members(JsonValue& value, const std::string& path) {
    const JsonObject original = *value.get_if<JsonObject>();
    JsonObject added = original;
    added.emplace_back("mutant", 1);
    with(value, added, path, "unknown-member");
    if (original.size() > 1) {
      with(value, JsonObject(original.rbegin(), original.rend()), path, "members-reversed");
    }
    for (std::size_t i = 0; i < original.size(); ++i) {
      const std::string at = fmt::format("{}/{}", path, original[i].first);
      mutate_member(value, original, i, at);
      visit((*value.get_if<JsonObject>())[i].second, at);
    }
  }

  void mutate_member(JsonValue& value, const JsonObject& original, std::size_t i,
                     const std::string& at) {
    JsonObject removed = original;
    removed.erase(removed.begin() + static_cast<std::ptrdiff_t>(i));
    with(value, removed, at, "removed");
    JsonObject duplicated = original;
    duplicated.push_back(original[i]);
    with(value, duplicated, at, "duplicated");
    JsonObject contradicted = original;
    contradicted.emplace_back(original[i].first, nullptr);
    with(value, contradicted, at, "null-as-well");
    JsonObject renamed = original;
    renamed[i].first += "x";
    with(value, renamed, at, "renamed");
    renamed[i].first = original[i].first;
    renamed[i].first.front() = static_cast<char>(renamed[i].first.front() ^ 0x20);
    with(value, renamed, at, "other-case");
  }

  // The whole document while one value in it is another.
  void with(JsonValue& value, JsonValue other, const std::string& place, const std::string& how) {
    std::swap(value, other);
    mutants_.push_back({place, how, document_});
    std::swap(value, other);
  }

  JsonValue document_;
  std::vector<JsonMutant> mutants_;
};

std::optional<std::string> first_difference_at(const JsonValue& a, const JsonValue& b,
                                               const std::string& path);

std::optional<std::string> first_different_element(const JsonArray& a, const JsonArray& b,
                                                   const std::string& path) {
  if (a.size() != b.size()) return path;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (auto found = first_difference_at(a[i], b[i], fmt::format("{}/{}", path, i))) return found;
  }
  return std::nullopt;
}

std::optional<std::string> first_different_member(const JsonObject& a, const JsonValue& b,
                                                  const std::string& path) {
  if (a.size() != b.get_if<JsonObject>()->size()) return path;
  for (const auto& [name, value] : a) {
    const JsonValue* other = b.find(name);
    if (other == nullptr) return path;
    if (auto found = first_difference_at(value, *other, fmt::format("{}/{}", path, name))) {
      return found;
    }
  }
  return std::nullopt;
}

std::optional<std::string> first_difference_at(const JsonValue& a, const JsonValue& b,
                                               const std::string& path) {
  const auto* array = a.get_if<JsonArray>();
  if (array != nullptr && b.get_if<JsonArray>() != nullptr) {
    return first_different_element(*array, *b.get_if<JsonArray>(), path);
  }
  const auto* object = a.get_if<JsonObject>();
  if (object != nullptr && b.get_if<JsonObject>() != nullptr) {
    return first_different_member(*object, b, path);
  }
  return a == b ? std::nullopt : std::optional(path);
}

using Change = void (*)(std::string& bytes, std::size_t at);

// How bytes are changed at a position before their end.
constexpr std::array<std::pair<std::string_view, Change>, 5> kChanges = {{
    {"flip",
     [](std::string& bytes, std::size_t at) {
       bytes[at] = static_cast<char>(static_cast<unsigned char>(bytes[at]) ^ (1U << (at % 8)));
     }},
    {"delete", [](std::string& bytes, std::size_t at) { bytes.erase(at, 1); }},
    {"twice", [](std::string& bytes, std::size_t at) { bytes.insert(at, 1, bytes[at]); }},
    {"space", [](std::string& bytes, std::size_t at) { bytes.insert(at, 1, ' '); }},
    {"cut", [](std::string& bytes, std::size_t at) { bytes.resize(at); }},
}};

constexpr std::size_t kShortString = 40;
constexpr std::size_t kInLongString = 10;  // positions, about

}  // namespace

std::vector<JsonMutant> mutants_of(const JsonValue& document) {
  return JsonMutator(document).run();
}

std::optional<std::string> first_difference(const JsonValue& a, const JsonValue& b) {
  return first_difference_at(a, b, "");
}

std::vector<ByteMutant> mutants_of(std::string_view bytes, std::span<const std::size_t> positions) {
  std::vector<ByteMutant> mutants;
  for (std::size_t first = 0; first < kChanges.size(); ++first) {
    const auto& [how, change] = kChanges.at(first);
    for (std::size_t i = first; i < positions.size(); i += kChanges.size()) {
      std::string changed(bytes);
      change(changed, positions[i]);
      mutants.push_back({how, positions[i], std::move(changed)});
    }
  }
  return mutants;
}

std::vector<std::size_t> spread_positions(std::size_t size, std::size_t most) {
  const std::size_t step = (size + most - 1) / most;
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < size; i += step) positions.push_back(i);
  return positions;
}

std::vector<std::size_t> positions_in_json(std::string_view text) {
  std::vector<std::size_t> positions;
  for (std::size_t i = 0; i < text.size();) {
    positions.push_back(i);
    const bool opens = text[i] == '"';
    const std::size_t end = opens ? text.find('"', i + 1) : std::string_view::npos;
    ++i;
    if (end == std::string_view::npos) continue;
    const std::size_t length = end - i;
    const std::size_t step = length > kShortString ? length / kInLongString + 1 : 1;
    for (; i < end; i += step) positions.push_back(i);
    positions.push_back(end);
    i = end + 1;
  }
  return positions;
}

}  // namespace hallmark::testing
