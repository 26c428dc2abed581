"""What README and the guides show is what the commands print.

Each page runs in a fresh folder. A line of a `console` block that begins with `$` is a command, the
lines below it are its output. Keys are new each time, so their hints may differ, and so may times.
What OpenSSL says is left out of the pages.
"""

import os
import re
import shutil
import subprocess
import tempfile
import time
import unittest
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
HALLMARK = Path(os.environ["HALLMARK"])
SETTLED_AFTER = 4  # seconds until the digest cache keeps files that were written

VARIABLE = re.compile(r"(key(?: hint)? +|signed it: |\.state \(sha256:)[0-9a-f]{64}|\d{4}-\d\d-\d\dT[\d:]+Z")

MODEL = r"""
mkdir my-model
printf '# My model\n' > my-model/README.md
printf '{"layers": 2}\n' > my-model/config.json
printf 'the weights of my model\n' > my-model/weights.bin
"""
KEY = "hallmark key generate --output signer.key"
SIGN = "hallmark sign key my-model --private-key signer.key"
SOFT_TOKEN = ROOT / "tests" / "cli" / "programs" / "soft_token"


def soft_tokens_are_available() -> bool:
    return subprocess.run([SOFT_TOKEN, "available"], check=False).returncode == 0


def examples(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each command with the output that is shown."""
    for block in re.findall(r"^```console\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        for example in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            lines = example.splitlines()
            ends = next(i for i, line in enumerate(lines) if not line.endswith("\\"))
            yield "\n".join(lines[: ends + 1]), lines[ends + 1 :]


def as_text(lines: list[str]) -> str:
    return VARIABLE.sub("...", "\n".join(lines))


class ExamplesTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.environment = {k: v for k, v in os.environ.items() if not k.startswith("HALLMARK")}
        self.environment |= {
            "PATH": f"{HALLMARK.parent}:{os.environ['PATH']}",
            "HOME": folder.name,
            "XDG_CACHE_HOME": "",
            "LC_ALL": "C.UTF-8",
        }
        self.status = 0

    def run_command(self, command: str) -> list[str]:
        result = subprocess.run(
            ["bash", "-c", f"(exit {self.status}); {command}"],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        self.status = result.returncode
        return result.stdout.splitlines()

    def check_page(self, name: str) -> None:
        count = 0
        for command, shown in examples((ROOT / name).read_text()):
            printed = self.run_command(command)
            if command.startswith("openssl"):
                self.assertEqual(self.status, 0, "\n".join([command, *printed]))
                continue
            with self.subTest(command):
                self.assertEqual(as_text(printed), as_text(shown))
            count += 1
        self.assertGreater(count, 0)

    def prepare(self, *commands: str) -> None:
        for command in commands:
            self.run_command(command)
            self.assertEqual(self.status, 0, command)

    def test_readme(self) -> None:
        self.check_page("README.md")

    def test_signing_with_a_key(self) -> None:
        self.prepare(MODEL)
        self.check_page("docs/guide/signing-with-a-key.md")

    @unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
    def test_signing_with_certificates(self) -> None:
        self.prepare(MODEL)
        self.check_page("docs/guide/signing-with-certificates.md")

    @unittest.skipUnless(soft_tokens_are_available(), "no SoftHSM or pkcs11-tool")
    def test_signing_with_a_token(self) -> None:
        self.environment["SOFTHSM2_CONF"] = str(self.folder / "softhsm2.conf")
        self.prepare(
            MODEL,
            f"{SOFT_TOKEN} new release 1234",
            f"{SOFT_TOKEN} generate release 1234 EC:secp384r1 signer 01",
        )
        self.check_page("docs/guide/pkcs11.md")

    def test_re_signing(self) -> None:
        self.prepare(MODEL, KEY, SIGN)
        self.check_page("docs/guide/re-signing.md")

    @unittest.skipUnless(shutil.which("openssl"), "openssl is not installed")
    def test_detached_signing(self) -> None:
        self.prepare(MODEL, f"{KEY} --algorithm p384")
        self.check_page("docs/guide/detached-signing.md")

    def test_multiple_signatures(self) -> None:
        self.prepare(MODEL)
        for name in ("ann", "ben", "cy"):
            key = f"hallmark key generate --output {name} && mv {name} {name}.key"
            if name == "cy":
                self.prepare("cp my-model/config.json . && printf x >> my-model/config.json")
            sign = f"hallmark sign key my-model --private-key {name}.key --signature {name}.sig"
            self.prepare(key, sign)
        self.prepare("cp config.json my-model")
        self.check_page("docs/guide/multiple-signatures.md")

    def test_digest_cache(self) -> None:
        self.prepare(MODEL, KEY, SIGN)
        time.sleep(SETTLED_AFTER)
        self.check_page("docs/guide/digest-cache.md")

    def test_from_model_signing(self) -> None:
        self.prepare(MODEL)
        self.check_page("docs/guide/from-model-signing.md")

    @unittest.skipUnless(shutil.which("jq"), "jq is not installed")
    def test_verifying_in_ci(self) -> None:
        self.prepare(MODEL, KEY, f"{SIGN} --signature my-model/model.sig")
        page = "docs/guide/verifying-in-ci.md"
        text = (ROOT / page).read_text()
        script = self.folder / "check-model"
        script.write_text(re.search(r"^```sh\n(#!.*?)^```", text, re.DOTALL | re.MULTILINE)[1])
        script.chmod(0o755)
        self.check_page(page)


if __name__ == "__main__":
    unittest.main()
