"""Measuring ends, runs columns in turn, and keeps the calmest rounds."""

import os
import subprocess
import tempfile
import time
import unittest
from collections.abc import Mapping
from pathlib import Path
from unittest import mock

import measure
from measure import Effort, Row

ENVIRONMENT = dict(os.environ)


def run_untimed(command: measure.Command, environment: Mapping[str, str]) -> int:
    subprocess.run(list(command), env=dict(environment), check=False)
    return 1


class MeasureTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.log = Path(folder.name) / "log"
        self.commands = {
            column: ["sh", "-c", f"echo {column} >> {self.log}"] for column in ("a", "b")
        }
        patch = mock.patch.object(measure, "peak_memory", run_untimed)
        patch.start()
        self.addCleanup(patch.stop)

    def loads(self, *loads: float):
        """Makes the rounds as disturbed as that, the last one from then on."""
        rest = list(loads)

        def load(action) -> float:
            action()
            return rest.pop(0) if len(rest) > 1 else rest[0]

        return mock.patch.object(measure, "_foreign_load", load)

    def test_runs_the_columns_in_turn_after_warming_up(self) -> None:
        with self.loads(0):
            sampling = measure.measure(Row(self.commands), Effort(2, 0, ENVIRONMENT))
        self.assertEqual(self.log.read_text().split(), ["a", "b"] * 3)
        self.assertEqual(len(sampling.rounds), 2)
        self.assertGreater(sampling.median("a"), 0)

    def test_keeps_the_calmest_rounds(self) -> None:
        with self.loads(0.9, 0.01, 0.5, 0.02, 0.03):
            sampling = measure.measure(Row(self.commands), Effort(3, 60, ENVIRONMENT))
        self.assertEqual([one.foreign_load for one in sampling.rounds], [0.01, 0.02, 0.03])
        self.assertEqual(sampling.foreign_load, 0.03)

    def test_ends_though_the_machine_never_calms_down(self) -> None:
        began = time.monotonic()
        with self.loads(0.9):
            sampling = measure.measure(Row(self.commands), Effort(2, 0.2, ENVIRONMENT))
        self.assertLess(time.monotonic() - began, 10)
        self.assertEqual(len(sampling.rounds), 2)

    def test_a_command_that_fails_ends_it(self) -> None:
        with self.assertRaisesRegex(RuntimeError, "exit code 3 of sh -c exit 3"):
            measure.measure(Row({"a": ["sh", "-c", "exit 3"]}), Effort(1, 0, ENVIRONMENT))


@unittest.skipUnless(measure.can_tell_memory(), "GNU time is not installed")
class PeakMemoryTest(unittest.TestCase):
    def test_is_that_of_the_command_and_not_of_this_process(self) -> None:
        ballast = bytearray(64 << 20)
        self.assertLess(measure.peak_memory(["true"], ENVIRONMENT), len(ballast) // 2)

    def test_grows_with_what_the_command_holds(self) -> None:
        holds = ["python3", "-c", "bytearray(64 << 20)"]
        self.assertGreater(measure.peak_memory(holds, ENVIRONMENT), 64 << 20)


if __name__ == "__main__":
    unittest.main()
