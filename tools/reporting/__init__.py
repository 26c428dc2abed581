"""What the checkers share: how a finding looks and which files belong to the repository."""
