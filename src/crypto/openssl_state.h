#pragma once

#include <string>

namespace hallmark::crypto {

/// Sets OpenSSL up for a short-lived process; to be called before anything else of it is used, any
/// number of times.
void prepare_openssl();

/// Empties this thread's queue of OpenSSL errors when it ends, so that no failure is taken for that
/// of a later caller.
class OpensslScope {
 public:
  OpensslScope() { prepare_openssl(); }
  ~OpensslScope();

  OpensslScope(const OpensslScope&) = delete;
  OpensslScope& operator=(const OpensslScope&) = delete;
};

/// The newest error in the queue as "OpenSSL error 0A000086", which `openssl errstr 0A000086` turns
/// into words. Never holds data of the failed operation, so no secret either.
std::string describe_openssl_error();

/// Whether the queue tells of an algorithm that OpenSSL does not have, rather than of wrong data.
bool openssl_lacks_algorithm();

}  // namespace hallmark::crypto
