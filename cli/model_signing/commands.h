#pragma once

#include <string_view>
#include <vector>

#include "cli/model_signing/option.h"

namespace hallmark::cli::model_signing {

/// One command of the program, or the program itself.
struct CommandForm {
  std::string_view word;         ///< "key"
  std::string_view summary;      ///< One line, for the list of the command above.
  std::string_view description;  ///< For its own help.
  std::vector<Option> options;
  std::vector<CommandForm> commands;  ///< When empty, the command takes one MODEL_PATH.
};

/// The method that is meant where none is named.
inline constexpr std::string_view kDefaultMethod = "sigstore";

/// The whole command line of the reference (model-signing 1.1.1, and `digest` of what followed),
/// every option in the spelling with hyphens.
const CommandForm& program();

/// The command of this name below another one, if there is one.
const CommandForm* find_command(const CommandForm& parent, std::string_view word);

/// Whether the word names a method of any command: then it is never a model.
bool is_method(std::string_view word);

}  // namespace hallmark::cli::model_signing
