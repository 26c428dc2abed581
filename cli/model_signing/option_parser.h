#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "cli/model_signing/option.h"
#include "hallmark/base/result.h"

namespace hallmark::cli::model_signing {

/// Where options may stand.
enum class OptionsStand : std::uint8_t {
  kAnywhere,     ///< Among the positional arguments: of a command that does something.
  kBeforeWords,  ///< The first positional argument ends them: of a command that has commands.
};

struct ParsedOptions {
  GivenOptions given;
  /// The positional arguments; with kBeforeWords everything from the first one on, unparsed.
  std::vector<std::string> rest;
};

/// Reads arguments as the reference's command line does (it is made with click):
///
/// - a long option is spelled with hyphens or underscores, in full: no abbreviations;
/// - a value follows after "=" or as the next argument, whatever that looks like;
/// - "-h" is the only short option; "-" alone is a positional argument;
/// - after "--" everything is positional.
///
/// Fails with kUsage; the message is fit for display.
Result<ParsedOptions> parse_options(std::span<const Option> options,
                                    std::span<const std::string> arguments, OptionsStand stand);

}  // namespace hallmark::cli::model_signing
