# BLAKE3: the system's libblake3 where there is one, else the official C sources, which Debian ships
# in the Rust package librust-blake3-dev; no Rust is needed. HALLMARK_BLAKE3_TARGET is what to link.
# Only the sources give access to the inner nodes of the tree (src/hash/blake3/subtree.h).
option(HALLMARK_USE_SYSTEM_BLAKE3 "Use the system's libblake3 where there is one" ON)
set(HALLMARK_BLAKE3_SOURCE_DIR "" CACHE PATH "Folder with BLAKE3's C sources, empty to look for it")

if(HALLMARK_USE_SYSTEM_BLAKE3)
  include(HallmarkSystemBlake3)
endif()
if(TARGET Blake3::Blake3)
  set(HALLMARK_BLAKE3_TARGET Blake3::Blake3)
  message(STATUS "BLAKE3: ${BLAKE3_LIBRARY}; single files are hashed by one thread")
  return()
endif()

set(blake3_dir "${HALLMARK_BLAKE3_SOURCE_DIR}")
if(NOT blake3_dir)
  file(GLOB found LIST_DIRECTORIES true /usr/share/cargo/registry/blake3-*/c)
  list(SORT found COMPARE NATURAL ORDER DESCENDING)
  foreach(candidate IN LISTS found)
    if(NOT blake3_dir AND EXISTS "${candidate}/blake3_impl.h")
      set(blake3_dir "${candidate}")
    endif()
  endforeach()
endif()
if(NOT EXISTS "${blake3_dir}/blake3_impl.h")
  message(FATAL_ERROR "BLAKE3 is missing: install libblake3-dev or librust-blake3-dev")
endif()
message(STATUS "BLAKE3: sources in ${blake3_dir}")

set(blake3_sources blake3.c blake3_dispatch.c blake3_portable.c)
if(CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64|amd64)$")
  enable_language(ASM)
  list(APPEND blake3_sources blake3_sse2_x86-64_unix.S blake3_sse41_x86-64_unix.S
       blake3_avx2_x86-64_unix.S blake3_avx512_x86-64_unix.S)
elseif(CMAKE_SYSTEM_PROCESSOR MATCHES "^(aarch64|arm64)$")
  list(APPEND blake3_sources blake3_neon.c)
endif()
list(TRANSFORM blake3_sources PREPEND "${blake3_dir}/")

# Not ours: no warnings, no sanitizers, and optimised in every preset.
add_library(hallmark_blake3 STATIC ${blake3_sources})
set_target_properties(hallmark_blake3 PROPERTIES EXPORT_NAME blake3 C_VISIBILITY_PRESET hidden)
target_compile_options(hallmark_blake3 PRIVATE -w $<$<COMPILE_LANGUAGE:C>:-O2>)
target_include_directories(hallmark_blake3 SYSTEM PUBLIC "$<BUILD_INTERFACE:${blake3_dir}>")
set(HALLMARK_BLAKE3_TARGET hallmark_blake3)
