#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hallmark::cli::model_signing {

/// What stands behind an option.
enum class Takes : std::uint8_t {
  kNothing,
  kValue,   ///< One value; of several the last counts.
  kValues,  ///< One value each time it is given.
};

/// One option as the table of commands has it. Names are spelled with hyphens.
struct Option {
  std::string_view name;           ///< "--private-key"
  std::string_view negation = {};  ///< "--no-ignore-git-paths", of a switch that has one.
  Takes takes = Takes::kNothing;
  std::string_view value_name = {};  ///< Stands for the value in the help.
  bool required = false;
  std::string_view summary = {};
};

/// An option as it was given.
struct GivenOption {
  std::string_view name;  ///< As in the table, also when its negation was given.
  bool on = true;         ///< False: its negation was given.
  std::string value;
};

/// All options that were given, in their order.
class GivenOptions {
 public:
  void add(GivenOption option) { given_.push_back(std::move(option)); }

  [[nodiscard]] bool has(std::string_view name) const { return value(name).has_value(); }

  /// The last value.
  [[nodiscard]] std::optional<std::string> value(std::string_view name) const {
    const auto last = find_last(name);
    return last == given_.rend() ? std::nullopt : std::optional(last->value);
  }

  [[nodiscard]] std::vector<std::string> values(std::string_view name) const {
    std::vector<std::string> found;
    for (const GivenOption& option : given_) {
      if (option.name == name) found.push_back(option.value);
    }
    return found;
  }

  /// What a switch was last set to.
  [[nodiscard]] bool is_on(std::string_view name, bool otherwise) const {
    const auto last = find_last(name);
    return last == given_.rend() ? otherwise : last->on;
  }

  /// The one of two options that stands first, if any: "--help" or "--version".
  [[nodiscard]] std::string_view first_of(std::string_view one, std::string_view other) const {
    for (const GivenOption& option : given_) {
      if (option.name == one || option.name == other) return option.name;
    }
    return {};
  }

 private:
  [[nodiscard]] std::vector<GivenOption>::const_reverse_iterator find_last(
      std::string_view name) const {
    return std::find_if(given_.rbegin(), given_.rend(),
                        [&](const GivenOption& option) { return option.name == name; });
  }

  std::vector<GivenOption> given_;
};

}  // namespace hallmark::cli::model_signing
