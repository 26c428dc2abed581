#pragma once

#include <string_view>

#include "hallmark/base/result.h"

namespace hallmark::manifest {

/// Longest resource name in bytes: what a path can have on Linux.
inline constexpr std::size_t kLongestName = 4095;

/// Checks that a name is a path beneath the model's root (OMS v1.0 section 6.1.2): slash separated,
/// relative, without empty, "." or ".." components and without NUL. Fails with
/// kResourceNameInvalid, or kNameTooLong.
Result<void> check_resource_name(std::string_view name);

/// The order of OMS v1.0 section 5.2.1: code points of the whole name. In UTF-8 that is the order
/// of the bytes.
inline bool code_point_less(std::string_view a, std::string_view b) { return a < b; }

/// The order of the Python reference: component by component, so that "a/b" stands before "a-b".
bool component_less(std::string_view a, std::string_view b);

}  // namespace hallmark::manifest
