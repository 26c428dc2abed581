#pragma once

#include "hallmark/base/log.h"
#include "hallmark/manifest/ignore.h"
#include "hallmark/manifest/manifest.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

/// Adds what was ignored when the model was signed, and git's paths unless files there were signed
/// or the caller wants them looked at.
void ignore_as_signed(const manifest::Manifest& manifest, const FileOptions& files,
                      manifest::IgnoreRules& ignored, base::LogSink& log);

}  // namespace hallmark::model
