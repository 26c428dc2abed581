#pragma once

#include <span>
#include <string>
#include <variant>

#include "cli/model_signing/log_level.h"
#include "cli/model_signing/option.h"

namespace hallmark::cli::model_signing {

/// A call that is complete and can be done.
struct Invocation {
  std::string command;             ///< "digest", "sign", "verify"
  std::string method;              ///< "key" and so on; empty for "digest".
  bool method_is_default = false;  ///< No method was named.
  std::string model;
  GivenOptions options;
  Threshold threshold = Threshold::kInfo;
};

/// A call that ends with some text: help and version on stdout with 0, everything else on stderr
/// with 2.
struct Reply {
  std::string text;
  bool is_answer = false;
};

/// Reads the arguments after the program's name. `level` is the variable MODEL_SIGNING_LOG_LEVEL,
/// empty when it is not set; the option of that name goes before it.
std::variant<Invocation, Reply> interpret(std::span<const std::string> arguments,
                                          std::string_view level);

}  // namespace hallmark::cli::model_signing
