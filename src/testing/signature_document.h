#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "hallmark/base/json.h"

// Parts of a bundle or a statement as JSON, for tests that change them.

namespace hallmark::testing {

/// Names of members that lead to a value; a list on the way is entered at its first element.
using JsonNames = std::vector<std::string_view>;

/// The value there, or null.
base::JsonValue* value_at(base::JsonValue& document, const JsonNames& path);

/// The base64 texts of a bundle's certificates.
std::vector<base::JsonValue*> certificates_in(base::JsonValue& bundle);

/// The statement with the root digest that its resources give, so that this digest does not betray
/// a change to them. Nothing when it was right, or cannot be computed.
std::optional<base::JsonValue> with_root_digest(const base::JsonValue& statement);

}  // namespace hallmark::testing
