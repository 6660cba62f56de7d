"""`python -m netcor_sla` is the command `netcor-sla`."""

from netcor_sla.cli import run

run()
