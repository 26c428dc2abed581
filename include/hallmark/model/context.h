#pragma once

#include "hallmark/base/cancellation.h"
#include "hallmark/base/clock.h"
#include "hallmark/base/log.h"
#include "hallmark/base/progress.h"

namespace hallmark::model {

/// What an operation needs from its caller beside the question: the time, and whom to tell.
struct Context {
  const base::Clock& clock;
  base::ProgressSink& progress;
  base::LogSink& log;
  const base::Cancellation& cancellation;
};

}  // namespace hallmark::model
