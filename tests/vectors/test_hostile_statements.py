"""Statements and bundles that are signed, and must be refused all the same."""

import unittest

import oms_writer
from oms_writer import Json, resource
from vector_case import FILES, VectorCase, keys


class HostileStatements(VectorCase):
    def setUp(self) -> None:
        super().setUp()
        self.write(FILES)

    def value(self) -> dict[str, Json]:
        return self.statement().value()

    def assert_statement_rejected(self, reason: str, value: Json) -> None:
        self.assert_rejected(reason, self.key_bundle(oms_writer.as_reference(value)))

    def test_names_that_lead_elsewhere(self) -> None:
        (self.work / "outside").write_bytes(b"x")
        for name in (
            "../outside",
            "a/../../outside",
            "/etc/passwd",
            "a//b",
            "./a",
            "a/.",
            "a/",
            "",
            "..",
            "a\0b",
        ):
            with self.subTest(name=name):
                statement = self.statement()
                statement.resources.append(resource(name, b"x"))
                self.assert_rejected("resource_name_invalid", self.signed(statement))
                self.assert_rejected(
                    "resource_name_invalid", self.signed(statement), "--ignore-unsigned-files"
                )

    def test_duplicate_names(self) -> None:
        statement = self.statement()
        statement.resources.append(resource("config.json", b"other"))
        self.assert_rejected("resource_name_duplicate", self.signed(statement))
        statement.resources[-1] = resource("config.json", FILES["config.json"])
        self.assert_rejected("resource_name_duplicate", self.signed(statement))

    def test_digests_spelled_otherwise(self) -> None:
        for change in (
            str.upper,
            lambda text: " " + text,
            lambda text: text[:-2],
            lambda text: text + "00",
        ):
            statement = self.statement()
            root = statement.root_digest()
            statement.resources[0]["digest"] = change(str(statement.resources[0]["digest"]))
            statement.root = root
            self.assert_rejected("digest_malformed", self.signed(statement))

    def test_root_digest_of_something_else(self) -> None:
        self.assert_rejected("root_digest_mismatch", self.signed(self.statement(root="00" * 32)))

    def test_no_resources(self) -> None:
        self.assert_rejected("resources_empty", self.signed(self.statement({})))

    def test_subjects(self) -> None:
        value = self.value()
        value["subject"] = [*value["subject"], *value["subject"]]
        self.assert_statement_rejected("subject_count", value)
        self.assert_statement_rejected("subject_count", self.value() | {"subject": []})

    def test_types(self) -> None:
        self.assert_statement_rejected(
            "statement_type_mismatch", self.value() | {"_type": "https://in-toto.io/Statement/v0.1"}
        )
        for predicate in (
            "https://model_signing/signature/v2.0",
            "https://model_signing/DigestOfDigests/v0.1",
        ):
            self.assert_statement_rejected(
                "predicate_type_mismatch", self.value() | {"predicateType": predicate}
            )

    def test_members_that_nobody_knows(self) -> None:
        def inside(*path: str) -> dict[str, Json]:
            value = self.value()
            place = value
            for name in path:
                place = place[name]  # type: ignore[assignment, index]
            place["surprise"] = 1  # type: ignore[index]
            return value

        for path in ((), ("predicate",), ("predicate", "serialization")):
            with self.subTest(path=path):
                self.assert_statement_rejected("member_unknown", inside(*path))

    def test_members_of_resources_and_subject_are_free(self) -> None:
        statement = self.statement()
        statement.resources[0]["size"] = 2
        value = statement.value()
        value["subject"][0]["uri"] = "https://example.com/model"  # type: ignore[index]
        self.assert_verified(self.key_bundle(oms_writer.as_reference(value)))

    def test_serialization(self) -> None:
        for change, reason in (
            ({"method": "directories"}, "serialization_method_unsupported"),
            ({"hash_type": "md5"}, "hash_algorithm_unsupported"),
            ({"hash_type": "blake2b"}, "hash_algorithm_mismatch"),
            ({"allow_symlinks": "no"}, "member_type"),
            ({"shard_size": 1000}, "member_unknown"),  # whole files have none
        ):
            with self.subTest(change=change):
                statement = self.statement()
                statement.serialization |= change
                self.assert_rejected(reason, self.signed(statement))

    def test_duplicate_members(self) -> None:
        payload = oms_writer.as_go(self.value())
        doubled = payload.replace(b'"_type":', b'"_type":"x","_type":', 1)
        self.assert_rejected("json_duplicate_member", self.key_bundle(doubled))
        escaped = payload.replace(b'"_type":', b'"\\u005ftype":"x","_type":', 1)
        self.assert_rejected("json_duplicate_member", self.key_bundle(escaped))

    def test_text_that_is_not_one_json_value(self) -> None:
        payload = oms_writer.as_go(self.value())
        self.assert_rejected("json_trailing_data", self.key_bundle(payload + b"{}"))
        self.assert_rejected("json_syntax", self.key_bundle(payload[:-1]))
        self.assert_rejected(
            "json_invalid_utf8", self.key_bundle(payload.replace(b"config", b"conf\xff", 1))
        )

    def test_bundles(self) -> None:
        payload = oms_writer.as_reference(self.value())
        signature = self.signer.sign(oms_writer.pae(payload))
        material = oms_writer.key_material(self.signer)
        good = oms_writer.bundle(payload, [signature], material)
        self.assert_verified(good)
        other_type = oms_writer.bundle(
            payload, [signature], material, payload_type="application/json"
        )
        other_media = oms_writer.bundle(
            payload, [signature], material, media_type=oms_writer.MEDIA_TYPE + "1"
        )
        for reason, bundle in (
            ("payload_type_mismatch", other_type),
            ("media_type_mismatch", other_media),
            ("signature_count", oms_writer.bundle(payload, [], material)),
            ("signature_count", oms_writer.bundle(payload, [signature, signature], material)),
            ("member_unknown", good | {"surprise": 1}),
            ("member_missing", {name: good[name] for name in good if name != "dsseEnvelope"}),
            (
                "material_mismatch",
                good | {"verificationMaterial": oms_writer.chain_material(self.signer)},
            ),
            (
                "material_mismatch",
                good
                | {
                    "verificationMaterial": material
                    | oms_writer.single_certificate_material(self.signer)
                },
            ),
        ):
            with self.subTest(reason=reason):
                self.assert_rejected(reason, bundle)

    def test_signatures(self) -> None:
        payload = oms_writer.as_reference(self.value())
        signature = self.signer.sign(oms_writer.pae(payload))
        material = oms_writer.key_material(self.signer)
        other = keys()["P-384"].sign(oms_writer.pae(payload))
        for wrong in (
            other,
            self.signer.sign(payload),
            self.signer.sign(oms_writer.pae(payload + b" ")),
            self.signer.sign(oms_writer.pae(payload), "sha384"),
            signature + b"\0",
            signature[:-1],
            b"\x30\x06\x02\x01\x00\x02\x01\x00",
        ):
            self.assert_rejected("signature_invalid", oms_writer.bundle(payload, [wrong], material))

    def test_git_paths_that_were_signed(self) -> None:
        files = FILES | {".gitattributes": b"*.bin", "sub/.git/HEAD": b"ref"}
        self.write(files)
        self.assert_verified(self.signed(self.statement(files)))
        (self.model / "sub/.git/HEAD").write_bytes(b"other")
        self.assert_rejected("model_differs", self.signed(self.statement(files)))


class Links(VectorCase):
    def linked(self, target: str) -> dict[str, Json]:
        self.write({"real/weights": b"w"})
        (self.model / "link").symlink_to(target)
        statement = self.statement({"link": b"w", "real/weights": b"w"})
        statement.serialization["allow_symlinks"] = True
        return self.signed(statement)

    def test_allowed_within_the_model(self) -> None:
        self.assert_verified(self.linked("real/weights"))

    def test_never_to_the_outside(self) -> None:
        (self.work / "outside").write_bytes(b"w")
        self.assert_rejected("symlink_outside", self.linked("../outside"))

    def test_not_in_circles(self) -> None:
        self.assert_rejected("symlink_cycle", self.linked("link"))

    def test_not_to_nothing(self) -> None:
        self.assert_rejected("symlink_dangling", self.linked("nowhere"))

    def test_not_unless_signed_so(self) -> None:
        self.write({"real": b"w"})
        (self.model / "link").symlink_to("real")
        self.assert_rejected(
            "symlink_refused", self.signed(self.statement({"link": b"w", "real": b"w"}))
        )


if __name__ == "__main__":
    unittest.main()
