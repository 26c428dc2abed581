#pragma once

#include <optional>
#include <string>

#include "cli/command_line.h"
#include "hallmark/base/json.h"
#include "hallmark/base/result.h"
#include "hallmark/model/verify.h"

namespace hallmark::cli {

/// --max-unpacked as given; empty: the default.
struct ArchiveChoice {
  std::string max_unpacked;
};

void add_archive_option(Command command, ArchiveChoice& choice);

/// Fails with kUsage when that is no number of bytes.
Result<manifest::ArchiveLimits> parse_archive_limits(const ArchiveChoice& choice);

/// What `archive` of the report holds: null when no archive was read.
base::JsonValue archive_as_json(const std::optional<model::ArchiveReport>& archive);

/// One line when an archive was read, and nothing otherwise.
std::string archive_as_text(const std::optional<model::ArchiveReport>& archive);

}  // namespace hallmark::cli
