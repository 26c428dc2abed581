"""The layer rules of ARCHITECTURE.md, checked against every #include."""
