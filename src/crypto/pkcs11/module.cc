#include "crypto/pkcs11/module.h"

#include <dlfcn.h>

#include <utility>

#include <fmt/core.h>

#include "crypto/pkcs11/failure.h"
#include "hallmark/base/utf8.h"

namespace hallmark::crypto::pkcs11 {
namespace {

tl::unexpected<Error> unusable(const std::string& path, std::string_view what) {
  return fail(Code::kTokenModuleUnusable,
              fmt::format("PKCS #11 module '{}': {}", base::escape_for_display(path), what));
}

std::string loader_error() {
  const char* text = ::dlerror();
  return base::escape_for_display(text != nullptr ? text : "it cannot be loaded");
}

// All that are called here: a module may leave out what it does not support.
bool has_functions(const Functions& functions) {
  return functions.C_Initialize != nullptr && functions.C_Finalize != nullptr &&
         functions.C_GetInfo != nullptr && functions.C_GetSlotList != nullptr &&
         functions.C_GetSlotInfo != nullptr && functions.C_GetTokenInfo != nullptr &&
         functions.C_OpenSession != nullptr && functions.C_CloseSession != nullptr &&
         functions.C_Login != nullptr && functions.C_Logout != nullptr &&
         functions.C_FindObjectsInit != nullptr && functions.C_FindObjects != nullptr &&
         functions.C_FindObjectsFinal != nullptr && functions.C_GetAttributeValue != nullptr &&
         functions.C_SignInit != nullptr && functions.C_Sign != nullptr;
}

Result<const Functions*> function_list(const std::string& path, void* library) {
  // POSIX has dlsym give functions in this way.
  auto* get_list = reinterpret_cast<CK_C_GetFunctionList>(::dlsym(library, "C_GetFunctionList"));
  if (get_list == nullptr) {
    return unusable(path, "is no PKCS #11 module: it has no C_GetFunctionList");
  }
  Functions* functions = nullptr;
  const CK_RV result = get_list(&functions);
  if (result != CKR_OK || functions == nullptr) {
    return unusable(path, fmt::format("C_GetFunctionList failed with {}", result_name(result)));
  }
  const int major = functions->version.major;
  if (major != 2 && major != 3) {
    return unusable(path, fmt::format("expected PKCS #11 version 2 or 3, found {}", major));
  }
  if (!has_functions(*functions)) return unusable(path, "lacks functions that are needed to sign");
  return functions;
}

}  // namespace

void Module::Unload::operator()(void* library) const noexcept { ::dlclose(library); }

void Module::Finalize::operator()(const Functions* functions) const noexcept {
  if (ours) functions->C_Finalize(nullptr);
}

Result<Module> Module::load(const std::string& path) {
  Library library(::dlopen(path.c_str(), RTLD_NOW | RTLD_LOCAL));
  if (!library) return unusable(path, loader_error());
  HALLMARK_ASSIGN_OR_RETURN(const Functions* functions, function_list(path, library.get()));
  // Without arguments: only one thread of this process calls it (PKCS #11 v2.40 section 5.4).
  const CK_RV result = functions->C_Initialize(nullptr);
  const bool ours = result == CKR_OK;
  if (!ours && result != CKR_CRYPTOKI_ALREADY_INITIALIZED) {
    return unusable(path, fmt::format("C_Initialize failed with {}", result_name(result)));
  }
  return Module(std::move(library), Initialised(functions, Finalize{ours}));
}

}  // namespace hallmark::crypto::pkcs11
