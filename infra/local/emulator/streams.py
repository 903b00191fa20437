"""DynamoDB streams to Lambda as AWS delivers them.

The bare emulator takes any answer of the function as "all done", retries a
failing batch for ever, and forgets unread records at a restart while it keeps
the read position, so new records stay unseen until as many have come again.

Here a mapping reads on from the first failed record (``ReportBatchItemFailures``),
counts attempts (``MaximumRetryAttempts``), halves a failing batch
(``BisectBatchOnFunctionError``, which uses up no attempt), gives up to the
failure destination, and the records are saved with the table.
"""

import json
import time

KEPT_RECORDS = 2_000  # enough for what a stopped function may still have to read
RETRY_SECONDS = 1.0


class Mapping:
    """What one event source mapping remembers between batches."""

    def __init__(self):
        self.first_sequence = None
        self.attempts = 0
        self.size_limit = None
        self.not_before = 0.0

    def failed(self, batch, retries, bisect):
        """Counts a failure of batch; true when its attempts are used up."""
        self.not_before = time.time() + RETRY_SECONDS
        sequence = batch[0]["dynamodb"]["SequenceNumber"]
        if bisect and len(batch) > 1:
            self.size_limit = len(batch) // 2
            return False
        if sequence != self.first_sequence:
            self.first_sequence, self.attempts = sequence, 0
        self.attempts += 1
        return retries >= 0 and self.attempts > retries

    def moved_on(self):
        """Forgets the failures: the shard's position has changed."""
        self.first_sequence, self.attempts, self.size_limit, self.not_before = None, 0, None, 0.0


def first_failure(batch, answer):
    """Index in batch of the first failed record, len(batch) when none failed.

    As on AWS an empty answer means success and an unknown or empty identifier
    means the whole batch.
    """
    if isinstance(answer, (str, bytes)):
        answer = json.loads(answer or "null")
    failures = (answer or {}).get("batchItemFailures") or []
    if not failures:
        return len(batch)
    positions = {r["dynamodb"]["SequenceNumber"]: i for i, r in enumerate(batch)}
    return min(positions.get(f.get("itemIdentifier"), 0) for f in failures)


class StreamPoller:
    """Replaces the emulator's poller of DynamoDB streams."""

    def __init__(self, lambda_svc, dynamodb):
        self._lambda = lambda_svc
        self._dynamodb = dynamodb
        self._mappings = {}

    def poll(self):
        """One pass over all mappings; true when one took a batch."""
        took = False
        for account, region, mapping in self._lambda._iter_all_esms():
            account_token = self._lambda._request_account_id.set(account)
            region_token = self._lambda._request_region.set(region)
            try:
                took = self._poll_mapping(mapping) or took
            finally:
                self._lambda._request_account_id.reset(account_token)
                self._lambda._request_region.reset(region_token)
        return took

    def _poll_mapping(self, mapping):
        table = self._table_of(mapping)
        state = self._mappings.setdefault(mapping["UUID"], Mapping())
        busy = self._lambda._esm_inflight.get(mapping["UUID"])
        if table is None or busy or time.time() < state.not_before:
            return False
        function, _ = self._lambda._get_func_record_for_qualifier(
            mapping["FunctionName"], mapping.get("Qualifier"))
        position = self._position(mapping, table)
        size = min(mapping.get("BatchSize", 100), state.size_limit or 10_000)
        batch = self._dynamodb.stream_records_since(table, position, size)
        if function is None or not batch:
            return False
        self._lambda._dispatch_esm_batch(
            mapping["UUID"], self._deliver, mapping, state, function, position, batch)
        return True

    def _table_of(self, mapping):
        source = mapping.get("EventSourceArn", "")
        if not mapping.get("Enabled", True) or ":dynamodb:" not in source:
            return None
        name = source.split("/stream/")[0].rsplit("/", 1)[-1]
        table = self._dynamodb._tables.get(name)
        return name if table and table.get("LatestStreamArn") == source else None

    def _position(self, mapping, table):
        positions = self._lambda._dynamodb_stream_positions
        start = self._dynamodb.stream_start_position(table)
        end = self._dynamodb.stream_end_position(table)
        if mapping["UUID"] not in positions:
            self._move(mapping, start if mapping.get("StartingPosition") == "TRIM_HORIZON" else end)
        return min(max(positions[mapping["UUID"]], start), end)

    def _move(self, mapping, position):
        with self._lambda._dynamodb_stream_positions_lock:
            self._lambda._dynamodb_stream_positions[mapping["UUID"]] = position

    def _deliver(self, mapping, state, function, position, records):
        """Invokes the function with one batch and moves the position."""
        batch = self._lambda._apply_filter_criteria(list(records), mapping)
        if not batch:
            self._move(mapping, position + len(records))
            return
        result = self._lambda._execute_function(function, {"Records": batch})
        done = 0
        if not result.get("error"):
            done = len(batch)
            if "ReportBatchItemFailures" in mapping.get("FunctionResponseTypes", []):
                done = first_failure(batch, result.get("body"))
        if done == len(batch):
            state.moved_on()
            self._move(mapping, position + len(records))
            mapping["LastProcessingResult"] = f"OK - {len(batch)} records"
            return
        self._failed(mapping, state, function, position, records, batch[done:], result)

    def _failed(self, mapping, state, function, position, records, rest, result):
        sequences = [r["dynamodb"]["SequenceNumber"] for r in records]
        resume = position + sequences.index(rest[0]["dynamodb"]["SequenceNumber"])
        if resume != position:
            state.moved_on()
        self._move(mapping, resume)
        mapping["LastProcessingResult"] = "PROBLEM: Function call failed"
        retries = mapping.get("MaximumRetryAttempts")
        if state.failed(rest, -1 if retries is None else int(retries),
                        mapping.get("BisectBatchOnFunctionError")):
            self._lambda._send_ddb_stream_failure_record(
                mapping, function, rest, mapping["EventSourceArn"], result, "RetryAttemptsExhausted")
            state.moved_on()
            self._move(mapping, position + len(records))


class StreamRecords:
    """Saves the tail of each stream with the tables and brings it back."""

    def __init__(self, dynamodb):
        self._dynamodb = dynamodb
        self._get_state = dynamodb.get_state
        self._load = dynamodb.load_persisted_state

    def get_state(self):
        """The emulator's state with the records it would forget."""
        return self._get_state() | self.tail()

    def tail(self):
        """The newest records of each stream and how many went before them."""
        records, trimmed = {}, {}
        for key, kept in list(self._dynamodb._stream_records._data.items()):
            tail = kept[-KEPT_RECORDS:]
            before = self._dynamodb._stream_trimmed._data.get(key, 0)
            records["\0".join(key)] = tail
            trimmed["\0".join(key)] = before + len(kept) - len(tail)
        return {"desk_stream_records": records, "desk_stream_trimmed": trimmed}

    def load(self, data):
        """Restores tables first, then their records under the same positions."""
        self._load(data)
        for name, store in (("desk_stream_records", self._dynamodb._stream_records),
                            ("desk_stream_trimmed", self._dynamodb._stream_trimmed)):
            for key, value in (data or {}).get(name, {}).items():
                store._data[tuple(key.split("\0"))] = value


def install(lambda_svc, dynamodb):
    """Wires the part."""
    lambda_svc._poll_dynamodb_streams = StreamPoller(lambda_svc, dynamodb).poll
    records = StreamRecords(dynamodb)
    dynamodb.get_state = records.get_state
    dynamodb.load_persisted_state = records.load
