"""tools/check_layers accepts a clean tree and names each breach."""

import unittest

from tool_case import ToolCase

TABLE_HEAD = """# Architecture

## Layers

| layer | may use | holds | outside library (private to the layer) |
|---|---|---|---|
"""
TABLE = (
    TABLE_HEAD
    + """| `base` | - | results | tl::expected, fmt, Boost.JSON |
| `hash` | base | digests | OpenSSL digests |
| `crypto` | hash | keys | OpenSSL, libsodium (Ed25519ph only) |
| `manifest` | base, hash | files | - |
| `model` | manifest, crypto | the facade | - |
| `cli` | model | commands | CLI11 |

Text after the table.
"""
)
FILES = {
    "include/hallmark/base/result.h": "#pragma once\n#include <string>\n#include <tl/expected.hpp>\n",
    "include/hallmark/hash/digest.h": '#pragma once\n#include "hallmark/base/result.h"\n',
    "include/hallmark/manifest/manifest.h": '#pragma once\n#include "hallmark/hash/digest.h"\n',
    "include/hallmark/model/sign.h": '#pragma once\n#include "hallmark/manifest/manifest.h"\n',
    "src/base/json.h": "#pragma once\n#include <boost/json/value.hpp>\n",
    "src/base/json.cc": '#include "base/json.h"\n#include <boost/system/error_code.hpp>\n',
    "src/base/CMakeLists.txt": "hallmark_layer(base SOURCES json.cc)\n",
    "src/hash/digest.cc": '#include "hallmark/hash/digest.h"\n#include <openssl/evp.h>\n',
    "src/manifest/walk.h": "#pragma once\n#include <sys/stat.h>\n",
    "src/manifest/walk.cc": '#include "manifest/walk.h"\n#include <fmt/format.h>\n',
    "src/manifest/walk_test.cc": '#include <gtest/gtest.h>\n#include "testing/files.h"\n',
    "src/testing/files.h": '#pragma once\n#include "hallmark/model/sign.h"\n',
    "src/model/sign.cc": '#include "hallmark/base/result.h"\n',
    "src/CMakeLists.txt": (
        "add_library(x hash/digest.cc manifest/walk.cc manifest/walk_test.cc\n"
        "  ${PROJECT_SOURCE_DIR}/src/model/sign.cc)\n"
    ),
    "cli/main.cc": '#include <CLI/CLI.hpp>\n#include "hallmark/model/sign.h"\n',
    "cli/CMakeLists.txt": "add_executable(hallmark main.cc)\n",
    "fuzz/fuzz_json.cc": '#include "hallmark/base/result.h"\n#include "testing/files.h"\n',
    "fuzz/CMakeLists.txt": 'add_executable(fuzz_json "${CMAKE_CURRENT_SOURCE_DIR}/fuzz_json.cc")\n',
}


class CheckLayers(ToolCase):
    tool = "check_layers"

    def setUp(self) -> None:
        super().setUp()
        self.write("ARCHITECTURE.md", TABLE)
        for name, content in FILES.items():
            self.write(name, content)

    def check_rejects(self, message: str) -> None:
        self.assert_rejects(message, "--root", self.folder)

    def test_accepts_a_clean_tree(self) -> None:
        self.assert_accepts("--root", self.folder)

    def test_upward_include(self) -> None:
        self.write("include/hallmark/hash/up.h", '#include "hallmark/manifest/manifest.h"\n')
        self.check_rejects("include/hallmark/hash/up.h:1: layer hash may not use manifest")

    def test_upward_include_from_a_test(self) -> None:
        self.write("src/manifest/walk_test.cc", '#include "hallmark/model/sign.h"\n')
        self.check_rejects("src/manifest/walk_test.cc:1: layer manifest may not use model")

    def test_upward_include_in_another_spelling(self) -> None:
        self.write("src/hash/digest.cc", '  #  include\t"hallmark/manifest/manifest.h"\n')
        self.check_rejects("src/hash/digest.cc:1: layer hash may not use manifest")

    def test_private_header_of_another_layer(self) -> None:
        self.write("src/model/sign.cc", '#include "manifest/walk.h"\n')
        self.check_rejects("src/model/sign.cc:1: a private header of layer manifest")

    def test_private_header_in_a_public_one(self) -> None:
        self.write("include/hallmark/manifest/manifest.h", '#include "manifest/walk.h"\n')
        self.check_rejects("a public header includes a private one")

    def test_openssl_in_manifest(self) -> None:
        self.write("src/manifest/walk.cc", "#include <openssl/evp.h>\n")
        self.check_rejects("src/manifest/walk.cc:1: layer manifest may not use OpenSSL")

    def test_cli11_in_model(self) -> None:
        self.write("src/model/sign.cc", "\n#include <CLI/CLI.hpp>\n")
        self.check_rejects("src/model/sign.cc:2: layer model may not use CLI11")

    def test_boost_in_a_public_header(self) -> None:
        self.write("include/hallmark/base/json.h", "#include <boost/json.hpp>\n")
        self.check_rejects("include/hallmark/base/json.h:1: Boost.JSON in a public header")

    def test_fmt_in_a_public_header(self) -> None:
        self.write("include/hallmark/base/text.h", "#include <fmt/format.h>\n")
        self.check_rejects("include/hallmark/base/text.h:1: fmt in a public header")

    def test_expected_outside_base(self) -> None:
        self.write("include/hallmark/hash/digest.h", "#include <tl/expected.hpp>\n")
        self.check_rejects("include/hallmark/hash/digest.h:1: tl::expected outside base")

    def test_other_boost_in_a_layer_without_boost(self) -> None:
        self.write("src/model/sign.cc", "#include <boost/optional.hpp>\n")
        self.check_rejects("layer model may not use Boost")

    def test_test_headers_in_the_product(self) -> None:
        self.write("src/model/sign.cc", "#include <gtest/gtest.h>\n")
        self.check_rejects("src/model/sign.cc:1: a test header outside tests")
        self.write("src/model/sign.cc", '#include "testing/files.h"\n')
        self.check_rejects("src/model/sign.cc:1: src/testing is for tests and fuzz/")

    def test_testing_does_not_use_cli(self) -> None:
        self.write("src/testing/files.h", '#include "cli/options.h"\n')
        self.check_rejects("layer testing may not use cli")

    def test_include_relative_to_the_file(self) -> None:
        self.write("src/manifest/walk.cc", '#include "walk.h"\n')
        self.check_rejects("src/manifest/walk.cc:1: an include of no known layer")

    def test_include_of_an_unknown_library(self) -> None:
        self.write("src/model/sign.cc", "#include <json/json.h>\n")
        self.check_rejects("src/model/sign.cc:1: a header of no known library")

    def test_include_through_a_macro(self) -> None:
        self.write("src/model/sign.cc", "#include HEADER\n")
        self.check_rejects("src/model/sign.cc:1: a header of no known library")

    def test_header_cycle(self) -> None:
        self.write("src/base/json.h", '#include "base/other.h"\n')
        self.write("src/base/other.h", '#include "base/json.h"\n')
        self.check_rejects("src/base/json.h -> src/base/other.h -> src/base/json.h")

    def test_unlisted_source(self) -> None:
        self.write("src/model/forgotten.cc", "")
        self.check_rejects("src/model/forgotten.cc: no CMakeLists.txt lists this source")

    def test_source_listed_in_a_comment_only(self) -> None:
        self.write("cli/CMakeLists.txt", "# main.cc\n")
        self.check_rejects("cli/main.cc: no CMakeLists.txt lists this source")

    def test_unusual_suffix(self) -> None:
        self.write("src/model/sign.hpp", "")
        self.check_rejects("src/model/sign.hpp: a C++ file's suffix")

    def test_unknown_layer(self) -> None:
        self.write("src/extra/thing.h", "")
        self.check_rejects("src/extra/thing.h: the file stands in no layer")

    def test_file_outside_a_layer_folder(self) -> None:
        self.write("include/hallmark/all.h", "")
        self.check_rejects("include/hallmark/all.h: the file stands in no layer")


class LayerTable(ToolCase):
    tool = "check_layers"

    def check_rejects(self, message: str, rows: str) -> None:
        self.write("ARCHITECTURE.md", TABLE_HEAD + rows)
        self.assert_rejects(message, "--root", self.folder)

    def test_no_document(self) -> None:
        self.assert_rejects("there is no ARCHITECTURE.md", "--root", self.folder)

    def test_no_heading(self) -> None:
        self.write("ARCHITECTURE.md", "# Architecture\n")
        self.assert_rejects("there is no heading", "--root", self.folder)

    def test_no_table_before_the_next_heading(self) -> None:
        text = TABLE.replace("## Layers", "## Layers\n\n## Other")
        self.write("ARCHITECTURE.md", text)
        self.assert_rejects("there is no table", "--root", self.folder)

    def test_no_rows(self) -> None:
        self.check_rejects("there is no table with a row", "")

    def test_other_columns(self) -> None:
        self.write("ARCHITECTURE.md", TABLE.replace("may use", "uses"))
        self.assert_rejects("the columns are not", "--root", self.folder)

    def test_short_row(self) -> None:
        self.check_rejects("a row of 3 cells", "| base | - | x |\n")

    def test_unknown_layer_in_use(self) -> None:
        self.check_rejects("uses 'bsae', which has no row", "| hash | bsae | x | - |\n")

    def test_circle_of_layers(self) -> None:
        self.check_rejects("uses itself", "| a | b | x | - |\n| b | a | x | - |\n")

    def test_layer_twice(self) -> None:
        self.check_rejects("stands there twice", "| a | - | x | - |\n| a | - | x | - |\n")

    def test_unknown_library(self) -> None:
        self.check_rejects("outside library 'Qt' is unknown", "| a | - | x | Qt |\n")

    def test_two_layers_in_a_row(self) -> None:
        self.check_rejects("is no layer name", "| `cli`, `python` | - | x | - |\n")


if __name__ == "__main__":
    unittest.main()
