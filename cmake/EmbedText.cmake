# cmake -DOUTPUT=... -DINPUTS=a.md;b.md -P EmbedText.cmake
# Writes a C++ source with hallmark::cli::help_text(name) for files called cmd_<name>.md.

set(rows "")
foreach(input IN LISTS INPUTS)
  get_filename_component(name "${input}" NAME_WE)
  string(REGEX REPLACE "^cmd_" "" name "${name}")
  file(READ "${input}" text)
  string(APPEND rows "    {\"${name}\", R\"hallmark(${text})hallmark\"},\n")
endforeach()
file(
  WRITE "${OUTPUT}"
  "#include \"cli/help_text.h\"

#include <algorithm>
#include <array>

#include \"hallmark/base/result.h\"

namespace hallmark::cli {
namespace {

struct Row {
  std::string_view name;
  std::string_view text;
};

constexpr auto kRows = std::to_array<Row>({
${rows}});

}  // namespace

std::string_view help_text(std::string_view name) {
  const auto row = std::find_if(kRows.begin(), kRows.end(),
                                [name](const Row& r) { return r.name == name; });
  HALLMARK_CHECK(row != kRows.end());
  return row->text;
}

}  // namespace hallmark::cli
")
