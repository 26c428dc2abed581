#include "cli/model_signing/option_parser.h"

#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::cli::model_signing {
namespace {

constexpr std::string_view kHelp = "--help";

// A long option split at its first "=".
struct Token {
  std::string name;    // As it was typed.
  std::string wanted;  // In the spelling of the table.
  std::optional<std::string> value;
};

Token split(const std::string& argument) {
  Token token;
  const std::size_t equals = argument.find('=');
  token.name = argument.substr(0, equals);
  token.wanted = token.name;
  std::replace(token.wanted.begin(), token.wanted.end(), '_', '-');
  if (equals != std::string::npos) token.value = argument.substr(equals + 1);
  return token;
}

tl::unexpected<Error> unknown(std::string_view name) {
  return fail(Code::kUsage,
              fmt::format("no option is called '{}'", base::escape_for_display(name)));
}

class Parser {
 public:
  Parser(std::span<const Option> options, std::span<const std::string> arguments)
      : options_(options), arguments_(arguments) {}

  Result<ParsedOptions> run(OptionsStand stand) {
    while (next_ < arguments_.size()) {
      const std::string& argument = arguments_[next_];
      const bool is_option = argument.size() > 1 && argument.front() == '-';
      if (!is_option && stand == OptionsStand::kBeforeWords) break;
      ++next_;
      if (argument == "--") break;
      if (!is_option) {
        parsed_.rest.push_back(argument);
      } else if (argument.starts_with("--")) {
        HALLMARK_TRY(take_long(split(argument)));
      } else {
        HALLMARK_TRY(take_short(argument));
      }
    }
    const auto remaining = arguments_.subspan(next_);
    parsed_.rest.insert(parsed_.rest.end(), remaining.begin(), remaining.end());
    return std::move(parsed_);
  }

 private:
  Result<void> take_long(Token token) {
    for (const Option& option : options_) {
      if (token.wanted == option.name) return take(option, std::move(token));
      if (!option.negation.empty() && token.wanted == option.negation) {
        return take_switch(option, token, /*on=*/false);
      }
    }
    return unknown(token.name);
  }

  Result<void> take(const Option& option, Token token) {
    if (option.takes == Takes::kNothing) return take_switch(option, token, /*on=*/true);
    if (!token.value) {
      if (next_ == arguments_.size()) {
        return fail(Code::kUsage, fmt::format("option '{}' needs a value", option.name));
      }
      token.value = arguments_[next_++];
    }
    parsed_.given.add({option.name, /*on=*/true, *std::move(token.value)});
    return {};
  }

  Result<void> take_switch(const Option& option, const Token& token, bool on) {
    if (token.value) {
      return fail(Code::kUsage, fmt::format("option '{}' goes without a value",
                                            on ? option.name : option.negation));
    }
    parsed_.given.add({option.name, on, {}});
    return {};
  }

  Result<void> take_short(const std::string& letters) {
    for (const char letter : letters.substr(1)) {
      if (letter != 'h') return unknown(std::string{'-', letter});
      parsed_.given.add({kHelp, /*on=*/true, {}});
    }
    return {};
  }

  std::span<const Option> options_;
  std::span<const std::string> arguments_;
  std::size_t next_ = 0;
  ParsedOptions parsed_;
};

}  // namespace

Result<ParsedOptions> parse_options(std::span<const Option> options,
                                    std::span<const std::string> arguments, OptionsStand stand) {
  return Parser(options, arguments).run(stand);
}

}  // namespace hallmark::cli::model_signing
