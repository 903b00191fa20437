"""The business clock: the wall clock plus the offset the desk keeps in its table.

``deskctl clock advance`` writes the offset to the item ``S#clock``/``clock``.
Reading it in process, instead of by request, lets every waiting task follow a
jump at once.
"""

import time

CLOCK_PARTITION = "S#clock"
CLOCK_SORT = "clock"
OFFSET_ATTRIBUTE = "offset_seconds"


def offset_seconds(tables):
    """The offset found in any of the emulator's tables, 0 when none has it."""
    for table in list(tables.values()):
        item = table["items"].get(CLOCK_PARTITION, {}).get(CLOCK_SORT)
        if item and OFFSET_ATTRIBUTE in item:
            return float(item[OFFSET_ATTRIBUTE].get("N", "0"))
    return 0.0


class BusinessClock:
    """Tells the desk's time to the parts of the wrapper that count it."""

    def __init__(self, dynamodb):
        self._dynamodb = dynamodb

    def now(self):
        """Seconds since the epoch, as the desk sees them."""
        return time.time() + offset_seconds(self._dynamodb._tables._data)
