# What `cmake --install` puts where, and the package that find_package(Hallmark) reads.

include(CMakePackageConfigHelpers)

get_property(layers GLOBAL PROPERTY HALLMARK_LAYERS)
install(
  TARGETS ${layers}
  EXPORT HallmarkTargets
  ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development
  FILE_SET HEADERS DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}" COMPONENT development)
if(TARGET hallmark_blake3)
  install(
    TARGETS hallmark_blake3
    EXPORT HallmarkTargets
    ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}" COMPONENT development)
endif()
install(
  EXPORT HallmarkTargets
  NAMESPACE hallmark::
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Hallmark"
  COMPONENT development)

configure_package_config_file(
  "${CMAKE_CURRENT_LIST_DIR}/HallmarkConfig.cmake.in" "${PROJECT_BINARY_DIR}/HallmarkConfig.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Hallmark")
write_basic_package_version_file(
  "${PROJECT_BINARY_DIR}/HallmarkConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(
  FILES "${PROJECT_BINARY_DIR}/HallmarkConfig.cmake"
        "${PROJECT_BINARY_DIR}/HallmarkConfigVersion.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/HallmarkCompression.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/HallmarkSodium.cmake"
        "${CMAKE_CURRENT_LIST_DIR}/HallmarkSystemBlake3.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/Hallmark"
  COMPONENT development)
