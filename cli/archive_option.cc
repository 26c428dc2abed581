#include "cli/archive_option.h"

#include <fmt/core.h>

#include "hallmark/base/decimal.h"
#include "hallmark/base/utf8.h"

namespace hallmark::cli {

void add_archive_option(Command command, ArchiveChoice& choice) {
  command.add_option("--max-unpacked", choice.max_unpacked, "BYTES",
                     fmt::format("Most bytes that are unpacked from an archive (default: {})",
                                 manifest::ArchiveLimits{}.max_unpacked_bytes));
}

Result<manifest::ArchiveLimits> parse_archive_limits(const ArchiveChoice& choice) {
  manifest::ArchiveLimits limits;
  if (choice.max_unpacked.empty()) return limits;
  const auto bytes = base::parse_decimal(choice.max_unpacked);
  if (!bytes || *bytes == 0) {
    return fail(Code::kUsage, fmt::format("--max-unpacked: expected a number of bytes, found '{}'",
                                          base::escape_for_display(choice.max_unpacked)));
  }
  limits.max_unpacked_bytes = *bytes;
  return limits;
}

base::JsonValue archive_as_json(const std::optional<model::ArchiveReport>& archive) {
  if (!archive) return nullptr;
  return base::JsonObject{
      {"form", std::string(to_string(archive->form))},
      {"folder", archive->folder ? base::JsonValue(*archive->folder) : base::JsonValue(nullptr)},
  };
}

std::string archive_as_text(const std::optional<model::ArchiveReport>& archive) {
  if (!archive) return {};
  const std::string where = archive->folder
                                ? fmt::format("in the folder '{}' of the archive",
                                              base::escape_for_display(*archive->folder))
                                : std::string("in the archive");
  return fmt::format("note      the files are those {}, which was not unpacked\n", where);
}

}  // namespace hallmark::cli
