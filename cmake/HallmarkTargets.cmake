# How the pieces of Hallmark become targets: one static library a layer, one test program a layer.

add_library(hallmark_options INTERFACE)
target_compile_features(hallmark_options INTERFACE cxx_std_20)
target_compile_options(
  hallmark_options
  INTERFACE $<BUILD_INTERFACE:-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=>
            $<BUILD_INTERFACE:-fstack-protector-strong>
            $<BUILD_INTERFACE:-fvisibility=hidden>)
target_link_options(hallmark_options INTERFACE $<BUILD_INTERFACE:-Wl,-z,relro,-z,now>)

if(HALLMARK_DEVELOPER_MODE)
  # Designated initializers leave members at their defaults on purpose; g++ 12 warns of each.
  target_compile_options(
    hallmark_options
    INTERFACE $<BUILD_INTERFACE:-Wall;-Wextra;-Wpedantic;-Wshadow;-Wconversion;-Wsign-conversion>
              $<BUILD_INTERFACE:-Wold-style-cast;-Wnon-virtual-dtor;-Woverloaded-virtual;-Wcast-qual>
              $<BUILD_INTERFACE:-Wformat=2;-Wundef;-Wno-missing-field-initializers;-Werror>)
  target_compile_definitions(hallmark_options INTERFACE $<BUILD_INTERFACE:_GLIBCXX_ASSERTIONS>)
else()
  target_compile_definitions(
    hallmark_options INTERFACE $<BUILD_INTERFACE:$<$<CONFIG:Release>:_FORTIFY_SOURCE=2>>)
endif()

if(HALLMARK_SANITIZE)
  target_compile_options(
    hallmark_options INTERFACE -fsanitize=${HALLMARK_SANITIZE} -fno-sanitize-recover=all
                               -fno-omit-frame-pointer -O1)
  target_link_options(hallmark_options INTERFACE -fsanitize=${HALLMARK_SANITIZE})
else()
  # One self-contained program: only libc comes from the machine it runs on.
  target_link_options(hallmark_options INTERFACE
                      $<BUILD_INTERFACE:-static-libstdc++;-static-libgcc>)
endif()

if(HALLMARK_COVERAGE)
  target_compile_options(hallmark_options INTERFACE --coverage -O0)
  target_link_options(hallmark_options INTERFACE --coverage)
endif()

set(CMAKE_POSITION_INDEPENDENT_CODE ON)
include(CheckPIESupported)
check_pie_supported(LANGUAGES CXX)

# hallmark_layer(NAME HEADERS ... SOURCES ... USES ... LINKS ... PUBLIC_LINKS ...)
#   HEADERS  public headers, relative to include/hallmark/NAME
#   SOURCES  relative to the current folder
#   USES     other layers
#   LINKS    outside libraries, private to the layer
function(hallmark_layer name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;SOURCES;USES;LINKS;PUBLIC_LINKS")
  set(target hallmark_${name})
  add_library(${target} STATIC ${arg_SOURCES})
  add_library(hallmark::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} VERIFY_INTERFACE_HEADER_SETS ON)

  list(TRANSFORM arg_HEADERS PREPEND "${PROJECT_SOURCE_DIR}/include/hallmark/${name}/")
  target_sources(
    ${target} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/include"
                     FILES ${arg_HEADERS})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
  list(TRANSFORM arg_USES PREPEND "hallmark::")
  target_link_libraries(
    ${target}
    PUBLIC ${arg_USES} ${arg_PUBLIC_LINKS}
    PRIVATE $<BUILD_INTERFACE:hallmark_options> ${arg_LINKS} $<BUILD_INTERFACE:hallmark_fmt>)
  target_compile_features(${target} PUBLIC cxx_std_20)
  set_property(GLOBAL APPEND PROPERTY HALLMARK_LAYERS ${target})
endfunction()

# fmt's headers, used in sources and never seen by those who link Hallmark; src/base/fmt.cc is the
# compiled part.
add_library(hallmark_fmt INTERFACE)
target_include_directories(
  hallmark_fmt SYSTEM INTERFACE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>)

# hallmark_layer_test(NAME SOURCES ... [LINKS ...]): the tests beside the sources of layer NAME.
function(hallmark_layer_test name)
  if(NOT HALLMARK_DEVELOPER_MODE)
    return()
  endif()
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINKS")
  set(target hallmark_${name}_test)
  add_executable(${target} ${arg_SOURCES})
  target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/src")
  target_include_directories(${target} SYSTEM PRIVATE "${RAPIDCHECK_INCLUDE_DIR}")
  target_compile_definitions(
    ${target} PRIVATE HALLMARK_TESTDATA_DIR="${PROJECT_SOURCE_DIR}/testdata"
                      HALLMARK_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                      HALLMARK_BINARY_DIR="${PROJECT_BINARY_DIR}")
  target_link_libraries(
    ${target} PRIVATE hallmark::${name} hallmark_testing hallmark_options hallmark_fmt GTest::gmock
                      GTest::gtest_main "${RAPIDCHECK_LIBRARY}" ${arg_LINKS})
  target_precompile_headers(${target} PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  add_test(NAME unit.${name} COMMAND ${target})
endfunction()
