"""Every form in which signatures were ever written is read, and its mistakes are not taken over."""

import unittest

import oms_writer
from oms_writer import Json, Statement, resource, text_of
from vector_case import FILES, VectorCase, keys


def legacy_statement(files: dict[str, bytes]) -> dict[str, Json]:
    """Of 0.2: one subject a file, nothing else."""
    return {
        "_type": oms_writer.STATEMENT_TYPE,
        "subject": [
            {"name": name, "digest": {"sha256": oms_writer.HASHES["sha256"](contents).hex()}}
            for name, contents in files.items()
        ],
        "predicateType": oms_writer.LEGACY_PREDICATE_TYPE,
        "predicate": {"unused": "Unused, just passed due to API"},
    }


class HistoricalForms(VectorCase):
    def setUp(self) -> None:
        super().setUp()
        self.write(FILES)

    def legacy_bundle(
        self, payload: bytes, message: bytes, digest: str = "sha256"
    ) -> dict[str, Json]:
        signature = self.signer.sign(message, digest)
        return oms_writer.bundle(
            payload,
            [signature],
            {k: v for k, v in oms_writer.chain_material(self.signer).items() if k != "tlogEntries"},
            keyid=None,
        )

    def test_reference_0_2_certificate(self) -> None:
        self.signer = keys()["P-384"]
        payload = oms_writer.as_legacy(legacy_statement(FILES))
        bundle = self.legacy_bundle(payload, oms_writer.legacy_pae(payload))
        self.assert_verified(bundle, "certificate", form="old reference")
        (self.model / "config.json").write_bytes(b"{ }")
        self.assert_rejected("model_differs", bundle, "certificate")

    def test_reference_0_2_escapes(self) -> None:
        """The literal of Python has both kinds of quotes and of escapes."""
        files = {"it's \\ \t.bin": b"x", 'a"b': b"y"}
        for path in self.model.rglob("*"):
            if path.is_file():
                path.unlink()
        self.write(files)
        payload = oms_writer.as_go(legacy_statement(files)) + b"\n\r "
        self.assert_verified(
            self.legacy_bundle(payload, oms_writer.legacy_pae(payload)), "certificate"
        )

    def test_reference_0_2_encoding_of_a_modern_statement(self) -> None:
        payload = oms_writer.as_reference(self.statement().value())
        bundle = self.legacy_bundle(payload, oms_writer.legacy_pae(payload))
        self.assert_rejected("legacy_encoding_misused", bundle, "certificate")

    def test_reference_0_3_to_1_0_key(self) -> None:
        for curve in oms_writer.CURVES:
            self.signer = keys()[curve]
            payload = oms_writer.as_reference(self.statement().value())
            signature = self.signer.sign(oms_writer.pae(payload))
            bundle = oms_writer.bundle(
                payload, [signature], oms_writer.old_key_material(self.signer), keyid=None
            )
            self.assert_verified(bundle, form="old reference")

    def test_reference_0_3_single_file(self) -> None:
        (self.work / "model.bin").write_bytes(b"weights")
        statement = Statement([resource(".", b"weights")], name="model.bin")
        self.assert_verified(self.signed(statement), form="old reference", model="model.bin")

    def test_reference_1_1(self) -> None:
        for curve in oms_writer.CURVES:
            self.signer = keys()[curve]
            self.assert_verified(self.signed(self.statement()))
            payload = oms_writer.as_reference(self.statement().value())
            signature = self.signer.sign(oms_writer.pae(payload))
            chained = oms_writer.bundle(
                payload, [signature], oms_writer.chain_material(self.signer)
            )
            self.assert_verified(chained, "certificate")

    def test_reference_orders_by_component(self) -> None:
        ordered = ["config.json", "weights/a.bin", "weights-index"]
        statement = Statement([resource(name, FILES[name]) for name in ordered])
        report = self.assert_verified(self.signed(statement))
        self.assertIn("order of OMS v1.0", " ".join(report["warnings"]))

    def test_members_of_predicate_in_any_order(self) -> None:
        value = self.statement().value()
        value["predicate"] = dict(reversed(value["predicate"].items()))
        value["predicate"]["resources"] = [
            dict(reversed(listed.items())) for listed in value["predicate"]["resources"]
        ]
        self.assert_verified(
            self.key_bundle(oms_writer.as_reference(dict(reversed(value.items()))))
        )

    def test_go_key(self) -> None:
        payload = oms_writer.as_go(self.statement().value())
        signature = self.signer.sign(oms_writer.pae(payload))
        material = oms_writer.key_material(self.signer)
        del material["tlogEntries"]
        bundle = oms_writer.bundle(payload, [signature], material, has_keyid=False)
        self.assert_verified(bundle, form="go")

    def test_go_single_certificate(self) -> None:
        payload = oms_writer.as_go(self.statement().value())
        signature = self.signer.sign(oms_writer.pae(payload))
        material = oms_writer.single_certificate_material(self.signer)
        bundle = oms_writer.bundle(payload, [signature], material, has_keyid=False)
        self.assert_verified(bundle, "certificate", form="go")

    def test_go_single_file_by_its_name(self) -> None:
        (self.work / "model.bin").write_bytes(b"weights")
        statement = Statement([resource("model.bin", b"weights")], name="model.bin")
        self.assert_verified(self.signed(statement), form="go", model="model.bin")

    def test_go_ignored_paths_relative_to_elsewhere(self) -> None:
        statement = self.statement()
        statement.serialization["ignore_paths"] = [
            "../somewhere/.git",
            "/elsewhere/.github",
            "logs",
        ]
        self.write({"logs/today": b"x"})
        report = self.assert_verified(self.signed(statement), form="go")
        self.assertEqual(report["ignored_present"], ["logs"])

    def test_hint_absent_or_empty(self) -> None:
        for material in ({"publicKey": {}}, {"publicKey": {"hint": ""}}):
            payload = oms_writer.as_reference(self.statement().value())
            bundle = oms_writer.bundle(
                payload, [self.signer.sign(oms_writer.pae(payload))], material
            )
            report = self.assert_verified(bundle)
            self.assertIn("does not say which key", " ".join(report["warnings"]))

    def test_hint_of_another_key(self) -> None:
        payload = oms_writer.as_reference(self.statement().value())
        material = oms_writer.key_material(keys()["P-384"])
        bundle = oms_writer.bundle(payload, [self.signer.sign(oms_writer.pae(payload))], material)
        self.assert_rejected("key_hint_mismatch", bundle)
        old = oms_writer.old_key_material(keys()["P-384"])
        self.assert_rejected(
            "key_hint_mismatch",
            oms_writer.bundle(payload, [self.signer.sign(oms_writer.pae(payload))], old),
        )

    def test_text_of_every_writer_is_one_value(self) -> None:
        bundle = self.signed(self.statement())
        texts = {text_of(bundle, form) for form in ("reference", "old reference", "go")}
        self.assertEqual(len(texts), 3)


if __name__ == "__main__":
    unittest.main()
