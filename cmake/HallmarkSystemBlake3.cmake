# Finds the system's libblake3 as Blake3::Blake3; the archive where there is one. Used by the build
# and by an installed package that was built with it.
find_path(BLAKE3_INCLUDE_DIR blake3.h)
find_library(BLAKE3_LIBRARY NAMES libblake3.a blake3)
mark_as_advanced(BLAKE3_INCLUDE_DIR BLAKE3_LIBRARY)

if(BLAKE3_INCLUDE_DIR AND BLAKE3_LIBRARY AND NOT TARGET Blake3::Blake3)
  add_library(Blake3::Blake3 UNKNOWN IMPORTED)
  set_target_properties(
    Blake3::Blake3 PROPERTIES IMPORTED_LOCATION "${BLAKE3_LIBRARY}"
                              INTERFACE_INCLUDE_DIRECTORIES "${BLAKE3_INCLUDE_DIR}")
endif()
