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
/// for it ("1"). Fails with kUsage when that variable forbids what is asked for ("forbidden"), or
/// has any other value but "0" and "". A user without a place for a cache is warned, and goes
/// without.
Result<void> choose_cache(const CacheChoice& choice, model::FileOptions& files, base::LogSink& log);

}  // namespace hallmark::cli
