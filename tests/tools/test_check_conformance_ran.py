"""tools/check_conformance_ran misses no case that can run offline."""

import json
import unittest
from pathlib import Path
from typing import Any

from tool_case import ToolCase

RAN = [
    "positive/key-simple",
    "negative/wrong-key_fail",
    "valid/key.bundle.json",
    "valid/chain",
    "invalid/empty.bundle.json",
    "invalid/keyless",
]


class CheckConformanceRan(ToolCase):
    tool = "check_conformance_ran"

    def setUp(self) -> None:
        super().setUp()
        self.write_case("positive/key-simple", method="key")
        self.write_case("negative/wrong-key_fail", method="key", requires_ci=False)
        self.write_case("positive/keyless", method="sigstore")
        self.write_case("negative/online_fail", method="key", requires_ci=True)
        self.write_vector("valid/key", publicKey={}, tlogEntries=[])
        self.write_vector("valid/chain", x509CertificateChain={}, tlogEntries=[{}])
        self.write_vector("valid/logged", certificate={}, tlogEntries=[{}])
        self.write_vector("valid/sigstore", tlogEntries=[])
        self.write_vector("invalid/keyless", certificate={}, tlogEntries=[{}])
        self.write("data/oms/spec-vectors/invalid/empty.bundle.json", "")

    def write_case(self, name: str, **config: Any) -> None:
        self.write(f"data/oms/verify/{name}/config.json", json.dumps(config))

    def write_vector(self, name: str, **material: Any) -> None:
        bundle = json.dumps({"verificationMaterial": material})
        self.write(f"data/oms/spec-vectors/{name}.bundle.json", bundle)

    def write_record(self, cases: list[str]) -> Path:
        self.write("build/conformance-ran.txt", "".join(f"{case}\n" for case in cases))
        return self.folder / "build"

    def environment(self) -> dict[str, str]:
        return {"HALLMARK_CONFORMANCE_DIR": str(self.folder / "data")}

    def test_accepts_when_every_offline_case_ran(self) -> None:
        output = self.assert_accepts(self.write_record(RAN), **self.environment())
        self.assertIn("6 of 6 cases ran", output)

    def test_names_each_case_left_out(self) -> None:
        for case in RAN:
            with self.subTest(case):
                build = self.write_record([ran for ran in RAN if ran != case])
                name = case.removesuffix(".bundle.json")
                self.assert_rejects(f"did not run: {name}\n", build, **self.environment())

    def test_refuses_a_missing_record(self) -> None:
        self.assert_rejects("no conformance-ran.txt", self.folder, **self.environment())

    def test_refuses_data_without_cases(self) -> None:
        (self.folder / "other").mkdir()
        other = str(self.folder / "other")
        self.assert_rejects("no case", self.write_record(RAN), HALLMARK_CONFORMANCE_DIR=other)

    def test_refuses_a_case_without_configuration(self) -> None:
        (self.folder / "data/oms/verify/positive/bare").mkdir()
        self.assert_rejects("unreadable data", self.write_record(RAN), **self.environment())

    def test_skips_without_data(self) -> None:
        absent = str(self.folder / "absent")
        output = self.assert_accepts(self.folder, HALLMARK_CONFORMANCE_DIR=absent)
        self.assertIn("skipped, HALLMARK_CONFORMANCE_DIR names no folder", output)


if __name__ == "__main__":
    unittest.main()
