"""Names for annotations in code of one's own: what `day_rule`, `language` and each of `targets` take."""

from netcor_sla._languages import Language
from netcor_sla._policy.due import DayRule
from netcor_sla._policy.levels import Target

__all__ = ["DayRule", "Language", "Target"]
