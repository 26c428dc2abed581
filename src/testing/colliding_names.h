#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace hallmark::testing {

/// Different names of 16 bytes, ASCII without NUL and slash, that all have the same `std::hash` in
/// libstdc++: what an attacker writes to make a hash table of them slow.
std::vector<std::string> colliding_names(std::size_t count);

}  // namespace hallmark::testing
