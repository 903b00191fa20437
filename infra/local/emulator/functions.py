"""Lambda functions: one readable log of all invocations, and no needless pauses.

The bare emulator spends most of the time a page takes here in two pauses of
40 to 50 ms. It waits for log lines that may never come: a function writes its
lines before it answers, so a few milliseconds suffice, and a straggler is
reported with the next invocation. And it sends an event's headers and body
apart on a socket that holds the second back until the first is acknowledged.

The log file holds one line per invocation and, indented below it, what the
function wrote and what it failed with.
"""

import http.server
import json
import threading
import time

FIRST_LINE_SECONDS = 0.004
IDLE_SECONDS = 0.002
HARD_CAP_SECONDS = 0.25


class FunctionLog:
    """Appends each invocation to a file."""

    def __init__(self, path, dispatch):
        self._path = path
        self._dispatch = dispatch
        self._writing = threading.Lock()

    def dispatch(self, func, config, event, request_id, started):
        """Stands before the emulator's own dispatcher."""
        result = self._dispatch(func, config, event, request_id, started)
        lines = (result.get("log") or "").splitlines()
        if result.get("error"):
            lines.append("failed: " + json.dumps(result.get("body"), ensure_ascii=False))
        at = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(started))
        head = f"{at} {config.get('FunctionName')} {request_id} {(time.time() - started) * 1000:.0f} ms"
        with self._writing, open(self._path, "a", encoding="utf-8") as file:
            file.write("\n    ".join([head, *lines]) + "\n")
        return result


def install(lambda_svc, lambda_runtime, path):
    """Wires the part."""
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (
        FIRST_LINE_SECONDS, IDLE_SECONDS, HARD_CAP_SECONDS)
    http.server.BaseHTTPRequestHandler.disable_nagle_algorithm = True
    lambda_svc._execute_function_dispatch = FunctionLog(
        path, lambda_svc._execute_function_dispatch).dispatch
