"""Entry point of ``seedlint`` and ``python -m seedlint``."""

from __future__ import annotations


def main() -> None:
    """Run the command line."""
    from seedlint.cli import program

    program()


if __name__ == "__main__":
    main()
