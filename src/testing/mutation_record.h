#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace hallmark::testing {

/// What became of the mutants of one form, as lines of a golden file: mutants with one outcome at
/// one place share a line, and neighbouring positions are told as a range.
class MutationRecord {
 public:
  /// A mutant with a name: `level` and `how` are words, `place` a JSON Pointer.
  void add(const std::string& level, const std::string& place, const std::string& how,
           const std::string& outcome);

  /// A mutant of bytes: `place` says what was done, `position` where.
  void add_at(const std::string& level, const std::string& place, std::size_t position,
              const std::string& outcome);

  /// Mutants at each level.
  [[nodiscard]] const std::map<std::string, std::size_t>& counts() const { return counts_; }

  /// A line for each level, place and outcome: "bundle /mediaType member_missing: removed renamed".
  [[nodiscard]] std::string to_text() const;

  /// Whatever was verified: "bundle /mediaType removed", "text space@/a 3-5".
  [[nodiscard]] std::vector<std::string> survivors() const;
  /// How many mutants that is: a range is more than one.
  [[nodiscard]] std::size_t survivor_count() const { return survivor_count_; }

 private:
  struct Line {
    std::string place;  ///< With the level before it.
    std::string outcome;
    std::vector<std::string> names;
    std::vector<std::pair<std::size_t, std::size_t>> ranges;  ///< First and last position.
  };

  std::size_t line_for(const std::string& level, const std::string& place,
                       const std::string& outcome);

  std::vector<Line> lines_;
  std::map<std::string, std::size_t> index_;
  std::map<std::string, std::size_t> counts_;
  std::size_t survivor_count_ = 0;
  std::size_t last_line_ = 0;
};

}  // namespace hallmark::testing
