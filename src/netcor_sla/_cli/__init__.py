"""The command line: text in, text out.

Next to nothing is imported here, so that an interrupt ends quietly from the beginning.
"""

import sys


def run() -> None:
    try:
        from netcor_sla._cli.main import program  # noqa: PLC0415 - which takes most of the time

        status = program()
    except KeyboardInterrupt:
        status = 130
    sys.exit(status)
