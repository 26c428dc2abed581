"""tools/run_fuzzers runs every target and fails when one of them does."""

import unittest

from tool_case import ToolCase

CLEAN = """#!/bin/bash
echo "$@" >"${0}.arguments"
echo "stat::number_of_executed_units: 77"
"""
CRASHING = """#!/bin/bash
echo "ERROR: AddressSanitizer"
exit 77
"""


class RunFuzzers(ToolCase):
    tool = "run_fuzzers"

    def environment(self, **more: str) -> dict[str, str]:
        return {"FUZZ_BUILD": str(self.folder), "FUZZ_TARGETS": "", **more}

    def test_runs_each_target_for_the_time_given(self) -> None:
        self.write_script("bin/fuzz_one", CLEAN)
        self.write_script("bin/fuzz_two", CLEAN)
        output = self.assert_accepts("3", **self.environment())
        self.assertIn("run_fuzzers: one ran 77 inputs", output)
        self.assertIn("run_fuzzers: 2 targets, 3 s each", output)
        arguments = (self.folder / "bin/fuzz_two.arguments").read_text()
        self.assertIn("-max_total_time=3 -timeout=5 -rss_limit_mb=2048", arguments)

    def test_a_crash_fails_the_run_and_is_shown(self) -> None:
        self.write_script("bin/fuzz_bad", CRASHING)
        self.write_script("bin/fuzz_one", CLEAN)
        output = self.assert_rejects("run_fuzzers: bad failed", "1", **self.environment())
        self.assertIn("ERROR: AddressSanitizer", output)
        self.assertIn("run_fuzzers: one ran 77 inputs", output)

    def test_runs_the_named_targets_only(self) -> None:
        self.write_script("bin/fuzz_bad", CRASHING)
        self.write_script("bin/fuzz_one", CLEAN)
        self.assert_accepts("1", **self.environment(FUZZ_TARGETS="one"))

    def test_refuses_to_run_nothing(self) -> None:
        self.assert_rejects("no fuzz target", "1", **self.environment())


if __name__ == "__main__":
    unittest.main()
