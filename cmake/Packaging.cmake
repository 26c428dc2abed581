# Debian packages by `cpack -G DEB`: hallmark (component runtime), libhallmark-dev (development).
# tools/build_package sets SOURCE_DATE_EPOCH, so that equal sources give equal packages.

find_program(GZIP_PROGRAM gzip)
if(NOT GZIP_PROGRAM)
  message(STATUS "no gzip: no Debian packages")
  return()
endif()

set(HALLMARK_MAINTAINER
    "Hallmark maintainers <maintainers@hallmark.invalid>"
    CACHE STRING "Who answers for the Debian packages")
set(packaging_dir "${PROJECT_BINARY_DIR}/packaging")

# Debian's own form of the changelog; what changed is told by the project's CHANGELOG.md.
string(TIMESTAMP packaging_date "%a, %d %b %Y %H:%M:%S +0000" UTC)
file(
  WRITE "${packaging_dir}/changelog"
  "hallmark (${PROJECT_VERSION}) unstable; urgency=medium\n\n"
  "  * Release ${PROJECT_VERSION}.\n\n"
  " -- ${HALLMARK_MAINTAINER}  ${packaging_date}\n")
execute_process(
  COMMAND "${GZIP_PROGRAM}" -9nc "${packaging_dir}/changelog"
  OUTPUT_FILE "${packaging_dir}/changelog.gz" COMMAND_ERROR_IS_FATAL ANY)

file(
  WRITE "${packaging_dir}/copyright"
  "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n"
  "Upstream-Name: Hallmark\n\n"
  "Files: *\n"
  "Copyright: 2026 The Hallmark authors\n"
  "License: Apache-2.0\n"
  " On Debian systems the text of the Apache License, version 2.0, stands in\n"
  " /usr/share/common-licenses/Apache-2.0.\n")

# hallmark_package_documents(COMPONENT PACKAGE): the files every Debian package must carry. Excluded
# from a plain `cmake --install`, which knows no packages.
function(hallmark_package_documents component package)
  install(
    FILES "${packaging_dir}/changelog.gz" "${packaging_dir}/copyright"
    DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/doc/${package}"
    COMPONENT ${component}
    EXCLUDE_FROM_ALL)
endfunction()
hallmark_package_documents(runtime hallmark)
hallmark_package_documents(development libhallmark-dev)

# Libraries are linked statically on purpose (ARCHITECTURE.md); lintian takes that for an oversight.
file(WRITE "${packaging_dir}/overrides" "hallmark: embedded-library *\n")
install(
  FILES "${packaging_dir}/overrides"
  DESTINATION "${CMAKE_INSTALL_DATAROOTDIR}/lintian/overrides"
  RENAME hallmark
  COMPONENT runtime
  EXCLUDE_FROM_ALL)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME hallmark)
set(CPACK_PACKAGE_VERSION "${PROJECT_VERSION}")
set(CPACK_PACKAGE_CONTACT "${HALLMARK_MAINTAINER}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
    OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL runtime development)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)

set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME hallmark)
set(CPACK_DEBIAN_RUNTIME_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "sign and verify machine-learning models")
set(CPACK_DEBIAN_RUNTIME_DESCRIPTION
    "sign and verify machine-learning models
Hallmark proves where a machine-learning model came from and that nothing
changed on the way. It signs all files of a model at once, verifies such
signatures, and explains every decision. The command model_signing takes the
command line of the Python reference.")

set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_NAME libhallmark-dev)
set(CPACK_DEBIAN_DEVELOPMENT_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS
    "libexpected-dev, libssl-dev (>= 3.0), libboost-json1.81-dev | libboost-json-dev, libsodium-dev")
string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ", zlib1g-dev, libzstd-dev")
if(TARGET Blake3::Blake3)
  string(APPEND CPACK_DEBIAN_DEVELOPMENT_PACKAGE_DEPENDS ", libblake3-dev")
endif()
set(CPACK_DEBIAN_DEVELOPMENT_DESCRIPTION
    "sign and verify machine-learning models (C++ library)
Static libraries, headers and the CMake package of Hallmark, which signs all
files of a machine-learning model at once and verifies such signatures.
Programs find it by find_package(Hallmark) and link hallmark::model.")

include(CPack)
