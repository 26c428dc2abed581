"""What one machine allows: the time in which its cores could hash and read, and do nothing else."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

LANE_BUFFER, LONE_BUFFER = 64 * 1024, 1024 * 1024


@dataclass(frozen=True)
class Kernel:
    messages: int
    rate: float  # bytes a second with all of its messages


@dataclass(frozen=True)
class Ceiling:
    """From the report of `hallmark bench kernels --json`."""

    chosen: Mapping[int, Kernel]  # by the number of messages
    reading: Mapping[int, float]  # bytes a second by the size of the buffer
    cores: int

    def seconds(self, pieces: int, size: int) -> float:
        """For pieces of `size` bytes each, files or shards, spread over all cores."""
        share = math.ceil(pieces / self.cores)
        kernel = self._kernel_for(share)
        hashing = kernel.rate * min(share, kernel.messages) / kernel.messages
        if pieces == 1 and self.cores > 1:  # one core reads ahead of the one that hashes
            return size / min(hashing, self.reading[LONE_BUFFER])
        return share * size * (1 / hashing + 1 / self.reading[LANE_BUFFER])

    def _kernel_for(self, messages: int) -> Kernel:
        """Of a number that was not asked for, the kernel of the next smaller one."""
        return self.chosen[max(count for count in self.chosen if count <= max(1, messages))]


def read_ceiling(report: str, cores: int) -> Ceiling:
    members = json.loads(report)
    kernels = {
        one["name"]: Kernel(one["messages"], one["bytes_per_second"]) for one in members["kernels"]
    }
    return Ceiling(
        {one["messages"]: kernels[one["kernel"]] for one in members["chosen"]},
        {one["buffer_size"]: one["bytes_per_second"] for one in members["reads"]},
        cores,
    )
