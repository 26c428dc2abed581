"""Shards, hash algorithms and long lists, which the public suite does not have."""

import shutil
import sys
import unittest

import oms_writer
from oms_writer import Json, Statement, resource, shards
from vector_case import FILES, VectorCase

SIZE = 1000


class ShardsAndHashes(VectorCase):
    def setUp(self) -> None:
        super().setUp()
        self.write(FILES)

    def sharded(self, algorithm: str = "sha256", label: str = "", size: Json = SIZE) -> Statement:
        listed = [
            shard
            for name, contents in FILES.items()
            for shard in shards(name, contents, SIZE, algorithm, label)
        ]
        return Statement(
            sorted(listed, key=lambda shard: str(shard["name"])),
            serialization={
                "method": "shards",
                "hash_type": algorithm,
                "allow_symlinks": False,
                "shard_size": size,
            },
        )

    def algorithms(self) -> list[str]:
        if shutil.which("b3sum") is None:
            print("skipped: BLAKE3, as there is no b3sum", file=sys.stderr)
            return [name for name in oms_writer.HASHES if name != "blake3"]
        return list(oms_writer.HASHES)

    def test_every_algorithm_of_whole_files(self) -> None:
        for algorithm in self.algorithms():
            listed = [resource(name, FILES[name], algorithm) for name in sorted(FILES)]
            serialization: dict[str, Json] = {
                "method": "files",
                "hash_type": algorithm,
                "allow_symlinks": False,
            }
            statement = Statement(listed, serialization=serialization)
            report = self.assert_verified(self.signed(statement))
            self.assertEqual(report["hash_algorithm"], algorithm)

    def test_every_algorithm_of_shards_with_both_labels(self) -> None:
        for algorithm in self.algorithms():
            for label in ("", f"{algorithm}-sharded-{SIZE}"):
                report = self.assert_verified(self.signed(self.sharded(algorithm, label)))
                self.assertEqual(report["shard_size"], SIZE)

    def test_shard_size_as_a_double(self) -> None:
        self.assert_verified(self.signed(self.sharded(size=1000.0)))
        for spelled in (b"1e3", b"1000.0", b"1.0E+3"):
            payload = oms_writer.as_reference(self.sharded().value())
            changed = payload.replace(b'"shard_size": 1000', b'"shard_size": ' + spelled)
            self.assertNotEqual(payload, changed)
            self.assert_verified(self.key_bundle(changed))

    def test_shard_sizes_that_are_none(self) -> None:
        for size in (0, -1000, 999.5, 2**53, 1e300, "1000", None):
            with self.subTest(size=size):
                report = self.verify(self.signed(self.sharded(size=size)))
                self.assertEqual(report["verdict"], "rejected")
                self.assertIn(report["reason"], ("shard_size_invalid", "member_type"))

    def test_shards_in_any_order(self) -> None:
        statement = self.sharded()
        statement.resources.reverse()
        self.assert_verified(self.signed(statement))

    def test_shards_by_number_as_the_reference_lists_them(self) -> None:
        contents = b"x" * 12
        self.write({"long": contents})
        listed = shards("long", contents, 1)
        for path in FILES:
            (self.model / path).unlink()
        serialization: dict[str, Json] = {
            "method": "shards",
            "hash_type": "sha256",
            "allow_symlinks": False,
            "shard_size": 1,
        }
        self.assert_verified(self.signed(Statement(listed, serialization=serialization)))

    def test_colons_in_names(self) -> None:
        for path in FILES:
            (self.model / path).unlink()
        self.write({"a:0:5": b"x" * 1500})
        statement = self.sharded()
        statement.resources = shards("a:0:5", b"x" * 1500, SIZE)
        self.assert_verified(self.signed(statement))

    def test_layouts_that_leave_bytes_out_or_say_them_twice(self) -> None:
        first, second, third = shards("f", b"x" * 2500, SIZE)
        half = resource("f:500:1500", b"x" * 1000)
        for listed, reason in (
            ([first, third], "shard_layout_invalid"),
            ([second, third], "shard_layout_invalid"),
            ([first, half, third], "shard_layout_invalid"),
            ([first, first], "resource_name_duplicate"),
            (
                [resource("f:0:10", b"x" * 10), resource("f:10:20", b"x" * 10)],
                "shard_layout_invalid",
            ),
            ([resource("f:0:2000", b"x" * 2000)], "shard_layout_invalid"),
            ([resource("f:0:0", b"")], "shard_name_invalid"),
            ([resource("f:10:5", b"")], "shard_name_invalid"),
            ([resource("f:00:1000", b"x" * 1000)], "shard_name_invalid"),
            ([resource("f:0:+1000", b"x" * 1000)], "shard_name_invalid"),
            ([resource("f", b"x" * 1000)], "shard_name_invalid"),
            ([resource("../f:0:1000", b"x" * 1000)], "resource_name_invalid"),
        ):
            with self.subTest(names=[entry["name"] for entry in listed]):
                statement = self.sharded()
                statement.resources = listed
                self.assert_rejected(reason, self.signed(statement))

    def test_labels_that_do_not_fit(self) -> None:
        for label in (
            "sha256-sharded-999",
            "blake3",
            "sha256-sharded-",
            "sha256-sharded-1000 ",
            "SHA256",
        ):
            with self.subTest(label=label):
                report = self.verify(self.signed(self.sharded(label=label)))
                self.assertEqual(report["verdict"], "rejected")
                self.assertIn(
                    report["reason"], ("hash_algorithm_mismatch", "hash_algorithm_unsupported")
                )

    def test_a_byte_changed_in_the_last_shard(self) -> None:
        (self.model / "weights/a.bin").write_bytes(b"a" * 4999 + b"b")
        report = self.assert_rejected("model_differs", self.signed(self.sharded()))
        self.assertEqual(report["differences"][0]["ranges"], [{"start": 4000, "end": 5000}])

    def test_a_hundred_thousand_entries(self) -> None:
        contents = bytes(100_000)
        self.write({"long": contents})
        for path in FILES:
            (self.model / path).unlink()
        digest = resource("x", b"\0")["digest"]
        statement = self.sharded(size=1)
        statement.resources = [
            {"name": f"long:{start}:{start + 1}", "algorithm": "sha256", "digest": digest}
            for start in sorted(range(100_000), key=lambda n: f"{n}:{n + 1}")
        ]
        report = self.assert_verified(self.signed(statement))
        self.assertEqual(report["files"], 1)
        (self.model / "long").write_bytes(contents[:77_777] + b"\1" + contents[77_778:])
        report = self.assert_rejected("model_differs", self.signed(statement))
        self.assertEqual(report["differences"][0]["ranges"], [{"start": 77_777, "end": 77_778}])


if __name__ == "__main__":
    unittest.main()
