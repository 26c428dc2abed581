"""Shards and the other hash functions, which the reference has in its Python interface alone."""

from pathlib import Path

import models
import reference_api
from bundles import meaning, read_statement, root_digest, signed_names
from credentials import key_credentials
from interop_case import CHANGED, EXTRA, MISSING, InteropCase, Rejection
from keys import KeyPair, make_key_pair
from peers import HALLMARK
from reference_api import Hashing

AS_REFERENCE = ("--compat", "reference")

FILES = tuple(Hashing(algorithm) for algorithm in ("sha256", "blake2b", "blake3"))
SHARDS = tuple(
    Hashing(algorithm, size)
    for algorithm in ("sha256", "blake2b")
    for size in (1, 700, 1000, 5000, 1_000_000_000)
)

# Several shards each, whose offsets are ordered differently as text and as numbers.
CONTENTS: models.Shape = {**models.FLAT, **models.NESTED, "a-b": b"0" * 2100, "a/x": b"1" * 1400}


class HashesCase(InteropCase):
    """Signs and verifies with the reference's interface in the place of its command line."""

    pair: KeyPair

    def setUp(self) -> None:
        super().setUp()
        self.pair = make_key_pair(self.folder, name="hashes")
        self.key = key_credentials(self.pair)

    def they_sign(self, model: Path, hashing: Hashing) -> None:
        reference_api.sign(model, self.signature, self.pair.private, hashing)

    def we_sign(self, model: Path, hashing: Hashing, *options: str) -> None:
        self.sign(HALLMARK, model, *hashing.options, *options)

    def they_accept(self, model: Path, hashing: Hashing) -> None:
        reference_api.verify(model, self.signature, self.pair.public, hashing)

    def they_reject(self, model: Path, hashing: Hashing, rejection: Rejection) -> None:
        with self.assertRaisesRegex(ValueError, rejection.theirs):
            reference_api.verify(model, self.signature, self.pair.public, hashing)

    def both_accept(self, model: Path, hashing: Hashing) -> None:
        self.assert_accepts(HALLMARK, model)
        self.they_accept(model, hashing)

    def both_reject(self, model: Path, hashing: Hashing, rejection: Rejection) -> None:
        self.assert_rejects(HALLMARK, rejection, model)
        self.they_reject(model, hashing, rejection)

    def labels(self) -> set[str]:
        resources = read_statement(self.signature)["predicate"]["resources"]
        return {resource["algorithm"] for resource in resources}

    def exchange(self, model: Path, hashing: Hashing) -> None:
        self.both_accept(model, hashing)
        victim = model / "model.safetensors"
        contents = victim.read_bytes()
        victim.write_bytes(contents[:-1] + b"!")
        self.both_reject(model, hashing, CHANGED)
        victim.write_bytes(contents)


class Exchanges(HashesCase):
    """Each verifies what the other signs."""

    def test_they_sign(self) -> None:
        model = self.write_model(CONTENTS)
        for hashing in (*FILES, *SHARDS):
            with self.subTest(hashing=hashing):
                self.they_sign(model, hashing)
                self.exchange(model, hashing)

    def test_we_sign(self) -> None:
        model = self.write_model(CONTENTS)
        for hashing in (*FILES, *SHARDS):
            with self.subTest(hashing=hashing):
                self.we_sign(model, hashing, *AS_REFERENCE)
                self.exchange(model, hashing)

    def test_statements_mean_the_same(self) -> None:
        model = self.write_model(CONTENTS)
        for hashing in (*FILES, *SHARDS):
            with self.subTest(hashing=hashing):
                self.we_sign(model, hashing, *AS_REFERENCE)
                ours = meaning(read_statement(self.signature))
                self.they_sign(model, hashing)
                theirs = meaning(read_statement(self.signature))
                # The root digest depends on the order, which is another test's matter.
                for statement in (ours, theirs):
                    del statement["subject"][0]["digest"]
                self.assertEqual(ours, theirs)

    def test_root_digests_agree_in_the_order_of_the_reference(self) -> None:
        model = self.write_model(CONTENTS)
        for hashing in (*FILES, *SHARDS):
            with self.subTest(hashing=hashing):
                self.they_sign(model, hashing)
                digest = HALLMARK.run("digest", model, *hashing.options, *AS_REFERENCE)
                self.assertEqual(digest.stdout, f"sha256:{root_digest(self.signature)}\n")


class Shards(HashesCase):
    """What is special about shards."""

    HASHING = Hashing("sha256", 1000)

    def test_files_that_grew_were_cut_off_added_and_removed(self) -> None:
        model = self.write_model(CONTENTS)
        victim = model / "model.safetensors"
        contents = victim.read_bytes()
        for sign in (self.they_sign, lambda m, h: self.we_sign(m, h, *AS_REFERENCE)):
            sign(model, self.HASHING)
            victim.write_bytes(contents + b"+")
            self.both_reject(model, self.HASHING, EXTRA)
            victim.write_bytes(contents[:-1])
            self.both_reject(model, self.HASHING, MISSING)
            victim.write_bytes(contents)
            (model / "added").write_bytes(b"+")
            self.both_reject(model, self.HASHING, EXTRA)
            (model / "added").unlink()
            self.both_accept(model, self.HASHING)

    def test_empty_files_are_covered_by_neither(self) -> None:
        model = self.write_model({**models.FLAT, **models.EMPTY_FILES})
        for sign in (self.they_sign, lambda m, h: self.we_sign(m, h, *AS_REFERENCE)):
            sign(model, self.HASHING)
            self.assertNotIn("empty:0:0", signed_names(self.signature))
            (model / "one more").touch()
            self.both_accept(model, self.HASHING)
            (model / "one more").unlink()

    def test_a_single_file(self) -> None:
        model = self.folder / "weights.bin"
        model.write_bytes(b"0" * 2500)
        names = [".:0:1000", ".:1000:2000", ".:2000:2500"]
        for sign in (self.they_sign, lambda m, h: self.we_sign(m, h, *AS_REFERENCE)):
            sign(model, self.HASHING)
            self.assertEqual(signed_names(self.signature), names)
            self.both_accept(model, self.HASHING)

    def test_a_size_that_the_reference_writes_as_a_large_number(self) -> None:
        model = self.write_model(models.FLAT)
        for size in (1_000_000_000, 2**53 - 1):
            hashing = Hashing("sha256", size)
            self.they_sign(model, hashing)
            written = read_statement(self.signature)["predicate"]["serialization"]["shard_size"]
            self.assertIsInstance(written, float)
            self.both_accept(model, hashing)

    def test_they_label_shards_with_their_size(self) -> None:
        model = self.write_model(models.FLAT)
        for hashing in SHARDS:
            self.they_sign(model, hashing)
            self.assertEqual(
                self.labels(), {f"{hashing.algorithm}-sharded-{hashing.shard_size}"}
            )

    def test_plain_labels_of_oms_are_not_verified_by_reference_1_1_1(self) -> None:
        model = self.write_model(models.FLAT)
        self.we_sign(model, self.HASHING)
        self.assertEqual(self.labels(), {"sha256"})
        self.assert_accepts(HALLMARK, model)
        self.they_reject(model, self.HASHING, CHANGED)

    def test_colons_in_names_are_not_verified_by_reference_1_1_1(self) -> None:
        model = self.write_model({"colon:0:5": b"0" * 2500, "a:": b"1", "a": b"2"})
        self.they_sign(model, self.HASHING)
        self.assert_accepts(HALLMARK, model)
        with self.assertRaises(ValueError):
            self.they_accept(model, self.HASHING)

    def test_reference_1_1_1_makes_no_shards_for_blake3(self) -> None:
        model = self.write_model(models.FLAT)
        self.they_sign(model, Hashing("blake3", 1000))
        self.assert_signed(*models.FLAT)
        self.assert_accepts(HALLMARK, model)
        self.we_sign(model, Hashing("blake3", 1000))
        self.assert_accepts(HALLMARK, model)
