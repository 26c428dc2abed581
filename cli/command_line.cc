#include "cli/command_line.h"

#include <CLI/CLI.hpp>

namespace hallmark::cli {
namespace {

void describe_option(CLI::Option* option, const std::string& value_name, Presence presence) {
  option->type_name(value_name)->required(presence == Presence::kRequired);
}

// The commands that were named before the parsing ended.
std::string named_commands(const CLI::App& program) {
  std::string name;
  const CLI::App* at = &program;
  for (;;) {
    const auto chosen = at->get_subcommands();
    if (chosen.empty()) return name;
    at = chosen.front();
    name += (name.empty() ? "" : " ") + at->get_name();
  }
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

void Command::add_flag(const std::string& names, bool& value, const std::string& summary) {
  app_->add_flag(names, value, summary);
}

void Command::on_chosen(std::function<void()> action) { app_->callback(std::move(action)); }

CommandLine::CommandLine(const std::string& name, const std::string& description,
                         const std::string& version)
    : app_(std::make_unique<CLI::App>(description, name)) {
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
      app_->exit(error);  // prints what was asked for
      parsed.answered = true;
    } else {
      parsed.problem = error.what();
    }
  }
  parsed.command = named_commands(*app_);
  return parsed;
}

}  // namespace hallmark::cli
