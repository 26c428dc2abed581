"""Which header belongs to which library, the system's own included."""

import re

# Names as written in the column "outside library", with the headers of each.
LIBRARIES: dict[str, str] = {
    "tl::expected": r"tl/",
    "fmt": r"fmt/",
    "spdlog": r"spdlog/",
    "CLI11": r"CLI/",
    "OpenSSL": r"openssl/",
    "libsodium": r"sodium\.h|sodium/",
    "BLAKE3": r"blake3(_impl)?\.h",
    "p11-kit": r"p11-kit/",
    "Boost.JSON": r"boost/json(\.hpp|/)",
    "Boost.Beast": r"boost/(beast|asio)(\.hpp|/)",
    "zlib": r"zlib\.h",
    "zstd": r"zstd(_errors)?\.h",
    "libcurl": r"curl/",
    "SQLite": r"sqlite3\.h",
    "libpq": r"libpq-fe\.h",
    "yaml-cpp": r"yaml-cpp/",
    "toml++": r"toml\+\+/",
    "libgit2": r"git2\.h|git2/",
}

# The rest of Boost comes along with whichever Boost library a layer names.
OTHER_BOOST = r"boost/"

TEST_LIBRARIES = r"gtest/|gmock/|rapidcheck\.h|rapidcheck/"
BENCH_LIBRARIES = r"benchmark/"

_SYSTEM = re.compile(
    r"[a-z_0-9]+"  # C++ standard library
    r"|(sys|linux|netinet|arpa|net|bits)/[a-z_0-9]+\.h"
    r"|(assert|cpuid|ctype|dirent|dlfcn|errno|fcntl|fnmatch|getopt|glob|grp|immintrin|inttypes"
    r"|limits|locale|math|netdb|poll|pthread|pwd|sched|setjmp|signal|spawn|stdarg|stdbool|stddef"
    r"|stdint|stdio|stdlib|string|strings|syslog|termios|time|unistd|utime|wchar|x86intrin"
    r"|arm_neon|malloc|semaphore)\.h"
)


def is_system_header(header: str) -> bool:
    return _SYSTEM.fullmatch(header) is not None


def is_test_header(header: str) -> bool:
    return re.match(TEST_LIBRARIES, header) is not None


def is_bench_header(header: str) -> bool:
    return re.match(BENCH_LIBRARIES, header) is not None


def library_of(header: str) -> str | None:
    """The library's name; "Boost" for the parts of Boost that have no name of their own."""
    for name, pattern in LIBRARIES.items():
        if re.match(pattern, header):
            return name
    return "Boost" if re.match(OTHER_BOOST, header) else None
