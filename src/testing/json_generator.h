#pragma once

#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include <rapidcheck.h>

#include "hallmark/base/json.h"

// Arbitrary JSON values for properties: every kind, hard strings, doubles of all magnitudes.

namespace hallmark::testing {

inline rc::Gen<std::string> json_text() {
  using Pieces = std::vector<std::string>;
  const Pieces pieces = {
      "a",      "b",      "Z",      "0",    " ",    "/",          "\"",
      "\\",     "\n",     "\r",     "\x01", "\x7f", "é",          "\u20ac",
      "\ufb33", "\uffff", "\u2028", "😀",   "~",    "\U0010ffff", std::string(1, '\0')};
  return rc::gen::map(rc::gen::container<Pieces>(rc::gen::elementOf(pieces)),
                      [](const Pieces& chosen) {
                        std::string text;
                        for (const std::string& piece : chosen) text += piece;
                        return text;
                      });
}

inline rc::Gen<double> finite_double() {
  return rc::gen::suchThat(
      rc::gen::oneOf(rc::gen::arbitrary<double>(),
                     rc::gen::map(rc::gen::arbitrary<std::uint64_t>(),
                                  [](std::uint64_t bits) { return std::bit_cast<double>(bits); })),
      [](double value) { return std::isfinite(value); });
}

inline rc::Gen<base::JsonValue> json_scalar() {
  const auto value_of = [](auto generator) {
    return rc::gen::map(std::move(generator),
                        [](auto scalar) { return base::JsonValue(std::move(scalar)); });
  };
  return rc::gen::oneOf(rc::gen::just(base::JsonValue()), value_of(rc::gen::arbitrary<bool>()),
                        value_of(rc::gen::arbitrary<std::int64_t>()),
                        value_of(rc::gen::arbitrary<std::uint64_t>()), value_of(finite_double()),
                        value_of(json_text()));
}

/// A value with at most `depth` arrays and objects in one another.
inline rc::Gen<base::JsonValue> json_value(std::size_t depth = 3) {
  if (depth == 0) return json_scalar();
  const auto inner = json_value(depth - 1);
  const auto array =
      rc::gen::map(rc::gen::resize(6, rc::gen::container<base::JsonArray>(inner)),
                   [](base::JsonArray elements) { return base::JsonValue(std::move(elements)); });
  const auto object = rc::gen::map(
      rc::gen::resize(6, rc::gen::container<base::JsonObject>(rc::gen::pair(json_text(), inner))),
      [](const base::JsonObject& members) {
        base::JsonObject distinct;
        for (const auto& [name, value] : members) {
          if (base::JsonValue(distinct).find(name) == nullptr) distinct.emplace_back(name, value);
        }
        return base::JsonValue(std::move(distinct));
      });
  return rc::gen::oneOf(json_scalar(), array, object);
}

}  // namespace hallmark::testing
