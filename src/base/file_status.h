#pragma once

#include <sys/stat.h>

#include "hallmark/base/file.h"

namespace hallmark::base {

/// The system's record as ours.
FileStatus file_status(const struct stat& status);

}  // namespace hallmark::base
