#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hallmark/base/json.h"

// Documents and bytes with one thing wrong, always the same ones: what a reader has to refuse.

namespace hallmark::testing {

/// A JSON document in which one thing was changed.
struct JsonMutant {
  std::string place;         ///< JSON Pointer of what was changed; "" is the document.
  std::string how;           ///< "removed", "null", "first-character": one word.
  base::JsonValue document;  ///< Its objects may have a member twice.
};

/// Every mutant of every value: a member removed, renamed, added, written twice and in another
/// place; an element removed and written twice; every value exchanged for others of its type, such
/// as the other words that a statement knows, and for some of other types. Of a list, the first and
/// the last element are changed within.
std::vector<JsonMutant> mutants_of(const base::JsonValue& document);

/// JSON Pointer of the first value in which two documents differ; nothing where they are equal. The
/// order of members does not count, as it means nothing in JSON.
std::optional<std::string> first_difference(const base::JsonValue& a, const base::JsonValue& b);

/// Bytes that were changed at one place.
struct ByteMutant {
  std::string_view how;  ///< "flip", "delete", "twice", "space" or "cut".
  std::size_t position = 0;
  std::string bytes;
};

/// The bytes changed at each of these positions, in turn by flipping one bit, deleting the byte,
/// writing it twice, putting a blank before it and cutting off everything from it on; ordered by
/// `how`.
std::vector<ByteMutant> mutants_of(std::string_view bytes, std::span<const std::size_t> positions);

/// Positions of bytes: all `size` where `most` are enough, else evenly spread ones.
std::vector<std::size_t> spread_positions(std::size_t size, std::size_t most);

/// Positions in a JSON text: all of them, but some ten only in a string of more than 40 characters.
std::vector<std::size_t> positions_in_json(std::string_view text);

}  // namespace hallmark::testing
