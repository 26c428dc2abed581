#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): the library calls it so
class App;
}

namespace hallmark::cli {

enum class Presence : std::uint8_t { kOptional, kRequired };

/// One command of a program, or the program itself: what it is called and what it takes. A thin
/// layer over CLI11, which only command_line.cc knows. Variables that options write to must live
/// until the parsing is done.
class Command {
 public:
  /// A command below this one; one of them has to be chosen.
  Command add_command(const std::string& name, const std::string& summary);

  /// Text after the list of options.
  void set_help(std::string_view text);

  /// An argument without a name: always required.
  void add_positional(const std::string& name, std::string& value, const std::string& summary);

  /// `value_name` stands for the value in the help: "PATH".
  void add_option(const std::string& name, std::string& value, const std::string& value_name,
                  const std::string& summary, Presence presence = Presence::kOptional);
  void add_option(const std::string& name, std::optional<std::string>& value,
                  const std::string& value_name, const std::string& summary);

  /// An option that takes one value each time it is given.
  void add_repeatable(const std::string& name, std::vector<std::string>& values,
                      const std::string& value_name, const std::string& summary);

  /// An option with a fixed set of values.
  void add_choice(const std::string& name, std::string& value,
                  const std::vector<std::string>& allowed, const std::string& summary);

  /// An option whose value is a number from 1 to `largest`.
  void add_count(const std::string& name, std::size_t& value, std::size_t largest,
                 const std::string& summary);

  /// "--flag", or "--flag,!--no-flag" for one that can be turned off as well.
  void add_flag(const std::string& names, bool& value, const std::string& summary);
  /// Of several the last one counts; without any, `value` stays as it is.
  void add_flag(const std::string& names, std::optional<bool>& value, const std::string& summary);

  /// Called when the arguments choose this command, after its variables are set.
  void on_chosen(std::function<void()> action);

 private:
  friend class CommandLine;
  explicit Command(CLI::App* app) : app_(app) {}

  CLI::App* app_;
};

/// What parsing found.
struct Parsed {
  /// Help or the version, when one was asked for: to be printed, and nothing else to be done.
  std::optional<std::string> answer;
  /// What is wrong with the arguments, if anything; fit for display.
  std::optional<std::string> problem;
  /// The commands that were named: "verify key".
  std::string command;
};

/// The arguments of a program.
class CommandLine {
 public:
  CommandLine(const std::string& name, const std::string& description, const std::string& version);
  ~CommandLine();
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  [[nodiscard]] Command root();

  /// Parses the arguments after the program's name.
  Parsed parse(const std::vector<std::string>& arguments);

 private:
  std::unique_ptr<CLI::App> app_;
};

}  // namespace hallmark::cli
