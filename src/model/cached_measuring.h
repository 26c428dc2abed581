#pragma once

#include "hallmark/manifest/digest_cache.h"
#include "hallmark/manifest/measure.h"
#include "hallmark/model/context.h"
#include "hallmark/model/options.h"

namespace hallmark::model {

/// Measures a model by `measure(chosen)`, with the digest cache that the caller asks for, if any.
template <typename Measure>
Result<manifest::Measured> measure_cached(const manifest::ModelTree& tree,
                                          const FileOptions& options,
                                          manifest::MeasureOptions chosen, const Context& context,
                                          const Measure& measure) {
  if (!options.digest_cache) return measure(chosen);
  manifest::DigestCache cache({.directory = *options.digest_cache}, tree.root(),
                              context.clock.now(), context.log);
  chosen.known = &cache;
  Result<manifest::Measured> measured = measure(chosen);
  if (measured) cache.save();
  return measured;
}

}  // namespace hallmark::model
