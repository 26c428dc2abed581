#include "testing/survivor_rules.h"

#include <fnmatch.h>

#include <sstream>

#include <gtest/gtest.h>

namespace hallmark::testing {
namespace {

bool matches(const std::string& pattern, const std::string& survivor) {
  return ::fnmatch(pattern.c_str(), survivor.c_str(), FNM_PATHNAME | FNM_NOESCAPE) == 0;
}

// Each rule that has the survivor, once; marks the patterns that match.
std::vector<std::string> rules_of(const std::string& survivor,
                                  const std::vector<SurvivorRule>& rules,
                                  std::vector<std::vector<bool>>& used) {
  std::vector<std::string> names;
  for (std::size_t r = 0; r < rules.size(); ++r) {
    bool has = false;
    for (std::size_t p = 0; p < rules[r].patterns.size(); ++p) {
      if (!matches(rules[r].patterns[p], survivor)) continue;
      has = true;
      used[r][p] = true;
    }
    if (has) names.push_back(rules[r].name);
  }
  return names;
}

}  // namespace

std::vector<SurvivorRule> parse_survivor_rules(std::string_view text) {
  std::vector<SurvivorRule> rules;
  std::istringstream lines{std::string(text)};
  bool begins = true;
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) {
      begins = true;
    } else if (begins) {
      const std::size_t colon = line.find(": ");
      rules.push_back({line.substr(0, colon), "", {}});
      if (colon != std::string::npos) rules.back().explanation = line.substr(colon + 2);
      begins = false;
    } else if (line.front() == ' ') {
      rules.back().patterns.push_back(line.substr(line.find_first_not_of(' ')));
    } else {
      rules.back().explanation += " " + line;
    }
  }
  for (const SurvivorRule& rule : rules) {
    EXPECT_FALSE(rule.explanation.empty()) << rule.name << " has no explanation";
    EXPECT_FALSE(rule.patterns.empty()) << rule.name << " has no patterns";
  }
  return rules;
}

std::vector<std::string> compare_with_rules(const std::vector<std::string>& survivors,
                                            const std::vector<SurvivorRule>& rules) {
  std::vector<std::vector<bool>> used;
  used.reserve(rules.size());
  for (const SurvivorRule& rule : rules) used.emplace_back(rule.patterns.size());
  std::vector<std::string> faults;
  for (const std::string& survivor : survivors) {
    const auto names = rules_of(survivor, rules, used);
    if (names.empty()) faults.push_back("no rule explains: " + survivor);
    if (names.size() > 1) faults.push_back("two rules explain: " + survivor);
  }
  for (std::size_t r = 0; r < rules.size(); ++r) {
    for (std::size_t p = 0; p < rules[r].patterns.size(); ++p) {
      if (used[r][p]) continue;
      faults.push_back(rules[r].name + " has no survivor: " + rules[r].patterns[p]);
    }
  }
  return faults;
}

}  // namespace hallmark::testing
