"""What is measured: `make bench` prints medians of several runs. No test asserts a time."""
