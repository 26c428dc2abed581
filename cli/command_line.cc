#include "cli/command_line.h"

#include <algorithm>
#include <span>
#include <sstream>

#include <CLI/CLI.hpp>
#include <fmt/core.h>

#include "hallmark/base/utf8.h"

namespace hallmark::cli {
namespace {

void describe_option(CLI::Option* option, const std::string& value_name, Presence presence) {
  option->type_name(value_name)->required(presence == Presence::kRequired);
}

// Shows a flag that can be turned off without the "{false}" that CLI11 keeps in its name.
class HelpFormatter : public CLI::Formatter {
 public:
  std::string make_option_name(const CLI::Option* option, bool is_positional) const override {
    std::string name = CLI::Formatter::make_option_name(option, is_positional);
    constexpr std::string_view kNegation = "{false}";
    if (const auto at = name.find(kNegation); at != std::string::npos) {
      name.erase(at, kNegation.size());
    }
    return name;
  }
};

// The commands that were named before the parsing ended, the program first.
std::vector<const CLI::App*> named_commands(const CLI::App& program) {
  std::vector<const CLI::App*> path{&program};
  for (;;) {
    const auto chosen = path.back()->get_subcommands();
    if (chosen.empty()) return path;
    path.push_back(chosen.front());
  }
}

std::string names_of(std::span<const CLI::App* const> commands, std::string_view separator) {
  std::string names;
  for (const CLI::App* command : commands) {
    names += fmt::format("{}{}", names.empty() ? "" : separator, command->get_name());
  }
  return names;
}

bool contains(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// Whether the command itself or one beneath it has an option of this name.
bool knows_option(const CLI::App& command, const std::string& name) {
  if (command.get_option_no_throw(name) != nullptr) return true;
  const std::vector<const CLI::App*> beneath = command.get_subcommands({});
  return std::any_of(beneath.begin(), beneath.end(),
                     [&](const CLI::App* one) { return knows_option(*one, name); });
}

// CLI11 names no word when a command is unknown, and the unexpected ones in another order than
// they were typed.
std::string describe_problem(const CLI::App& program, const CLI::ParseError& error,
                             const std::vector<std::string>& arguments) {
  const std::vector<const CLI::App*> path = named_commands(program);
  const CLI::App& last = *path.back();
  const std::vector<std::string> unexpected = program.remaining(true);
  const auto word = std::find_if(arguments.begin(), arguments.end(), [&](const std::string& given) {
    return contains(unexpected, given);
  });
  const std::string choice = names_of(last.get_subcommands({}), ", ");
  if (word == arguments.end()) {
    return choice.empty() ? base::escape_for_display(error.what())
                          : fmt::format("expected a command: {}", choice);
  }
  const std::string name = word->substr(0, word->find('='));
  const std::string shown = base::escape_for_display(name);
  const bool before_command = &last != &program && contains(program.remaining(false), *word);
  if (before_command && !word->starts_with('-')) {
    return fmt::format("unknown command '{}', expected one of: {}", shown,
                       names_of(program.get_subcommands({}), ", "));
  }
  if (!choice.empty() && !word->starts_with('-')) {
    return fmt::format("unknown command '{}', expected one of: {}", shown, choice);
  }
  if (!word->starts_with('-')) return fmt::format("unexpected argument '{}'", shown);
  if (before_command && knows_option(program, name)) {
    return fmt::format("'{}' stands before the command, options follow it", shown);
  }
  return fmt::format("unknown option '{}'", shown);
}

}  // namespace

Command Command::add_command(const std::string& name, const std::string& summary) {
  app_->require_subcommand(1);
  return Command(app_->add_subcommand(name, summary));
}

void Command::set_help(std::string_view text) { app_->footer("\n" + std::string(text)); }

void Command::add_positional(const std::string& name, std::string& value,
                             const std::string& summary) {
  app_->add_option(name, value, summary)->required();
}

void Command::add_option(const std::string& name, std::string& value, const std::string& value_name,
                         const std::string& summary, Presence presence) {
  describe_option(app_->add_option(name, value, summary), value_name, presence);
}

void Command::add_option(const std::string& name, std::optional<std::string>& value,
                         const std::string& value_name, const std::string& summary) {
  describe_option(app_->add_option(name, value, summary), value_name, Presence::kOptional);
}

void Command::add_repeatable(const std::string& name, std::vector<std::string>& values,
                             const std::string& value_name, const std::string& summary) {
  app_->add_option(name, values, summary + " (repeatable)")
      ->type_name(value_name)
      ->type_size(1)
      ->expected(1)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->allow_extra_args(false);
}

void Command::add_choice(const std::string& name, std::string& value,
                         const std::vector<std::string>& allowed, const std::string& summary) {
  app_->add_option(name, value, summary)->check(CLI::IsMember(allowed));
}

void Command::add_count(const std::string& name, std::size_t& value, std::size_t largest,
                        const std::string& summary) {
  app_->add_option(name, value, summary)
      ->type_name("N")
      ->check(CLI::Range(std::size_t{1}, largest).description(""));
}

void Command::add_flag(const std::string& names, bool& value, const std::string& summary) {
  app_->add_flag(names, value, summary);
}

// CLI11 counts flags and would make a number of it, with 0 where none was given.
void Command::add_flag(const std::string& names, std::optional<bool>& value,
                       const std::string& summary) {
  app_->add_flag_function(
          names, [&value](std::int64_t count) { value = count > 0; }, summary)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeLast);
}

void Command::on_chosen(std::function<void()> action) { app_->callback(std::move(action)); }

CommandLine::CommandLine(const std::string& name, const std::string& description,
                         const std::string& version)
    : app_(std::make_unique<CLI::App>(description, name)) {
  app_->formatter(std::make_shared<HelpFormatter>());
  app_->set_version_flag("--version", name + " " + version, "Print the version");
}

CommandLine::~CommandLine() = default;

Command CommandLine::root() { return Command(app_.get()); }

Parsed CommandLine::parse(const std::vector<std::string>& arguments) {
  Parsed parsed;
  try {
    app_->parse(std::vector<std::string>(arguments.rbegin(), arguments.rend()));
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      std::ostringstream answer;
      app_->exit(error, answer, answer);
      parsed.answer = answer.str();
    } else {
      parsed.problem = describe_problem(*app_, error, arguments);
    }
  }
  const std::vector<const CLI::App*> path = named_commands(*app_);
  parsed.command = names_of(std::span(path).subspan(1), " ");
  return parsed;
}

}  // namespace hallmark::cli
