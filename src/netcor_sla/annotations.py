"""Names for annotations in code of your own.

`DayRule` is what an agreement's `day_rule` takes, `Language` what texts take, and a `Target`
is what is promised for a level.
"""

from netcor_sla._languages import Language
from netcor_sla._policy.due import DayRule
from netcor_sla._policy.levels import Target

__all__ = ["DayRule", "Language", "Target"]
