"""Which function used which permission.

With ``AUTH=true`` the emulator checks every call against the caller's role. The
same moment tells which permissions are used at all, so a test can list those
that a template grants and nobody needs. What was seen once is kept in a file,
one line each, since such a test restarts the emulator on its way.
"""

import json
import os


class Usage:
    """Remembers (function, action, outcome) of every checked call."""

    def __init__(self, iam_evaluator, sessions, path):
        self._enforce = iam_evaluator.enforce
        self._sessions = sessions
        self._path = path
        self._seen = {}
        if os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                for row in map(json.loads, file):
                    self._seen[row["function"], row["action"], row["allowed"]] = row

    def enforce(self, access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
        """Stands before the emulator's own check."""
        denied = self._enforce(access_key_id, iam_action, service, region,
                               resource_arn=resource_arn, service_context=service_context)
        session = self._sessions.get(access_key_id)
        if session:
            self._see(session["Arn"].rsplit("/", 1)[-1], iam_action, denied is None, resource_arn)
        return denied

    def report(self):
        """One row per function, action and outcome, with one resource as example."""
        return [self._seen[key] for key in sorted(self._seen)]

    def _see(self, function, action, allowed, resource):
        if (function, action, allowed) in self._seen:
            return
        row = {"function": function, "action": action, "allowed": allowed, "example": resource}
        self._seen[function, action, allowed] = row
        with open(self._path, "a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")


def install(iam_evaluator, sts, path):
    """Wires the part."""
    usage = Usage(iam_evaluator, sts._sessions, path)
    iam_evaluator.enforce = usage.enforce
    return usage
