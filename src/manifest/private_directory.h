#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "hallmark/base/bytes.h"
#include "hallmark/base/file.h"
#include "hallmark/base/result.h"

namespace hallmark::manifest {

/// Opens a directory that belongs to the user and that nobody else may enter. Fails with kNotFound
/// when there is none, with kIoError when it is not like that or is a link.
Result<base::FileDescriptor> open_private_directory(const std::string& path);

/// Makes that directory, and those that lead to it, where they are missing; one of the user's that
/// others may enter is closed to them. Says whether it was private before.
Result<bool> make_private_directory(const std::string& path);

/// Reads a file of such a directory that belongs to the user and that nobody else may open, of
/// `max_bytes` at most. Fails with kNotFound when there is none.
Result<Bytes> read_private_file(const base::FileDescriptor& directory, const std::string& name,
                                std::size_t max_bytes);

}  // namespace hallmark::manifest
