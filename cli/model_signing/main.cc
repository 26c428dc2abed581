#include "cli/model_signing/program.h"

int main(int argc, char** argv) { return hallmark::cli::model_signing::run(argc, argv); }
