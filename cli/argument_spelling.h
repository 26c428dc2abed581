#pragma once

#include <string>
#include <vector>

namespace hallmark::cli {

/// The arguments after the program's name, long options spelled with hyphens: the reference has
/// had `--private_key` as well as `--private-key`. Values and what follows "--" stay as they are.
std::vector<std::string> with_hyphens(int argc, const char* const* argv);

/// The same with the word "any" after "verify" where no method of signing stands there, as in
/// `verify MODEL --signature A --signature B`. The methods that only the reference has count as
/// such: they are unknown commands, not models.
std::vector<std::string> with_method(std::vector<std::string> arguments);

}  // namespace hallmark::cli
