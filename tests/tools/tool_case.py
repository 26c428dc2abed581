"""What the tests of tools/ share: a folder of their own and a way to run a tool in it."""

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


class ToolCase(unittest.TestCase):
    """Runs one tool on files it writes into a temporary folder."""

    tool = ""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name).resolve()

    def write(self, name: str, content: str | bytes) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def write_script(self, name: str, content: str) -> Path:
        path = self.write(name, content)
        path.chmod(0o755)
        return path

    def run_tool(
        self, *arguments: str | Path, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(ROOT / "tools" / self.tool), *map(str, arguments)],
            env={**os.environ, **environment},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    def assert_accepts(self, *arguments: str | Path, **environment: str) -> str:
        result = self.run_tool(*arguments, **environment)
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)
        return result.stdout

    def assert_rejects(self, message: str, *arguments: str | Path, **environment: str) -> str:
        result = self.run_tool(*arguments, **environment)
        output = result.stdout + result.stderr
        self.assertEqual(result.returncode, 1, output)
        self.assertIn(message, output)
        return output
