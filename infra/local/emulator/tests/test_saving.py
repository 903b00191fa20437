"""State on disk: after a kill, after an orderly end, and the wrapper's own paths."""

import json
import signal
import time
import unittest
from pathlib import Path

from emulator.tests.harness import Emulator, until

ECHO = """
import os, time
def handler(event, context):
    time.sleep(event.get('sleep', 0))
    return os.getpid()
"""


def item(emulator, pk):
    """An item of the table kept, or None."""
    return emulator.dynamodb.get_item(
        TableName="kept", Key={"pk": {"S": pk}, "sk": {"S": "-"}}).get("Item")


class WrappedSaving(unittest.TestCase):
    """What survives the end of the wrapped emulator."""

    def setUp(self):
        self.emulator = Emulator()
        self.addCleanup(self.emulator.close)

    def test_writes_older_than_a_few_seconds_survive_a_kill(self):
        self.emulator.table("kept")
        self.emulator.put("kept", "early", "-", n=1)
        time.sleep(7)
        self.emulator.stop(signal.SIGKILL)
        self.emulator.start()
        self.assertEqual(item(self.emulator, "early")["n"], {"N": "1"})

    def test_every_write_survives_an_orderly_end_and_machines_fail(self):
        self.emulator.table("kept")
        machine = self.emulator.machine(
            "slow", {"Await": {"Type": "Wait", "Seconds": 60, "End": True}})
        execution = self.emulator.execute(machine)
        self.emulator.put("kept", "last", "-")
        self.emulator.stop(signal.SIGTERM)
        self.emulator.start()
        self.assertIsNotNone(item(self.emulator, "last"))
        described = self.emulator.ended(execution)
        self.assertEqual((described["status"], described["error"]), ("FAILED", "States.ServiceRestart"))

    def test_idle_start_keeps_what_was_saved(self):
        self.emulator.table("kept")
        self.emulator.function("echo", ECHO)
        self.emulator.local("save")
        for how in (signal.SIGKILL, signal.SIGTERM):
            self.emulator.stop(how)
            self.emulator.start()
        time.sleep(5)
        self.emulator.stop(signal.SIGKILL)
        self.emulator.start()
        functions = getattr(self.emulator, "lambda").list_functions()["Functions"]
        self.assertEqual([f["FunctionName"] for f in functions], ["echo"])

    def test_save_on_demand_keeps_the_last_write(self):
        self.emulator.table("kept")
        self.emulator.put("kept", "now", "-")
        self.emulator.local("save")
        self.emulator.stop(signal.SIGKILL)
        self.emulator.start()
        self.assertIsNotNone(item(self.emulator, "now"))


class Control(unittest.TestCase):
    """The other paths under /_local."""

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator(auth=True)
        cls.addClassCleanup(cls.emulator.close)

    def invoke(self, name, **event):
        answer = getattr(self.emulator, "lambda").invoke(FunctionName=name, Payload=json.dumps(event))
        return json.load(answer["Payload"])

    def test_killed_function_starts_anew(self):
        self.emulator.function("echo", ECHO)
        first = self.invoke("echo")
        self.assertIn(first, [f["pid"] for f in self.emulator.local("functions", "GET")])
        self.assertEqual(self.emulator.local("functions/echo/kill")["killed"], [first])
        until(lambda: not self.emulator.local("functions", "GET"), what="end of the process")
        self.assertNotEqual(self.invoke("echo"), first)

    def test_invocations_are_logged_with_their_failures(self):
        self.emulator.function("loud", "def handler(event, context):\n    raise ValueError('roto')")
        self.invoke("loud")
        log = Path(self.emulator.folder.name, "functions.log").read_text()
        self.assertRegex(log, r"(?s) loud .* ms\n.*failed: .*roto")

    def test_used_permissions_are_reported_with_their_outcome(self):
        self.emulator.function("asker", """
import boto3
def handler(event, context):
    try:
        boto3.client('dynamodb', region_name='us-east-1').scan(TableName='secret')
    except Exception as error:
        return str(error)
""")
        self.assertIn("not authorized", self.invoke("asker"))
        self.assertIn(("asker", "dynamodb:Scan", False), self.permissions())
        self.emulator.stop()
        self.emulator.start()
        self.assertIn(("asker", "dynamodb:Scan", False), self.permissions())

    def permissions(self):
        rows = self.emulator.local("permissions", "GET")
        return [(r["function"], r["action"], r["allowed"]) for r in rows]


class BareSaving(unittest.TestCase):
    """Fails when a newer emulator needs no ``saving`` any more: then delete the part."""

    def test_bare_emulator_forgets_when_killed(self):
        emulator = Emulator(bare=True)
        self.addCleanup(emulator.close)
        emulator.table("kept")
        time.sleep(7)
        emulator.stop(signal.SIGKILL)
        emulator.start()
        self.assertEqual(emulator.dynamodb.list_tables()["TableNames"], [])
