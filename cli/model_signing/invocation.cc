#include "cli/model_signing/invocation.h"

#include <fmt/core.h>

#include "cli/model_signing/commands.h"
#include "cli/model_signing/help.h"
#include "cli/model_signing/option_parser.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli::model_signing {
namespace {

using Interpreted = std::variant<Invocation, Reply>;

class Interpreter {
 public:
  explicit Interpreter(std::string_view level) : level_(level) {}

  Interpreted program_call(std::span<const std::string> arguments) {
    if (arguments.empty()) return without_arguments();
    auto parsed = parse_options(command_->options, arguments, OptionsStand::kBeforeWords);
    if (!parsed) return refused(parsed.error());
    const std::string_view asked = parsed->given.first_of("--help", "--version");
    if (asked == "--help") return help();
    if (asked == "--version") return version();
    auto threshold = choose_threshold(parsed->given);
    if (!threshold) return refused(threshold.error());
    call_.threshold = *threshold;
    if (parsed->rest.empty()) return refused("a command is missing");
    const std::string word = parsed->rest.front();
    const CommandForm* found = find_command(*command_, word);
    if (found == nullptr) return refused_word("command", word);
    call_.command = word;
    enter(*found);
    const auto after = std::span(parsed->rest).subspan(1);
    return found->commands.empty() ? leaf_call(after) : method_call(after);
  }

 private:
  Interpreted method_call(std::span<const std::string> arguments) {
    if (arguments.empty()) return without_arguments();
    auto parsed = parse_options(command_->options, arguments, OptionsStand::kBeforeWords);
    if (!parsed) return refused(parsed.error());
    if (parsed->given.has("--help")) return help();
    if (parsed->rest.empty()) return refused("a method is missing");
    const std::string& word = parsed->rest.front();
    call_.method_is_default = !is_method(word);
    call_.method = call_.method_is_default ? kDefaultMethod : word;
    const CommandForm* found = find_command(*command_, call_.method);
    if (found == nullptr) return refused_word("method", word);
    enter(*found);
    return leaf_call(std::span(parsed->rest).subspan(call_.method_is_default ? 0 : 1));
  }

  Interpreted leaf_call(std::span<const std::string> arguments) {
    auto parsed = parse_options(command_->options, arguments, OptionsStand::kAnywhere);
    if (!parsed) return refused(parsed.error());
    if (parsed->given.has("--help")) return help();
    if (parsed->rest.empty()) return refused("the argument MODEL_PATH is missing");
    for (const Option& option : command_->options) {
      if (option.required && !parsed->given.has(option.name)) {
        return refused(fmt::format("the option '{}' is missing", option.name));
      }
    }
    if (parsed->rest.size() > 1) {
      return refused(fmt::format("one MODEL_PATH is expected, and there is '{}' too",
                                 base::escape_for_display(parsed->rest[1])));
    }
    call_.model = std::move(parsed->rest.front());
    call_.options = std::move(parsed->given);
    return std::move(call_);
  }

  void enter(const CommandForm& command) {
    command_ = &command;
    if (!path_.empty()) path_ += ' ';
    path_ += command.word;
  }

  Result<Threshold> choose_threshold(const GivenOptions& given) const {
    if (const auto option = given.value("--log-level")) {
      return parse_threshold(*option, "--log-level");
    }
    if (!level_.empty()) return parse_threshold(level_, "MODEL_SIGNING_LOG_LEVEL");
    return Threshold::kInfo;
  }

  [[nodiscard]] Reply help() const { return {help_of(*command_, path_), /*is_answer=*/true}; }
  [[nodiscard]] Reply without_arguments() const { return {help_of(*command_, path_)}; }

  static Reply version() {
    return {"model_signing, version " HALLMARK_VERSION
            " (Hallmark, with the command line of model-signing 1.1.1)\n",
            /*is_answer=*/true};
  }

  [[nodiscard]] Reply refused(std::string_view reason) const {
    return {fmt::format("{}Try 'model_signing{}{} --help' for help.\n\nError: {}.\n",
                        usage_line(*command_, path_), path_.empty() ? "" : " ", path_, reason)};
  }
  [[nodiscard]] Reply refused(const Error& error) const { return refused(error.message); }
  [[nodiscard]] Reply refused_word(std::string_view kind, std::string_view word) const {
    return refused(fmt::format("no {} here is called '{}'", kind, base::escape_for_display(word)));
  }

  std::string_view level_;
  const CommandForm* command_ = &program();
  std::string path_;
  Invocation call_;
};

}  // namespace

Interpreted interpret(std::span<const std::string> arguments, std::string_view level) {
  return Interpreter(level).program_call(arguments);
}

}  // namespace hallmark::cli::model_signing
