#pragma once

namespace hallmark::cli::model_signing {

/// The program `model_signing`, which takes the command line of the Python reference. Exit codes:
/// 0 done or verified, 1 everything else, 2 wrong usage.
int run(int argc, char** argv);

}  // namespace hallmark::cli::model_signing
