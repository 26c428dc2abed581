"""Measures functions and files of C++ sources."""
