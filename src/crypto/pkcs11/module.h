#pragma once

#include <memory>
#include <string>

#include "crypto/pkcs11/cryptoki.h"
#include "hallmark/base/result.h"

namespace hallmark::crypto::pkcs11 {

/// A PKCS #11 module, loaded into this process and initialised; finalised and unloaded when this
/// ends. Its code runs with all rights of the process, so who names it has to trust it.
class Module {
 public:
  /// Loads the file at an absolute path. Fails with kTokenModuleUnusable when it is no library, has
  /// no C_GetFunctionList, lacks a function that is needed or cannot be initialised.
  static Result<Module> load(const std::string& path);

  [[nodiscard]] const Functions& functions() const { return *functions_; }

 private:
  struct Unload {
    void operator()(void* library) const noexcept;
  };
  struct Finalize {
    bool ours = true;  // Not when another part of the process had initialised it before.
    void operator()(const Functions* functions) const noexcept;
  };
  using Library = std::unique_ptr<void, Unload>;
  using Initialised = std::unique_ptr<const Functions, Finalize>;

  Module(Library library, Initialised functions)
      : library_(std::move(library)), functions_(std::move(functions)) {}

  Library library_;
  Initialised functions_;  // Ends before the library that it stands in.
};

}  // namespace hallmark::crypto::pkcs11
