#pragma once

namespace hallmark::cli {

/// The program `hallmark`: reads the arguments, runs one command, prints its report. Exit codes:
/// 0 done or verified, 1 rejected, 2 usage, 3 undecided.
int run(int argc, char** argv);

}  // namespace hallmark::cli
