#pragma once

#include <functional>
#include <string>

#include "cli/command_line.h"
#include "cli/report.h"
#include "hallmark/model/context.h"

namespace hallmark::cli {

/// The command that the arguments chose, ready to run.
struct Selection {
  std::string name;  ///< "verify key"
  bool json = false;
  std::function<CommandReport(const model::Context&)> run;
};

// Each adds one command to the program; when the arguments choose it, `selection` is filled.
void add_sign(Command program, Selection& selection);
void add_sign_prepare(Command sign, Selection& selection);
void add_sign_attach(Command sign, Selection& selection);
void add_verify(Command program, Selection& selection);
void add_verify_any(Command verify, Selection& selection);
void add_digest(Command program, Selection& selection);
void add_diff(Command program, Selection& selection);
void add_inspect(Command program, Selection& selection);
void add_key(Command program, Selection& selection);
void add_key_public(Command key, Selection& selection);
void add_bench(Command program, Selection& selection);

/// Adds members to those of a report.
inline void append(base::JsonObject& members, base::JsonObject more) {
  for (auto& member : more) members.push_back(std::move(member));
}

/// A report that consists of a failure.
inline CommandReport failed(Error problem) {
  CommandReport report;
  report.problem = std::move(problem);
  return report;
}

}  // namespace hallmark::cli
