"""Stream batches: partial answers, retries, bisecting, and records over a restart."""

import signal
import time
import unittest

from emulator.streams import Mapping, first_failure
from emulator.tests.harness import Emulator, until

# Records each pk it sees and reports the records named poison as failed.
CONSUMER = """
import boto3
def handler(event, context):
    db = boto3.client('dynamodb', region_name='us-east-1')
    failed = []
    for record in event['Records']:
        pk = record['dynamodb']['Keys']['pk']['S']
        db.update_item(TableName='seen', Key={'pk': {'S': pk}, 'sk': {'S': '-'}},
            UpdateExpression='ADD times :one', ExpressionAttributeValues={':one': {'N': '1'}})
        if pk.startswith('poison'):
            failed.append({'itemIdentifier': record['dynamodb']['SequenceNumber']})
            break
    return {'batchItemFailures': failed}
"""


def record(sequence):
    return {"dynamodb": {"SequenceNumber": sequence}}


def make(emulator, **mapping):
    """A streamed table, the consumer and a mapping between them."""
    stream = emulator.table("source", stream=True)["LatestStreamArn"]
    emulator.table("seen")
    emulator.function("consumer", CONSUMER)
    client = getattr(emulator, "lambda")
    client.create_event_source_mapping(
        FunctionName="consumer", EventSourceArn=stream, StartingPosition="TRIM_HORIZON",
        FunctionResponseTypes=["ReportBatchItemFailures"], **mapping)


def seen(emulator, pk):
    """How often the consumer saw a record."""
    item = emulator.dynamodb.get_item(
        TableName="seen", Key={"pk": {"S": pk}, "sk": {"S": "-"}}).get("Item")
    return int(item["times"]["N"]) if item else 0


class FirstFailure(unittest.TestCase):
    """The reading of a function's answer."""

    def test_table(self):
        batch = [record("a"), record("b"), record("c")]
        for name, answer, want in [
                ("no answer is success", None, 3),
                ("empty list is success", {"batchItemFailures": []}, 3),
                ("the lowest failure counts", {"batchItemFailures": [
                    {"itemIdentifier": "c"}, {"itemIdentifier": "b"}]}, 1),
                ("an unknown identifier means all", {"batchItemFailures": [{"itemIdentifier": "x"}]}, 0),
                ("an answer as text", '{"batchItemFailures":[{"itemIdentifier":"b"}]}', 1)]:
            with self.subTest(name):
                self.assertEqual(first_failure(batch, answer), want)


class Attempts(unittest.TestCase):
    """The counting of failures."""

    def test_bisecting_uses_up_no_attempt(self):
        mapping, batch = Mapping(), [record(s) for s in "abcd"]
        self.assertFalse(mapping.failed(batch, 0, True))
        self.assertEqual(mapping.size_limit, 2)
        self.assertTrue(mapping.failed(batch[:1], 0, True))

    def test_attempts_end_after_the_retries(self):
        mapping, batch = Mapping(), [record("a")]
        self.assertEqual([mapping.failed(batch, 2, False) for _ in range(3)], [False, False, True])

    def test_no_limit_never_ends(self):
        mapping, batch = Mapping(), [record("a")]
        self.assertFalse(any(mapping.failed(batch, -1, False) for _ in range(50)))


class WrappedStreams(unittest.TestCase):
    """The wrapper's delivery."""

    def setUp(self):
        self.emulator = Emulator()
        self.addCleanup(self.emulator.close)

    def test_poison_is_retried_then_passed_over_and_others_come_once(self):
        make(self.emulator, MaximumRetryAttempts=1, BisectBatchOnFunctionError=True)
        for pk in ("before", "poison", "after", "later"):
            self.emulator.put("source", pk, "-")
        until(lambda: seen(self.emulator, "later") == 1, 20, "record after the poison")
        counts = {pk: seen(self.emulator, pk) for pk in ("before", "after", "later")}
        self.assertEqual(counts, {"before": 1, "after": 1, "later": 1})
        self.assertGreaterEqual(seen(self.emulator, "poison"), 2)

    def test_records_after_a_restart_are_delivered(self):
        make(self.emulator)
        for pk in ("one", "two", "three"):
            self.emulator.put("source", pk, "-")
        until(lambda: seen(self.emulator, "three"), what="records before the restart")
        time.sleep(1)  # the answer to the batch moves the position
        self.emulator.stop(signal.SIGTERM)
        self.emulator.start()
        self.emulator.put("source", "four", "-")
        until(lambda: seen(self.emulator, "four"), what="record after the restart")
        self.assertEqual(seen(self.emulator, "one"), 1)


class BareStreams(unittest.TestCase):
    """Fails when a newer emulator needs no ``streams`` any more: then delete the part."""

    def test_bare_emulator_takes_a_failed_record_as_done(self):
        emulator = Emulator(bare=True)
        self.addCleanup(emulator.close)
        make(emulator)
        for pk in ("before", "poison", "after"):
            emulator.put("source", pk, "-")
        until(lambda: seen(emulator, "poison"), what="the poison")
        emulator.put("source", "later", "-")
        until(lambda: seen(emulator, "later"), what="the next record")
        self.assertEqual(seen(emulator, "poison"), 1)
