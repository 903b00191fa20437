"""Task tokens of Step Functions (``.waitForTaskToken``) as AWS keeps them.

The bare emulator ignores a computed ``TimeoutSeconds``, swallows an error of
the Lambda function that should hand the token over, gives a retried task its
old token, and accepts a second answer while the first is being read. The desk
needs all four right: its machines do nothing but wait, remind and go on.

A waiting execution keeps one sleeping thread. One more thread, the ticker,
holds every deadline in a heap and compares them with the business clock, so
moving the clock an hour ends the waits of that hour within a tick.
"""

import heapq
import itertools
import json
import threading

NO_TIMEOUT_SECONDS = 31_536_000  # AWS: a task without time-out waits a year
TICK_SECONDS = 0.1


class Deadlines:
    """Ends token waits whose business time has come."""

    def __init__(self, clock):
        self._clock = clock
        self._heap = []
        self._order = itertools.count()
        self._lock = threading.Lock()

    def add(self, seconds, expire):
        """Calls expire once the business clock has moved on by seconds."""
        deadline = self._clock.now() + seconds
        with self._lock:
            heapq.heappush(self._heap, (deadline, next(self._order), expire))

    def tick(self):
        """Expires all that is due now."""
        with self._lock:
            if not self._heap:
                return
            now = self._clock.now()
            due = []
            while self._heap and self._heap[0][0] <= now:
                due.append(heapq.heappop(self._heap)[2])
        for expire in due:
            expire()

    def run(self, stop):
        """Ticks until stop is set; the body of the ticker thread."""
        while not stop.wait(TICK_SECONDS):
            self.tick()


class TokenWaits:
    """Replaces the emulator's callback functions; see the package's text."""

    def __init__(self, sfn, deadlines):
        self._sfn = sfn
        self._deadlines = deadlines
        self._answering = threading.Lock()
        self._task = threading.local()
        self._execute_task = sfn._execute_task
        self._arguments = sfn._apply_jsonata_arguments
        self._success = sfn._send_task_success
        self._failure = sfn._send_task_failure
        self._stop_execution = sfn._stop_execution
        self._fail_execution = sfn._fail_execution

    def install(self):
        """Puts this object's methods in the place of the emulator's."""
        self._sfn._execute_task = self.execute_task
        self._sfn._apply_jsonata_arguments = self.arguments
        self._sfn._invoke_with_callback = self.invoke_with_callback
        self._sfn._send_task_success = lambda data: self.answer(data, self._success)
        self._sfn._send_task_failure = lambda data: self.answer(data, self._failure)
        self._sfn._stop_execution = self.stop_execution
        self._sfn._fail_execution = self.fail_execution

    def execute_task(self, state, raw_input, execution, ctx):
        """Remembers what invoke_with_callback needs and is not given."""
        self._task.current = (raw_input, ctx, (execution or {}).get("executionArn"))
        return self._execute_task(state, raw_input, execution, ctx)

    def arguments(self, state, raw_input, ctx=None):
        """Evaluated once per attempt, so here each attempt gets its token."""
        if ".waitForTaskToken" in state.get("Resource", ""):
            ctx["Task"] = {"Token": self._sfn.new_uuid()}
        return self._arguments(state, raw_input, ctx)

    def invoke_with_callback(self, resource, arguments, token, state):
        """Hands the token over and sleeps until it is answered or too late."""
        raw_input, ctx, execution = self._task.current
        seconds = self._timeout(state, raw_input, ctx)
        wait = {"event": threading.Event(), "result": None, "error": None,
                "heartbeat": None, "execution": execution}
        self._sfn._task_tokens[token] = wait
        expire = self._ender(wait, "States.Timeout", f"Task timed out after {seconds} seconds")
        self._deadlines.add(seconds, expire)
        try:
            self._sfn._invoke_resource(resource.replace(".waitForTaskToken", ""), arguments)
            wait["event"].wait()
        finally:
            self._sfn._task_tokens.pop(token, None)
        if wait["error"]:
            raise self._sfn._ExecutionError(wait["error"]["Error"], wait["error"]["Cause"])
        return json.loads(wait["result"])

    def answer(self, data, handler):
        """Lets the first answer through; later ones find no task."""
        with self._answering:
            wait = self._sfn._task_tokens.get(data.get("taskToken"))
            if wait and wait["event"].is_set():
                return self._sfn.error_response_json("TaskDoesNotExist", "Task token not found", 400)
            return handler(data)

    def stop_execution(self, data):
        """Ends the waits of a stopped execution, so late answers are refused."""
        response = self._stop_execution(data)
        for wait in list(self._sfn._task_tokens.values()):
            if wait.get("execution") == data.get("executionArn"):
                self._ender(wait, "States.Aborted", "Execution was stopped")()
        return response

    def fail_execution(self, execution, error, cause):
        """Fails an execution unless it has ended already: ABORTED stays ABORTED."""
        if execution["status"] == "RUNNING":
            self._fail_execution(execution, error, cause)

    def _ender(self, wait, error, cause):
        def end():
            with self._answering:
                if not wait["event"].is_set():
                    wait["error"] = {"Error": error, "Cause": cause}
                    wait["event"].set()
        return end

    def _timeout(self, state, raw_input, ctx):
        if "TimeoutSeconds" not in state:
            return NO_TIMEOUT_SECONDS
        seconds = self._sfn._apply_jsonata_template(state["TimeoutSeconds"], raw_input, ctx)
        if isinstance(seconds, bool) or not isinstance(seconds, (int, float)) \
                or seconds != int(seconds) or seconds < 1:
            raise self._sfn._ExecutionError(
                "States.QueryEvaluationError",
                f"TimeoutSeconds must be a positive integer, was: {json.dumps(seconds)}")
        return int(seconds)


def install(sfn, clock):
    """Wires the part and starts its ticker."""
    deadlines = Deadlines(clock)
    TokenWaits(sfn, deadlines).install()
    threading.Thread(target=deadlines.run, args=(threading.Event(),),
                     daemon=True, name="desk-deadlines").start()
