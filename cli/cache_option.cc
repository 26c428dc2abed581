#include "cli/cache_option.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include <fmt/core.h>

#include "hallmark/base/utf8.h"
#include "hallmark/manifest/digest_cache.h"

namespace hallmark::cli {
namespace {

// What the surroundings say about the cache.
enum class Setting : std::uint8_t { kOff, kOn, kForbidden };

Result<Setting> setting_of_environment() {
  const char* variable = std::getenv("HALLMARK_CACHE");
  const std::string_view value = variable != nullptr ? variable : "";
  if (value.empty() || value == "0") return Setting::kOff;
  if (value == "1") return Setting::kOn;
  if (value == "forbidden") return Setting::kForbidden;
  return fail(Code::kUsage,
              fmt::format("HALLMARK_CACHE: expected '0', '1' or 'forbidden', found '{}'",
                          base::escape_for_display(value)));
}

}  // namespace

void add_cache_option(Command command, CacheChoice& choice) {
  command.add_flag("--cache,!--no-cache", choice.asked,
                   "Do not read files again that look unchanged since they were last hashed "
                   "(default: no, or HALLMARK_CACHE)");
}

Result<void> choose_cache(const CacheChoice& choice, model::FileOptions& files,
                          base::LogSink& log) {
  HALLMARK_ASSIGN_OR_RETURN(const Setting setting, setting_of_environment());
  if (!choice.asked.value_or(setting == Setting::kOn)) return {};
  if (setting == Setting::kForbidden) {
    return fail(Code::kUsage, "--cache is forbidden here, by HALLMARK_CACHE");
  }
  auto directory = manifest::user_cache_directory();
  if (directory) {
    files.digest_cache = *std::move(directory);
  } else {
    log.log(base::LogLevel::kWarning,
            fmt::format("there is no digest cache: {}", directory.error().message));
  }
  return {};
}

}  // namespace hallmark::cli
