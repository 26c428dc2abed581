#pragma once

namespace hallmark::hash::blake3 {

/// Lets the BLAKE3 library find out what the CPU can do. It does so at its first use and keeps the
/// answer in a variable without a lock, so that two first users at once would race; this must
/// return before any other call into the library.
void detect_cpu();

}  // namespace hallmark::hash::blake3
