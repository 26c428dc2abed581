#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hallmark::testing {

/// Why mutants of a kind may be verified.
struct SurvivorRule {
  std::string name;
  std::string explanation;
  std::vector<std::string> patterns;  ///< Of survivors: `*` stands for anything but a slash.
};

/// Reads a list of rules: "name: explanation", whose further lines begin where the first one does,
/// then patterns that are indented; a blank line between rules. Fails the running test where a rule
/// has no explanation or no pattern.
std::vector<SurvivorRule> parse_survivor_rules(std::string_view text);

/// What is wrong between survivors and rules: a survivor that has no rule or two, a pattern that no
/// survivor has. Empty when they agree.
std::vector<std::string> compare_with_rules(const std::vector<std::string>& survivors,
                                            const std::vector<SurvivorRule>& rules);

}  // namespace hallmark::testing
