"""Token waits: what Step Functions does on AWS, and what the bare emulator does not."""

import json
import unittest

from emulator.tests.harness import Emulator, until

# Writes each token it is given to the table, then fails if it is told to.
OPENER = """
import boto3
def handler(event, context):
    boto3.client('dynamodb', region_name='us-east-1').put_item(TableName='tokens', Item={
        'pk': {'S': event['case']}, 'sk': {'S': event['token']}})
    if event.get('fail') == 'always' or (event.get('fail') == 'once' and tokens(event['case']) == 1):
        raise RuntimeError('cannot open')
def tokens(case):
    return boto3.client('dynamodb', region_name='us-east-1').query(
        TableName='tokens', KeyConditionExpression='pk = :p',
        ExpressionAttributeValues={':p': {'S': case}})['Count']
"""


def waiting_states(function):
    """A task waiting for a token as long as its input says, with every way out."""
    return {
        "Await": {
            "Type": "Task", "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
            "TimeoutSeconds": "{% $states.input.seconds %}",
            "Arguments": {"FunctionName": function, "Payload":
                          "{% $merge([$states.input, {'token': $states.context.Task.Token}]) %}"},
            "Retry": [{"ErrorEquals": ["Runtime.HandlerError"], "MaxAttempts": 1, "IntervalSeconds": 1}],
            "Catch": [{"ErrorEquals": ["States.Timeout"], "Next": "Overdue"},
                      {"ErrorEquals": ["States.ALL"], "Next": "Stuck"}],
            "Next": "Answered"},
        "Answered": {"Type": "Succeed"}, "Overdue": {"Type": "Succeed"}, "Stuck": {"Type": "Succeed"}}


def make(emulator):
    """The table, the opener and the machine; returns the machine's ARN."""
    emulator.table("tokens")
    return emulator.machine("waiting", waiting_states(emulator.function("opener", OPENER)))


def tokens(emulator, case):
    """The tokens the opener was given for a case."""
    items = emulator.dynamodb.query(
        TableName="tokens", KeyConditionExpression="pk = :p",
        ExpressionAttributeValues={":p": {"S": case}})["Items"]
    return [item["sk"]["S"] for item in items]


class WrappedWaits(unittest.TestCase):
    """The wrapper's token waits."""

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator()
        cls.addClassCleanup(cls.emulator.close)
        cls.machine = make(cls.emulator)

    def token(self, case):
        return until(lambda: tokens(self.emulator, case), what=f"token of {case}")[0]

    def test_computed_timeout_is_counted_and_caught(self):
        execution = self.emulator.execute(self.machine, case="short", seconds=1)
        self.emulator.ended(execution)
        self.assertEqual(self.emulator.states(execution), ["Await", "Overdue"])

    def test_moving_the_business_clock_ends_a_long_wait(self):
        execution = self.emulator.execute(self.machine, case="hour", seconds=3600)
        self.token("hour")
        self.emulator.put("tokens", "S#clock", "clock", offset_seconds=3500)
        self.assertEqual(self.emulator.stepfunctions.describe_execution(
            executionArn=execution)["status"], "RUNNING")
        self.emulator.put("tokens", "S#clock", "clock", offset_seconds=3700)
        self.emulator.ended(execution, 5)
        self.assertEqual(self.emulator.states(execution), ["Await", "Overdue"])

    def test_answer_in_time_goes_on_and_a_second_answer_finds_no_task(self):
        execution = self.emulator.execute(self.machine, case="answer", seconds=60)
        token = self.token("answer")
        self.emulator.stepfunctions.send_task_success(taskToken=token, output='{"next":"x"}')
        self.assertEqual(json.loads(self.emulator.ended(execution)["output"]), {"next": "x"})
        self.assertEqual(self.emulator.states(execution), ["Await", "Answered"])
        with self.assertRaises(self.emulator.stepfunctions.exceptions.TaskDoesNotExist):
            self.emulator.stepfunctions.send_task_success(taskToken=token, output="{}")

    def test_late_answer_finds_no_task(self):
        execution = self.emulator.execute(self.machine, case="late", seconds=1)
        token = self.token("late")
        self.emulator.ended(execution)
        with self.assertRaises(self.emulator.stepfunctions.exceptions.TaskDoesNotExist):
            self.emulator.stepfunctions.send_task_success(taskToken=token, output="{}")

    def test_failing_opener_is_caught(self):
        execution = self.emulator.execute(self.machine, case="broken", seconds=60, fail="always")
        self.emulator.ended(execution)
        self.assertEqual(self.emulator.states(execution), ["Await", "Stuck"])

    def test_each_attempt_has_its_own_token_and_the_old_one_is_dead(self):
        execution = self.emulator.execute(self.machine, case="retried", seconds=60, fail="once")
        until(lambda: len(tokens(self.emulator, "retried")) == 2, what="second token")
        answered = 0
        for token in tokens(self.emulator, "retried"):
            try:
                self.emulator.stepfunctions.send_task_success(taskToken=token, output="{}")
                answered += 1
            except self.emulator.stepfunctions.exceptions.TaskDoesNotExist:
                pass
        self.assertEqual(answered, 1)
        self.assertEqual(self.emulator.ended(execution)["status"], "SUCCEEDED")

    def test_zero_seconds_are_an_evaluation_error(self):
        execution = self.emulator.execute(self.machine, case="zero", seconds=0)
        self.emulator.ended(execution)
        self.assertEqual(self.emulator.states(execution), ["Await", "Stuck"])

    def test_stopped_execution_stays_aborted_and_refuses_answers(self):
        execution = self.emulator.execute(self.machine, case="stopped", seconds=60)
        token = self.token("stopped")
        self.emulator.stepfunctions.stop_execution(executionArn=execution)
        with self.assertRaises(self.emulator.stepfunctions.exceptions.TaskDoesNotExist):
            self.emulator.stepfunctions.send_task_success(taskToken=token, output="{}")
        self.assertEqual(self.emulator.ended(execution)["status"], "ABORTED")


class BareWaits(unittest.TestCase):
    """Fails when a newer emulator needs no ``waits`` any more: then delete the part."""

    @classmethod
    def setUpClass(cls):
        cls.emulator = Emulator(bare=True)
        cls.addClassCleanup(cls.emulator.close)
        cls.machine = make(cls.emulator)

    def test_bare_emulator_cannot_compute_a_timeout(self):
        execution = self.emulator.execute(self.machine, case="short", seconds=1)
        self.emulator.ended(execution)
        self.assertNotEqual(self.emulator.states(execution), ["Await", "Overdue"])

    def test_bare_emulator_swallows_the_error_and_keeps_the_token(self):
        states = waiting_states("opener")
        states["Await"]["TimeoutSeconds"] = 2
        machine = self.emulator.machine("literal", states)
        execution = self.emulator.execute(machine, case="broken", fail="always")
        self.emulator.ended(execution)
        self.assertEqual(self.emulator.states(execution), ["Await", "Overdue"])
        self.assertEqual(len(tokens(self.emulator, "broken")), 1)


if __name__ == "__main__":
    unittest.main()
