"""tools/check_shell finds scripts by their first line and reports faults."""

import shutil
import unittest

from tool_case import ToolCase


@unittest.skipUnless(shutil.which("shellcheck"), "shellcheck is not installed")
class CheckShell(ToolCase):
    tool = "check_shell"

    def test_accepts_a_clean_script(self) -> None:
        script = self.write_script("clean", '#!/usr/bin/env bash\necho "$1"\n')
        self.assertIn("1 scripts", self.assert_accepts(script))

    def test_reports_an_unquoted_variable(self) -> None:
        for shebang in ("#!/usr/bin/env bash", "#!/bin/sh", "#!/bin/bash -e"):
            with self.subTest(shebang):
                script = self.write_script("unquoted", f"{shebang}\nrm $1\n")
                self.assert_rejects("SC2086", script)

    def test_leaves_other_files_alone(self) -> None:
        python = self.write_script("python", "#!/usr/bin/env python3\nrm $1\n")
        text = self.write("text", "rm $1\n")
        self.assertIn("no scripts", self.assert_accepts(python, text))


if __name__ == "__main__":
    unittest.main()
