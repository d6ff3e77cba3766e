"""Panels beside the picture: each shows one thing about what is selected."""
