"""An orderly end: what was answered is on disk, and nothing is waited for for long.

The bare emulator gives requests three seconds; if one takes longer, its server
fails before it saves, and then waits for the request's thread: the process stays
for as long as an invocation runs, and what was written since the last save is lost.
"""

import asyncio
import os
import signal
import threading
import time

GRACE_SECONDS = 3.0
TICK_SECONDS = 0.05


class Ending:
    """Ends the process on SIGTERM once requests are answered, or their time is over."""

    def __init__(self, save, kill):
        self._save = save
        self._kill = kill
        self._open = 0
        self._begun = threading.Event()

    def begun(self):
        """From then on no request is accepted: what it wrote might not be saved."""
        return self._begun.is_set()

    def listen(self):
        """Takes SIGTERM; called on the server's loop, which had it before."""
        asyncio.get_running_loop().add_signal_handler(
            signal.SIGTERM, lambda: threading.Thread(target=self._end, daemon=True).start())

    def enter(self):
        """A request is being worked on."""
        self._open += 1

    def leave(self):
        """It is answered."""
        self._open -= 1

    def _end(self):
        if self._begun.is_set():
            return
        self._begun.set()
        deadline = time.monotonic() + GRACE_SECONDS
        while self._open > 0 and time.monotonic() < deadline:
            time.sleep(TICK_SECONDS)
        try:
            self._save()
            self._kill()
        finally:
            os._exit(0)
