"""The cases of the OMS conformance suite."""
