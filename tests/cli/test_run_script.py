#!/usr/bin/env python3
"""run_script accepts what holds, and fails a script for each kind of expectation that does not."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

sys.dont_write_bytecode = True

RUN_SCRIPT = Path(__file__).resolve().parent / "run_script"

# Stands in for the program under test.
PROGRAM = """#!/bin/sh
case $1 in
  say) shift; printf '%s\\n' "$@" ;;
  warn) shift; printf '%s\\n' "$@" >&2 ;;
  end) exit "$2" ;;
  input) cat ;;
  variables) env | grep ^HALLMARK_ || true ;;
  die) kill -9 $$ ;;
esac
"""


class RunScriptCase(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.program = self.folder / "hallmark"
        self.program.write_text(PROGRAM)
        self.program.chmod(0o755)

    def run_script(self, text: str, *options: str) -> subprocess.CompletedProcess[str]:
        script = self.folder / "the_script.txt"
        script.write_text(text)
        return subprocess.run(
            [sys.executable, "-B", RUN_SCRIPT, script, "--hallmark", self.program, *options],
            env={"HALLMARK_KEY_PASSWORD": "set outside", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
            check=False,
        )

    def assert_passes(self, text: str) -> None:
        result = self.run_script(text)
        self.assertEqual(result.returncode, 0, result.stderr)

    def assert_fails(self, text: str, message: str = "") -> None:
        result = self.run_script(text)
        self.assertEqual(result.returncode, 1, f"passed: {text}")
        self.assertIn("the_script.txt:", result.stderr)
        self.assertIn(message, result.stderr)


class ExitCodes(RunScriptCase):
    def test_zero_is_expected(self) -> None:
        self.assert_passes("hallmark end 0")
        self.assert_fails("hallmark end 1", "expected exit code 0, found 1")

    def test_exactly_the_given_code_is_expected(self) -> None:
        self.assert_passes("exit 3 hallmark end 3")
        self.assert_fails("exit 3 hallmark end 1", "expected exit code 3, found 1")
        self.assert_fails("exit 3 hallmark end 0", "expected exit code 3, found 0")

    def test_a_crash_is_no_exit_code(self) -> None:
        self.assert_fails("exit 9 hallmark die", "found -9")

    def test_shell_commands_stop_at_the_first_failure(self) -> None:
        self.assert_passes("sh 'true'\nexit 4 sh 'exit 4'")
        self.assert_fails("sh 'false; true'")
        self.assert_fails("sh 'echo $UNKNOWN_VARIABLE'")

    def test_negation_is_no_exit_code(self) -> None:
        self.assert_fails("! hallmark end 1", "does not go with")


class Programs(RunScriptCase):
    def test_the_other_program_stands_beside_the_first(self) -> None:
        other = self.folder / "model_signing"
        other.write_text("#!/bin/sh\necho the other; exit $1\n")
        other.chmod(0o755)
        self.assert_passes("model_signing 0\nstdout 'the other'\nexit 4 model_signing 4\n")
        self.assert_fails("model_signing 4\n", "expected exit code 0, found 4")

    def test_no_other_program_is_run(self) -> None:
        self.assert_fails("exit 0 ls\n", "usage: ")


class Streams(RunScriptCase):
    def test_a_match_is_expected(self) -> None:
        self.assert_passes("hallmark say one two\nstdout '^two$'\n! stderr")
        self.assert_fails("hallmark say one\nstdout 'two'", "no match")
        self.assert_fails("hallmark say one\nstderr 'one'", "no match")

    def test_no_match_is_expected(self) -> None:
        self.assert_passes("hallmark warn one\n! stderr 'two'\n! stdout")
        self.assert_fails("hallmark warn one\n! stderr 'one'", "unwanted match")

    def test_silence_is_expected(self) -> None:
        self.assert_fails("hallmark say one\n! stdout", "expected nothing")
        self.assert_fails("hallmark warn one\n! stderr", "expected nothing")

    def test_a_program_must_have_run(self) -> None:
        self.assert_fails("! stdout", "no program ran")

    def test_only_the_last_program_counts(self) -> None:
        self.assert_fails("hallmark say one\nhallmark say two\nstdout one")


class Json(RunScriptCase):
    SAY = 'hallmark say \'{"a": {"b": [1, "x", null, true]}, "c": "sha256:00"}\'\n'

    def test_values_are_compared(self) -> None:
        self.assert_passes(self.SAY + "json a.b.0 == 1\njson a.b.1 == x\njson c == sha256:00")
        self.assert_passes(self.SAY + "json a.b.2 == null\njson a.b.3 == true\njson a.b.# == 4")
        self.assert_passes(self.SAY + "json\njson a\njson c ~ '^sha'\njson c != x")
        for wrong in ("a.b.0 == 2", "a.b.0 == true", "a.b.3 == 1", "a.b.2 == x", "c != sha256:00"):
            self.assert_fails(self.SAY + f"json {wrong}", "expected")

    def test_what_is_not_there_fails(self) -> None:
        for path in ("x", "a.x", "a.b.4", "a.b.x", "c.0"):
            self.assert_fails(self.SAY + f"json {path}", "nothing at")

    def test_patterns_match_text_alone(self) -> None:
        self.assert_fails(self.SAY + "json c ~ '^256'", "no match")
        self.assert_fails(self.SAY + "json a.b.0 ~ '1'", "no match")

    def test_exactly_one_value_is_expected(self) -> None:
        for text in ("{} {}", "{}x", "", "{", '{"a": 1, "a": 1}'):
            self.assert_fails(f"hallmark say '{text}'\njson")

    def test_unknown_operators_fail(self) -> None:
        self.assert_fails(self.SAY + "json c = x", "no operator")


class Files(RunScriptCase):
    def test_existence(self) -> None:
        self.assert_passes("exists a d/b '*'\n! exists c '.x-*'\n-- a --\n-- d/b --\n")
        self.assert_fails("exists a c\n-- a --\n", "c does not exist")
        self.assert_fails("! exists a\n-- a --\n", "a exists")
        self.assert_fails("! exists 'a*'\n-- ab --\n", "exists")

    def test_contents(self) -> None:
        files = "\n-- a --\nx\n-- b --\nx\n-- c --\ny\n"
        self.assert_passes("cmp a b\n! cmp a c" + files)
        self.assert_fails("cmp a c" + files, "differ")
        self.assert_fails("! cmp a b" + files, "the same")
        self.assert_fails("cmp a none" + files)

    def test_inline_files_are_written_byte_for_byte(self) -> None:
        self.assert_passes("sh 'printf \"x\\n\\ny\\n\" | cmp - a'\n-- a --\nx\n\ny\n-- b --\n")

    def test_modes(self) -> None:
        self.assert_passes("chmod 0600 a\nmode a 0600\n-- a --\n")
        self.assert_fails("chmod 0640 a\nmode a 0600\n-- a --\n", "found 0640")

    def test_changes(self) -> None:
        self.assert_passes(
            "write a one\nappend a two\nsh 'test \"$(cat a)\" = onetwo'\n"
            "mkdir d/e\ncp a d/e/f\nmv a g\ncmp g d/e/f\nrm d g\n! exists d g\n"
            "symlink l -> nowhere\nsh 'test -L l'\nrm l\nmkfifo p\nsh 'test -p p'"
        )
        for wrong in ("rm none", "mv none a", "cp none a", "symlink a b", "write a"):
            self.assert_fails(wrong)
        self.assert_fails("mkdir d\nmkdir d")


class Surroundings(RunScriptCase):
    def test_outside_variables_are_not_passed_on(self) -> None:
        self.assert_passes("hallmark variables\n! stdout")
        self.assert_passes("env HALLMARK_X=1\nhallmark variables\nstdout '^HALLMARK_X=1$'")
        self.assert_passes("env HALLMARK_X=1\nenv HALLMARK_X\nhallmark variables\n! stdout")

    def test_home_is_the_folder(self) -> None:
        self.assert_passes("sh 'test \"$HOME\" = \"$PWD\" && test \"$WORK\" = \"$PWD\"'")

    def test_input_is_given_once(self) -> None:
        script = "stdin a\nhallmark input\nstdout x\nhallmark input\n! stdout\n"
        self.assert_passes(script + "-- a --\nx\n")

    def test_the_fake_token_has_a_variable(self) -> None:
        text = "sh 'echo $FAKE_TOKEN'\nstdout '^/a/token.so$'"
        result = self.run_script(text, "--fake-token", "/a/token.so")
        self.assertEqual(result.returncode, 0, result.stderr)

    def test_skip_is_told(self) -> None:
        result = self.run_script("skip 'no such machine'\nhallmark end 1")
        self.assertEqual(result.returncode, 77)
        self.assertIn("no such machine", result.stdout)

    def test_conditions_choose_lines(self) -> None:
        self.assert_passes("[root] sh 'test \"$(id -u)\" = 0'\n[!root] sh 'test \"$(id -u)\" != 0'")
        self.assert_fails("[root] hallmark end 1\n[!root] hallmark end 1", "found 1")
        self.assert_fails("[unknown] hallmark end 0", "no condition")

    def test_faults_need_the_shim(self) -> None:
        self.assert_fails("fault write:EIO\nhallmark end 0", "--fault-shim")
        self.assert_fails("fault write:EIO\nsh true", "before hallmark")


    def test_a_fault_must_happen(self) -> None:
        shim = str(self.folder / "does-nothing.so")
        result = self.run_script("fault write:EIO\nhallmark end 0", "--fault-shim", shim)
        self.assertEqual(result.returncode, 1)
        self.assertIn("write:EIO never happened", result.stderr)


class Language(RunScriptCase):
    def test_unknown_commands_fail(self) -> None:
        self.assert_fails("frobnicate", "no command")

    def test_quotes_and_variables(self) -> None:
        self.assert_passes("env A=1\nhallmark say 'it''s $A' ${A}2 $A'$A'\n"
                           "stdout '^it''s \\$A$'\nstdout '^12$'\nstdout '^1\\$A$'")
        self.assert_fails("hallmark say 'open", "not closed")
        self.assert_fails("hallmark say $UNKNOWN", "no variable")

    def test_lines_go_on(self) -> None:
        self.assert_passes("hallmark say one \\\n  two # three\nstdout '^two$'\n! stdout three")

    def test_failures_tell_where_and_what(self) -> None:
        result = self.run_script("# it says more\n\nhallmark say one\nstdout two")
        for part in ("the_script.txt:4: stdout two", "claim: it says more", "hallmark say one"):
            self.assertIn(part, result.stderr)

    def test_the_rest_is_not_run(self) -> None:
        marker = self.folder / "marker"
        self.assert_fails(f"hallmark end 1\nsh 'touch {marker}'")
        self.assertFalse(marker.exists())


if __name__ == "__main__":
    unittest.main()
