#!/usr/bin/env python3
"""The adapter's commands that the conformance cases do not call; ADAPTER and HALLMARK name programs."""

import json
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ADAPTER = os.environ["ADAPTER"]
HALLMARK = os.environ["HALLMARK"]


class Adapter(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory(prefix="hallmark-adapter-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.model = self.folder / "model"
        self.model.mkdir()
        (self.model / "weights").write_bytes(b"0123456789")
        self.bundle = self.folder / "bundle"
        self.key = self.folder / "key"
        self.run_program(HALLMARK, "key", "generate", "--output", self.key)

    def run_program(self, *command: str | Path, status: int = 0) -> str:
        result = subprocess.run(
            [str(word) for word in command], capture_output=True, text=True, check=False
        )
        self.assertEqual(result.returncode, status, result.stderr)
        return result.stdout

    def benchmark(self, operation: str, *options: str | Path, status: int = 0) -> str:
        return self.run_program(
            ADAPTER, "benchmark-model", "--operation", operation, "--model-path", self.model,
            *options, status=status,
        )  # fmt: skip

    def times(self, operation: str, *options: str | Path) -> list[float]:
        output = json.loads(self.benchmark(operation, "--repeat", "3", *options))
        self.assertEqual(list(output), ["times_ms"])
        return output["times_ms"]

    def inspect(self) -> dict:
        return json.loads(self.run_program(HALLMARK, "inspect", self.bundle, "--json"))

    def test_tells_what_it_can_do(self) -> None:
        capabilities = json.loads(self.run_program(ADAPTER, "capabilities"))
        self.assertEqual(capabilities["hash_algorithms"], ["sha256", "blake2b", "blake3"])
        self.assertIn("--shard-size", capabilities["flags"])
        self.assertTrue(capabilities["benchmark_model"])

    def test_signs_as_it_is_told(self) -> None:
        sign = (ADAPTER, "sign-model", "--method", "key", "--model-path", self.model,
                "--output-bundle", self.bundle, "--private-key", self.key)  # fmt: skip
        self.run_program(*sign, "--hash-algorithm", "blake3", "--shard-size", "4")
        signed = self.inspect()
        self.assertEqual(signed["hash_algorithm"], "blake3")
        self.assertEqual(signed["shard_size"], 4)
        verify = (ADAPTER, "verify-model", "--method", "key", "--model-path", self.model,
                  "--bundle", self.bundle, "--public-key", f"{self.key}.pub")  # fmt: skip
        self.run_program(*verify)
        (self.model / "weights").write_bytes(b"0123456789+")
        self.run_program(*verify, status=1)
        self.run_program(*sign, "--shard-size", "0", status=1)

    def test_times_each_operation_as_often_as_told(self) -> None:
        hashing = ("--hash-algorithm", "blake2b", "--shard-size", "3", "--max-workers", "2")
        key = ("--method", "key")
        self.assertEqual(len(self.times("hash", *hashing)), 3)
        signing = (*key, "--private-key", self.key, "--output-bundle", self.bundle)
        self.assertEqual(len(self.times("sign", *hashing, *signing)), 3)
        self.assertEqual(self.inspect()["hash_algorithm"], "blake2b")
        verifying = (*key, "--public-key", f"{self.key}.pub", "--bundle", self.bundle)
        times = self.times("verify", *verifying)
        self.assertEqual(len(times), 3)
        self.assertTrue(all(time > 0 for time in times))

    def test_does_not_time_what_fails(self) -> None:
        self.assertEqual(self.benchmark("guess", "--repeat", "1", status=1), "")
        self.assertEqual(self.benchmark("hash", "--repeat", "x", status=1), "")
        (self.model / "weights").unlink()
        self.assertEqual(self.benchmark("hash", "--repeat", "1", status=1), "")


if __name__ == "__main__":
    unittest.main()
