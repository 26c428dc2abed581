# Finds zlib as Zlib::Zlib and libzstd as Zstd::Zstd, the archives where there are some. CMake's own
# module for zlib takes the shared library, and libzstd brings no package in Debian. Used by the
# build and by the installed package.

find_path(ZLIB_INCLUDE_DIR zlib.h REQUIRED)
find_library(ZLIB_LIBRARY NAMES libz.a z REQUIRED)
if(NOT TARGET Zlib::Zlib)
  add_library(Zlib::Zlib UNKNOWN IMPORTED)
  set_target_properties(
    Zlib::Zlib PROPERTIES IMPORTED_LOCATION "${ZLIB_LIBRARY}"
                          INTERFACE_INCLUDE_DIRECTORIES "${ZLIB_INCLUDE_DIR}"
                          INTERFACE_COMPILE_DEFINITIONS ZLIB_CONST)
endif()

find_path(ZSTD_INCLUDE_DIR zstd.h REQUIRED)
find_library(ZSTD_LIBRARY NAMES libzstd.a zstd REQUIRED)
if(NOT TARGET Zstd::Zstd)
  add_library(Zstd::Zstd UNKNOWN IMPORTED)
  set_target_properties(
    Zstd::Zstd PROPERTIES IMPORTED_LOCATION "${ZSTD_LIBRARY}"
                          INTERFACE_INCLUDE_DIRECTORIES "${ZSTD_INCLUDE_DIR}")
endif()
