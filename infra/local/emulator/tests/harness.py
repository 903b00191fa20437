"""Starts emulators, wrapped and bare, and makes the small resources tests need."""

import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import zipfile
from pathlib import Path

import boto3
from botocore.config import Config

ROOT = Path(__file__).resolve().parents[2]
ACCOUNT = "000000000000"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/tests"


def free_port():
    """A loopback port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def until(condition, seconds=15, what="condition"):
    """Waits for condition to be true and returns its value."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        value = condition()
        if value:
            return value
        time.sleep(0.05)
    raise AssertionError(f"not within {seconds} s: {what}")


class Emulator:
    """One running emulator with a state folder of its own."""

    def __init__(self, bare=False, auth=False):
        self.folder = tempfile.TemporaryDirectory(prefix="emulator-")
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.spool = Path(self.folder.name, "spool")
        self._environment = os.environ | {
            "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
            "BIND_HOST": "127.0.0.1", "GATEWAY_PORT": str(self.port), "MINISTACK_HOST": "localhost",
            "IOT_MTLS_ENABLED": "0", "SFTP_ENABLED": "0", "AUTH": "true" if auth else "false",
            "PERSIST_STATE": "1", "STATE_DIR": f"{self.folder.name}/state",
            "S3_PERSIST": "1", "S3_DATA_DIR": f"{self.folder.name}/s3",
            "TMPDIR": self.folder.name, "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test",
            "DESK_MAIL_SPOOL": str(self.spool), "DESK_FUNCTION_LOG": f"{self.folder.name}/functions.log",
            "DESK_PERMISSION_LOG": f"{self.folder.name}/permissions.jsonl",
            "DESK_EMULATOR_BARE": "1" if bare else "0"}
        self.start()

    def start(self):
        """Starts the process and waits until it answers."""
        log = open(f"{self.folder.name}/log", "ab")
        self.process = subprocess.Popen([sys.executable, "-m", "emulator"], env=self._environment,
                                        stdout=log, stderr=subprocess.STDOUT, cwd=self.folder.name)
        log.close()
        until(self._answers, 30, "emulator answers")
        if not hasattr(self, "iam"):
            for service in ("iam", "lambda", "stepfunctions", "dynamodb", "sesv2", "sts"):
                setattr(self, service, boto3.client(
                    service, endpoint_url=self.url, region_name="us-east-1",
                    config=Config(retries={"total_max_attempts": 1}), aws_access_key_id="test",
                    aws_secret_access_key="test"))
            trust = {"Version": "2012-10-17", "Statement": []}
            self.iam.create_role(RoleName="tests", AssumeRolePolicyDocument=json.dumps(trust))

    def _answers(self):
        try:
            with urllib.request.urlopen(f"{self.url}/_ministack/health", timeout=1):
                return True
        except OSError:
            if self.process.poll() is not None:
                raise AssertionError(Path(self.folder.name, "log").read_text()[-2000:])
            return False

    def stop(self, how=signal.SIGTERM):
        """Ends the process and waits for it."""
        self.process.send_signal(how)
        self.process.wait(20)

    def close(self):
        """Ends the process and removes its folder."""
        self.stop(signal.SIGKILL)
        self.folder.cleanup()

    def local(self, path, method="POST"):
        """Calls one of the wrapper's own paths."""
        request = urllib.request.Request(f"{self.url}/_local/{path}", method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def function(self, name, source, role=ROLE, timeout=20):
        """Makes a Python function from its source and returns its ARN."""
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w") as file:
            file.writestr("index.py", source)
        client = getattr(self, "lambda")
        return client.create_function(
            FunctionName=name, Runtime="python3.12", Handler="index.handler", Role=role,
            Timeout=timeout, Code={"ZipFile": archive.getvalue()})["FunctionArn"]

    def machine(self, name, states, start="Await"):
        """Makes a JSONata state machine and returns its ARN."""
        definition = {"QueryLanguage": "JSONata", "StartAt": start, "States": states}
        return self.stepfunctions.create_state_machine(
            name=name, roleArn=ROLE, definition=json.dumps(definition))["stateMachineArn"]

    def execute(self, machine, **given):
        """Starts an execution with the given input and returns its ARN."""
        return self.stepfunctions.start_execution(
            stateMachineArn=machine, input=json.dumps(given))["executionArn"]

    def ended(self, execution, seconds=15):
        """Waits for an execution's end and returns its description."""
        return until(lambda: self._ended(execution), seconds, f"end of {execution}")

    def _ended(self, execution):
        description = self.stepfunctions.describe_execution(executionArn=execution)
        return description if description["status"] != "RUNNING" else None

    def states(self, execution):
        """The names of the states an execution entered, in order."""
        events = self.stepfunctions.get_execution_history(executionArn=execution)["events"]
        return [e["stateEnteredEventDetails"]["name"] for e in events if "stateEnteredEventDetails" in e]

    def table(self, name, stream=False):
        """Makes a table with pk and sk and returns its description."""
        keys = (("pk", "HASH"), ("sk", "RANGE"))
        extra = {"StreamSpecification": {"StreamEnabled": True, "StreamViewType": "NEW_IMAGE"}} if stream else {}
        return self.dynamodb.create_table(
            TableName=name, BillingMode="PAY_PER_REQUEST", **extra,
            KeySchema=[{"AttributeName": k, "KeyType": t} for k, t in keys],
            AttributeDefinitions=[{"AttributeName": k, "AttributeType": "S"} for k, _ in keys])["TableDescription"]

    def put(self, table, pk, sk, **numbers):
        """Puts an item with number attributes."""
        item = {"pk": {"S": pk}, "sk": {"S": sk}} | {k: {"N": str(v)} for k, v in numbers.items()}
        self.dynamodb.put_item(TableName=table, Item=item)
