"""An orderly end while the emulator is at work."""

import signal
import subprocess
import threading
import time
import unittest

from botocore.exceptions import BotoCoreError, ClientError

from emulator.tests.harness import Emulator, until

SLEEP = """
import time
def handler(event, context):
    time.sleep(event['sleep'])
"""


class Ending(unittest.TestCase):
    """SIGTERM while an invocation runs."""

    def working(self, bare=False, kind="RequestResponse"):
        """An emulator in the midst of an invocation, with one write just answered."""
        emulator = Emulator(bare=bare)
        self.addCleanup(emulator.close)
        emulator.table("kept")
        arn = emulator.function("sleeper", SLEEP, timeout=60)
        asking = threading.Thread(target=self.ask, args=(emulator, arn, kind))
        asking.start()
        self.addCleanup(asking.join)
        self.addCleanup(emulator.process.kill)
        time.sleep(3) if bare else until(lambda: any(
            f["busy"] for f in emulator.local("functions", "GET")), what="running invocation")
        emulator.put("kept", "last", "-")
        return emulator

    def ask(self, emulator, arn, kind):
        """Invokes; the end of the emulator ends the wait for an answer too."""
        try:
            getattr(emulator, "lambda").invoke(FunctionName=arn, InvocationType=kind, Payload='{"sleep": 50}')
        except (ClientError, BotoCoreError):
            pass

    def test_the_end_keeps_every_answered_write_and_waits_for_no_invocation(self):
        for kind in ("RequestResponse", "Event"):
            with self.subTest(kind):
                emulator = self.working(kind=kind)
                began = time.monotonic()
                emulator.stop(signal.SIGTERM)
                self.assertLess(time.monotonic() - began, 12)
                emulator.start()
                found = emulator.dynamodb.get_item(TableName="kept", Key={"pk": {"S": "last"}, "sk": {"S": "-"}})
                self.assertIn("Item", found)
                emulator.stop(signal.SIGKILL)

    def test_a_bare_emulator_waits_for_the_invocation(self):
        """Fails when a newer emulator needs no ``ending`` any more: then delete the part."""
        emulator = self.working(bare=True)
        emulator.process.send_signal(signal.SIGTERM)
        with self.assertRaises(subprocess.TimeoutExpired):
            emulator.process.wait(12)


if __name__ == "__main__":
    unittest.main()
