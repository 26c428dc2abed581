#pragma once

#include "hallmark/model/context.h"
#include "testing/fixed_clock.h"
#include "testing/signing_keys.h"

namespace hallmark::model {

/// Surroundings for a test: the time at which the test certificates are valid, a log to look at.
struct TestContext {
  hallmark::testing::FixedClock clock{hallmark::testing::kTestTime};
  base::NoProgress progress;
  base::CollectingLog log;
  base::Cancellation cancellation;

  Context get() { return Context{clock, progress, log, cancellation}; }
};

}  // namespace hallmark::model
