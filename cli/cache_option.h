#pragma once

#include <optional>

#include "cli/command_line.h"
#include "hallmark/base/log.h"
#include "hallmark/base/result.h"
#include "hallmark/model/options.h"

namespace hallmark::cli {

/// --cache or --no-cache, if either was given; the last one counts.
struct CacheChoice {
  std::optional<bool> asked;
};

void add_cache_option(Command command, CacheChoice& choice);

/// Sets the user's digest cache in `files` where the option or, without one, HALLMARK_CACHE asks
/// for it. Fails with kUsage when that variable is neither empty nor "0" nor "1". A user without a
/// place for a cache is warned, and goes without.
Result<void> choose_cache(const CacheChoice& choice, model::FileOptions& files, base::LogSink& log);

}  // namespace hallmark::cli
