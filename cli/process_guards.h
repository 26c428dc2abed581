#pragma once

#include "hallmark/base/cancellation.h"

namespace hallmark::cli {

/// Turns SIGINT, SIGTERM and SIGHUP, unless they were ignored before, into a request to stop, once;
/// a second signal ends the process at once. Also lets a write beyond a file size limit or to a
/// closed pipe fail instead of killing the process.
/// There is one for a process; it must live until the process ends.
class SignalGuard {
 public:
  explicit SignalGuard(base::Cancellation& cancellation);
};

/// While it lives, the process leaves no core file and cannot be attached to by others of the same
/// user: private keys and passphrases are in its memory.
class NoCoreFiles {
 public:
  NoCoreFiles();
  ~NoCoreFiles();
  NoCoreFiles(const NoCoreFiles&) = delete;
  NoCoreFiles& operator=(const NoCoreFiles&) = delete;

 private:
  int was_dumpable_;
};

}  // namespace hallmark::cli
