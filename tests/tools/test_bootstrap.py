"""tools/bootstrap asks the package manager for exactly what is missing."""

import shutil
import unittest

from tool_case import ToolCase

DPKG_QUERY = """#!/bin/bash
for name in "${@:4}"; do
  if [[ " $FAKE_MISSING " != *" $name "* ]]; then echo "$name installed"; fi
done
"""
APT_GET = """#!/bin/bash
echo "apt-get $* frontend=$DEBIAN_FRONTEND"
"""
APT_CACHE = """#!/bin/bash
if [[ " $FAKE_UNKNOWN " != *" $2 "* ]]; then echo "Package: $2"; fi
"""
SUDO = """#!/bin/bash
echo "sudo"
"$@"
"""
BOOST = "libboost1.81-dev libboost-json1.81-dev"


class Bootstrap(ToolCase):
    tool = "bootstrap"

    def setUp(self) -> None:
        super().setUp()
        self.write_script("bin/dpkg-query", DPKG_QUERY)
        self.write_script("bin/apt-get", APT_GET)
        self.write_script("bin/apt-cache", APT_CACHE)
        for name in ("bash", "cat", "env", "grep", "sort"):
            (self.folder / "bin" / name).symlink_to(str(shutil.which(name)))
        self.write("debian", "ID=debian\n")
        self.write("fedora", "ID=fedora\nNAME=Fedora\n")

    def environment(self, missing: str = "", **more: str) -> dict[str, str]:
        return {
            "PATH": str(self.folder / "bin"),
            "HALLMARK_OS_RELEASE": str(self.folder / "debian"),
            "HALLMARK_BOOTSTRAP": "on",
            "HALLMARK_EUID": "0",
            "FAKE_MISSING": missing,
            **more,
        }

    def test_is_silent_when_nothing_is_missing(self) -> None:
        result = self.run_tool("all", **self.environment())
        self.assertEqual((result.returncode, result.stdout, result.stderr), (0, "", ""))

    def test_installs_what_is_missing(self) -> None:
        output = self.assert_accepts("build", "test", **self.environment("cmake python3"))
        self.assertEqual(
            output,
            "apt-get -qq update frontend=noninteractive\n"
            "apt-get -qq install -y --no-install-recommends cmake python3 frontend=noninteractive\n",
        )

    def test_looks_at_the_named_groups_only(self) -> None:
        self.assertEqual(self.assert_accepts("build", **self.environment("shellcheck")), "")
        self.assertIn("shellcheck", self.assert_accepts("lint", **self.environment("shellcheck")))

    def test_dry_run_only_tells(self) -> None:
        output = self.assert_accepts("--dry-run", "build", **self.environment("cmake"))
        self.assertEqual(
            output,
            "env DEBIAN_FRONTEND=noninteractive apt-get update\n"
            "env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends cmake\n",
        )

    def test_uses_sudo_when_not_root(self) -> None:
        self.write_script("bin/sudo", SUDO)
        environment = self.environment("cmake", HALLMARK_EUID="1000")
        output = self.assert_accepts("build", **environment)
        self.assertIn("sudo\napt-get -qq install -y --no-install-recommends cmake frontend", output)

    def test_without_sudo_prints_the_command_and_stops(self) -> None:
        environment = self.environment("cmake", HALLMARK_EUID="1000")
        output = self.assert_rejects("neither root nor sudo", "build", **environment)
        self.assertIn("apt-get install -y --no-install-recommends cmake", output)
        self.assertNotIn("frontend=", output)

    def test_another_system_gets_the_list(self) -> None:
        fedora = str(self.folder / "fedora")
        environment = self.environment(HALLMARK_OS_RELEASE=fedora)
        output = self.assert_rejects("neither Debian nor Ubuntu", "build", **environment)
        self.assertIn("\nlibssl-dev\n", output)
        self.assertNotIn("apt-get", output)

    def test_switched_off_it_does_nothing(self) -> None:
        fedora = str(self.folder / "fedora")
        environment = self.environment(HALLMARK_OS_RELEASE=fedora, HALLMARK_BOOTSTRAP="off")
        self.assertEqual(self.assert_accepts("all", **environment), "")

    def test_takes_the_versioned_boost_where_it_exists(self) -> None:
        output = self.assert_accepts("build", **self.environment(f"{BOOST} libboost-json-dev"))
        self.assertIn(f"--no-install-recommends {BOOST} frontend", output)

    def test_takes_the_default_boost_elsewhere(self) -> None:
        environment = self.environment(
            f"cmake {BOOST} libboost-dev libboost-json-dev", FAKE_UNKNOWN=BOOST
        )
        output = self.assert_accepts("build", **environment)
        self.assertIn("recommends cmake libboost-dev libboost-json-dev frontend", output)

    def test_is_content_with_an_installed_default_boost(self) -> None:
        self.assertEqual(self.assert_accepts("build", **self.environment(BOOST)), "")

    def test_refuses_an_unknown_group(self) -> None:
        result = self.run_tool("biuld", **self.environment())
        self.assertEqual(result.returncode, 2)
        self.assertIn("usage:", result.stderr)


if __name__ == "__main__":
    unittest.main()
