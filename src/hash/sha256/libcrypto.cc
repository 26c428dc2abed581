#include "hash/sha256/libcrypto.h"

#include <algorithm>

// OpenSSL 3 would have every program use EVP. Only these functions can go on from a state that
// another kernel left, and unlike EVP they need no provider to be looked up first.
#define OPENSSL_SUPPRESS_DEPRECATED  // NOLINT(readability-identifier-naming): OpenSSL's name
#include <openssl/sha.h>

namespace hallmark::hash::sha256 {

void compress_libcrypto(Lane* const* lanes, std::size_t blocks) {
  Lane& lane = *lanes[0];
  SHA256_CTX context;
  SHA256_Init(&context);
  std::copy_n(lane.state.words, 8, context.h);
  SHA256_Update(&context, lane.data, blocks * kBlockSize);
  std::copy_n(context.h, 8, lane.state.words);
  lane.data += blocks * kBlockSize;
}

}  // namespace hallmark::hash::sha256
