"""`model_signing` of Hallmark and that of the reference with the same arguments."""

from subprocess import CompletedProcess

from interop_case import InteropCase
from peers import DROP_IN, REFERENCE, Argument

Result = CompletedProcess[str]

FAILURES = ("Signing failed with error: ", "Verification failed with error: ")


class DropInCase(InteropCase):
    """Runs both programs in the same folder, the reference first."""

    def setUp(self) -> None:
        super().setUp()
        self.private, self.public = "signer.key", "signer.key.pub"

    def run_both(self, *arguments: Argument) -> tuple[Result, Result]:
        return (
            REFERENCE.run(*arguments, cwd=self.folder),
            DROP_IN.run(*arguments, cwd=self.folder),
        )

    def assert_same(self, *arguments: Argument, status: int) -> None:
        """Exit code, standard output, and the beginning of what a failure says."""
        theirs, ours = self.run_both(*arguments)
        self.assertEqual(theirs.returncode, status, theirs.stderr)
        self.assertEqual(ours.returncode, status, ours.stderr)
        self.assertEqual(ours.stdout, theirs.stdout)
        if status == 1:
            self.assertTrue(any(line.startswith(FAILURES) for line in theirs.stderr.split("\n")))
            (ours_begins,) = [
                prefix for prefix in FAILURES if f"\n{prefix}" in f"\n{ours.stderr}"
            ]
            self.assertIn(f"\n{ours_begins}", f"\n{theirs.stderr}")
