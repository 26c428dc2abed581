"""The language of the command-line scripts."""
