#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/result.h"

namespace hallmark::base {

enum class Existing : std::uint8_t {
  kReplace,  ///< An older file stays whole until the new one takes its place.
  kRefuse,   ///< Fails with kAlreadyExists.
};

struct WriteOptions {
  Existing existing = Existing::kReplace;
  unsigned mode = 0644;  ///< Permission bits before the umask.
};

/// Writes a file so that after a crash, a full disk or a signal there is either the whole new file
/// or what was there before: a temporary file in the same directory, fsync, rename (or link, when
/// an existing file must not be replaced), fsync of the directory. On failure the temporary file is
/// removed, and so is a new file whose directory cannot be made durable; one that took the place of
/// an older file stays then, and the message says so. When `path` is a link, the link itself is the
/// older file: it is replaced (or refused, be it dangling), and what it leads to is not touched. A
/// `path` that ends in a slash, "." or ".." is refused with kUsage, a pipe, socket or device with
/// kAlreadyExists.
Result<void> write_durably(const std::string& path, ByteView contents,
                           const WriteOptions& options = {});

}  // namespace hallmark::base
