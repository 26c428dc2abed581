#include "crypto/pkcs11/module_path.h"

#include <algorithm>
#include <filesystem>

#include <fmt/core.h>
#include <fmt/format.h>

#include "hallmark/base/utf8.h"

namespace hallmark::crypto::pkcs11 {
namespace {

// "x86_64-linux-gnu" on Debian; empty where libraries have no folder of their architecture.
constexpr std::string_view kArchitecture = HALLMARK_LIBRARY_ARCHITECTURE;

bool is_regular(const std::string& path) {
  std::error_code unknown;  // then it is none
  return std::filesystem::is_regular_file(path, unknown);
}

bool is_directory(const std::string& path) {
  std::error_code unknown;
  return std::filesystem::is_directory(path, unknown);
}

std::string lower_case(std::string_view name) {
  std::string lower(name);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lower;
}

tl::unexpected<Error> no_module(const std::string& path, std::string_view what) {
  return fail(Code::kTokenModuleUnusable,
              fmt::format("PKCS #11 module '{}': {}", base::escape_for_display(path), what));
}

}  // namespace

// Those of the reference, which are Fedora's and Arch's, come first. Debian keeps SoftHSM in a
// folder of its own, and p11-kit's proxy among all libraries.
std::vector<std::string> system_folders(std::string_view name) {
  std::vector<std::string> folders = {"/usr/lib64/pkcs11", "/usr/lib/pkcs11"};
  const bool has_architecture = !kArchitecture.empty();
  const std::string libraries = fmt::format("/usr/lib/{}", kArchitecture);
  if (has_architecture) folders.push_back(libraries + "/pkcs11");
  if (has_architecture) folders.push_back(libraries + "/softhsm");
  folders.insert(folders.end(), {"/usr/lib64/softhsm", "/usr/lib/softhsm"});
  if (name == kProxyName) {
    if (has_architecture) folders.push_back(libraries);
    folders.insert(folders.end(), {"/usr/lib64", "/usr/lib"});
  }
  return folders;
}

Result<std::string> find_named_module(std::string_view name, std::span<const std::string> folders) {
  for (const std::string& folder : folders) {
    for (const std::string& spelling : {std::string(name), lower_case(name)}) {
      for (const std::string& file : {spelling, spelling + ".so", "lib" + spelling + ".so"}) {
        std::string path = fmt::format("{}/{}", folder, file);
        if (is_regular(path)) return path;
      }
    }
  }
  return fail(Code::kTokenModuleUnusable,
              fmt::format("no PKCS #11 module '{}' in {}", base::escape_for_display(name),
                          base::escape_for_display(fmt::format("{}", fmt::join(folders, ", ")))));
}

Result<std::string> find_module(const Pkcs11Uri& uri) {
  if (!uri.module_path) {
    const std::string name = uri.module_name.value_or(std::string(kProxyName));
    auto found = find_named_module(name, system_folders(name));
    if (found || uri.module_name) return found;
    return fail(Code::kTokenModuleUnusable,
                "the PKCS #11 URI names no module by module-name or module-path, and this system "
                "has no p11-kit-proxy");
  }
  const std::string& path = *uri.module_path;
  if (uri.module_name) {
    if (!is_directory(path)) return no_module(path, "expected a folder, as there is a module-name");
    const std::vector<std::string> folder{path};
    return find_named_module(*uri.module_name, folder);
  }
  if (is_directory(path)) return no_module(path, "is a folder, and there is no module-name");
  if (!is_regular(path)) return no_module(path, "there is no such file");
  return path;
}

}  // namespace hallmark::crypto::pkcs11
