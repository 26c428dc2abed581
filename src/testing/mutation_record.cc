#include "testing/mutation_record.h"

#include <fmt/format.h>

namespace hallmark::testing {
namespace {

constexpr std::string_view kVerified = "verified";

std::string to_string(const std::pair<std::size_t, std::size_t>& range) {
  return range.first == range.second ? std::to_string(range.first)
                                     : fmt::format("{}-{}", range.first, range.second);
}

}  // namespace

std::size_t MutationRecord::line_for(const std::string& level, const std::string& place,
                                     const std::string& outcome) {
  ++counts_[level];
  if (outcome.starts_with(kVerified)) ++survivor_count_;
  const std::string where = fmt::format("{} {}", level, place.empty() ? "(document)" : place);
  const auto [found, is_new] = index_.emplace(where + " " + outcome, lines_.size());
  if (is_new) lines_.push_back({where, outcome, {}, {}});
  return found->second;
}

void MutationRecord::add(const std::string& level, const std::string& place, const std::string& how,
                         const std::string& outcome) {
  last_line_ = line_for(level, place, outcome);
  lines_[last_line_].names.push_back(how);
}

void MutationRecord::add_at(const std::string& level, const std::string& place,
                            std::size_t position, const std::string& outcome) {
  const std::size_t line = line_for(level, place, outcome);
  auto& ranges = lines_[line].ranges;
  if (!ranges.empty() && line == last_line_) {
    ranges.back().second = position;
  } else {
    ranges.emplace_back(position, position);
  }
  last_line_ = line;
}

std::string MutationRecord::to_text() const {
  std::string text;
  for (const Line& line : lines_) {
    std::vector<std::string> names = line.names;
    for (const auto& range : line.ranges) names.push_back(to_string(range));
    text += fmt::format("{} {}: {}\n", line.place, line.outcome, fmt::join(names, " "));
  }
  return text;
}

std::vector<std::string> MutationRecord::survivors() const {
  std::vector<std::string> survivors;
  for (const Line& line : lines_) {
    if (!line.outcome.starts_with(kVerified)) continue;
    for (const std::string& name : line.names) survivors.push_back(line.place + " " + name);
    for (const auto& range : line.ranges) survivors.push_back(line.place + " " + to_string(range));
  }
  return survivors;
}

}  // namespace hallmark::testing
