"""tools/steps.sh runs every step and fails when one failed."""

import subprocess
import unittest

from tool_case import ROOT, ToolCase


class Steps(ToolCase):
    def run_steps(self, *lines: str) -> subprocess.CompletedProcess[str]:
        begin = ["set -uo pipefail", f"source '{ROOT}/tools/steps.sh'"]
        script = "\n".join([*begin, *lines, "summary"])
        command = ["bash", "-c", script]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_succeeds_when_all_steps_do(self) -> None:
        result = self.run_steps("step first true", "step second echo done")
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        self.assertIn("==> first\n", result.stdout)
        self.assertIn("0 of 2 steps failed", result.stdout)

    def test_goes_on_after_a_failure_and_fails(self) -> None:
        result = self.run_steps("step first false", "step second echo done")
        self.assertEqual(result.returncode, 1)
        self.assertIn("done", result.stdout)
        self.assertIn("==> first: FAILED (1)", result.stdout)
        self.assertIn("1 of 2 steps failed", result.stdout)

    def test_a_step_reads_nothing(self) -> None:
        result = self.run_steps("step reading cat")
        self.assertEqual((result.returncode, result.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
