#pragma once

#include <string_view>

#include "hallmark/base/error.h"

namespace hallmark::cli {

/// What a user of `hallmark` can do about a problem: one line without a full stop, empty where the
/// message says all there is to say.
std::string_view hint_for(Code code);

}  // namespace hallmark::cli
