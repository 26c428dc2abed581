"""The ceiling adds what hashing and reading cost, by the kernel for so many messages."""

import json
import unittest

from ceiling import read_ceiling

REPORT = json.dumps(
    {
        "kernels": [
            {"name": "one", "messages": 1, "bytes_per_second": 1000},
            {"name": "four", "messages": 4, "bytes_per_second": 3000},
        ],
        "chosen": [
            {"messages": 1, "kernel": "one"},
            {"messages": 2, "kernel": "one"},
            {"messages": 4, "kernel": "four"},
            {"messages": 16, "kernel": "four"},
        ],
        "reads": [
            {"buffer_size": 65536, "bytes_per_second": 6000},
            {"buffer_size": 1048576, "bytes_per_second": 500},
        ],
    }
)


class CeilingTest(unittest.TestCase):
    def test_hashing_and_reading_add_up_on_each_core(self) -> None:
        # 4 pieces a core: 4 * 3000 bytes at 3000 a second, and at 6000 a second
        self.assertAlmostEqual(read_ceiling(REPORT, 2).seconds(8, 3000), 4 + 2)

    def test_a_core_with_more_pieces_than_the_others_decides(self) -> None:
        ceiling = read_ceiling(REPORT, 2)
        self.assertAlmostEqual(ceiling.seconds(7, 3000), ceiling.seconds(8, 3000))

    def test_takes_the_kernel_of_the_next_smaller_number(self) -> None:
        # 3 messages: the kernel for 2, one message at a time
        self.assertAlmostEqual(read_ceiling(REPORT, 1).seconds(3, 1000), 3 * (1 + 1 / 6))

    def test_a_lone_piece_is_read_beside_the_hashing(self) -> None:
        self.assertAlmostEqual(read_ceiling(REPORT, 2).seconds(1, 1000), 2)

    def test_one_core_has_to_do_both_and_reads_as_for_a_lane(self) -> None:
        self.assertAlmostEqual(read_ceiling(REPORT, 1).seconds(1, 3000), 3 + 0.5)


if __name__ == "__main__":
    unittest.main()
