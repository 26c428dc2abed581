"""Which cases of the conformance data Hallmark must run."""
