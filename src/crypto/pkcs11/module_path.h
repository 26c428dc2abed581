#pragma once

#include <span>
#include <string>
#include <vector>

#include "hallmark/base/result.h"
#include "hallmark/crypto/pkcs11_uri.h"

namespace hallmark::crypto::pkcs11 {

/// The module that joins all modules which the system has registered with p11-kit.
inline constexpr std::string_view kProxyName = "p11-kit-proxy";

/// Where modules of this name are looked for, in this order: only folders of the system, which
/// nobody but its administrator can write to.
std::vector<std::string> system_folders(std::string_view name);

/// The absolute path of the regular file that the URI means: module-path; module-name in the folder
/// of module-path, or else in the folders of the system; p11-kit's proxy when it has neither. Fails
/// with kTokenModuleUnusable.
Result<std::string> find_module(const Pkcs11Uri& uri);

/// The first regular file NAME, NAME.so or libNAME.so, or the same in lower case, in one of
/// `folders`. Fails with kTokenModuleUnusable, naming them.
Result<std::string> find_named_module(std::string_view name, std::span<const std::string> folders);

}  // namespace hallmark::crypto::pkcs11
