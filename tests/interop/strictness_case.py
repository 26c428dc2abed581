"""What is asserted where the reference 1.1.1 lets something pass and Hallmark refuses it."""

from pathlib import Path
from typing import Any

from credentials import Credentials
from interop_case import InteropCase
from peers import DROP_IN, REFERENCE, Argument

STRICTER = "Hallmark is stricter here: model-signing 1.1.1 "


class StrictnessCase(InteropCase):
    def assert_only_reference_verifies(
        self,
        code: str,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
    ) -> None:
        self.assert_accepts(REFERENCE, model, *options, credentials=credentials)
        result = DROP_IN.verify(
            credentials or self.key, model, self.signature, *options, cwd=self.folder
        )
        self.assert_refusal(result, code, "Verification failed with error: ")

    def assert_only_reference_signs(
        self,
        code: str,
        model: Argument,
        *options: Argument,
        credentials: Credentials | None = None,
        signature: Path | None = None,
    ) -> None:
        signature = signature or self.signature
        arguments = (credentials or self.key, model, signature, *options)
        result = DROP_IN.sign(*arguments, cwd=self.folder)
        self.assert_refusal(result, code, "Signing failed with error: ")
        self.sign(REFERENCE, model, *options, credentials=credentials, signature=signature)

    def assert_refusal(self, result: Any, code: str, prefix: str) -> None:
        self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
        self.assertTrue(result.stderr.startswith(prefix), result.stderr)
        self.assertIn(f" [{code}]\n", result.stderr)
        self.assertIn(f"\n{STRICTER}", result.stderr)
