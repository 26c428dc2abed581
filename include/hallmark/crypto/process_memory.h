#pragma once

namespace hallmark::crypto {

/// Makes OpenSSL wipe all memory that it frees, in the whole process: reading a private key that is
/// not encrypted, it leaves copies in buffers that it takes for public. For programs, which own
/// their process; libraries should not decide that. Must come before anything else of Hallmark or
/// OpenSSL, and does nothing and returns false when OpenSSL has allocated before.
bool wipe_freed_memory();

}  // namespace hallmark::crypto
