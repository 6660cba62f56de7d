"""`python -m netcor_sla` is the command `netcor-sla`."""

from netcor_sla._cli import run

run()
