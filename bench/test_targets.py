"""A target says of each of its parts whether it is met."""

import unittest

from targets import Reached, Target


class TargetTest(unittest.TestCase):
    def test_a_bound_that_is_just_reached_is_met(self) -> None:
        target = Target(ratio=2.2, seconds=0.14, ceiling=0.85)
        self.assertEqual(
            target.judge(Reached(0.14, 2.2, 0.85)), "2.2x met; 0.14 s met; 85% of the ceiling met"
        )

    def test_each_part_is_judged_by_itself(self) -> None:
        target = Target(ratio=80, seconds=0.004)
        self.assertEqual(target.judge(Reached(0.0041, 90, None)), "80x met; 4 ms **missed**")

    def test_what_was_not_measured_is_not_judged(self) -> None:
        self.assertEqual(Target(ratio=4).judge(None), "4x")
        self.assertEqual(Target(ceiling=0.85).judge(Reached(1, 1, None)), "85% of the ceiling")


if __name__ == "__main__":
    unittest.main()
