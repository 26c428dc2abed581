# What Hallmark builds on; every one a system package. Linked statically where Debian ships an
# archive: start-up time is part of the product, and a verifier should not change with its libraries.

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()

set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

set(OPENSSL_USE_STATIC_LIBS TRUE)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)

set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.74 REQUIRED COMPONENTS json)

find_package(tl-expected REQUIRED CONFIG)
find_package(fmt 8 REQUIRED CONFIG)
find_package(CLI11 2 REQUIRED CONFIG)

# Only its header with the types of PKCS #11 is used; modules are loaded when they are wanted.
find_path(P11KIT_INCLUDE_DIR p11-kit/pkcs11.h PATH_SUFFIXES p11-kit-1 REQUIRED)

include(HallmarkSodium)
include(HallmarkCompression)
include(HallmarkBlake3)

if(HALLMARK_DEVELOPER_MODE)
  find_package(GTest 1.12 REQUIRED)
  find_path(RAPIDCHECK_INCLUDE_DIR rapidcheck.h REQUIRED)
  find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
  find_package(Python3 3.9 REQUIRED COMPONENTS Interpreter)
endif()
