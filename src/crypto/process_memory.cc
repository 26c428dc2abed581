#include "hallmark/crypto/process_memory.h"

#include <malloc.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include <openssl/crypto.h>

namespace hallmark::crypto {
namespace {

// NOLINTBEGIN(cppcoreguidelines-no-malloc): this is the allocator
void* allocate(std::size_t size, const char* /*file*/, int /*line*/) { return std::malloc(size); }

void wipe_and_free(void* memory, const char* /*file*/, int /*line*/) {
  if (memory == nullptr) return;
  explicit_bzero(memory, malloc_usable_size(memory));
  std::free(memory);
}

// Never std::realloc: where it moves, the old place keeps its contents.
void* resize(void* memory, std::size_t size, const char* file, int line) {
  if (memory == nullptr) return std::malloc(size);
  void* moved = size == 0 ? nullptr : std::malloc(size);
  if (size != 0 && moved == nullptr) return nullptr;
  if (moved != nullptr) std::memcpy(moved, memory, std::min(size, malloc_usable_size(memory)));
  wipe_and_free(memory, file, line);
  return moved;
}
// NOLINTEND(cppcoreguidelines-no-malloc)

}  // namespace

bool wipe_freed_memory() { return CRYPTO_set_mem_functions(allocate, resize, wipe_and_free) == 1; }

}  // namespace hallmark::crypto
