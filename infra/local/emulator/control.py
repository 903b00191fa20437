"""The paths under /_local: what tests and infra/local ask of the emulator.

They answer on the emulator's own loopback port:

- ``POST /_local/save``                      everything on disk, now
- ``POST /_local/functions/{name}/kill``     SIGKILL to the function's processes
- ``GET  /_local/functions``                 name, process id and use of each environment
- ``POST /_local/mail-faults/{fault}/{n}``   the next n SendEmail fail so
- ``GET  /_local/permissions``               see ``usage``
"""

import json
import os
import signal

PREFIX = "/_local/"


class Control:
    """Answers the paths and counts the requests that pass by."""

    def __init__(self, app, parts):
        self._app = app
        self._parts = parts
        self._requests = 0

    def activity(self):
        """Grows with every request that may have changed something."""
        return self._requests

    async def __call__(self, scope, receive, send):
        """The ASGI entry point, before the emulator's."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, self._started(send))
        elif scope["type"] == "http" and self._parts["ending"].begun():
            await self._reply(send, 503, {"error": "the emulator ends"})
        elif scope["type"] == "http":
            await self._work(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _work(self, scope, receive, send):
        self._parts["ending"].enter()
        try:
            if scope["path"].startswith(PREFIX):
                await self._reply(send, *self._route(scope["method"], scope["path"][len(PREFIX):].split("/")))
                return
            if scope["method"] not in ("GET", "HEAD", "OPTIONS"):
                self._requests += 1
            await self._app(scope, receive, send)
        finally:
            self._parts["ending"].leave()

    def _started(self, send):
        """Lets the process end in our way once the emulator has started."""
        async def watch(message):
            await send(message)
            if message["type"] == "lifespan.startup.complete":
                self._parts["ending"].listen()
        return watch

    async def _reply(self, send, status, answer):
        body = json.dumps(answer).encode()
        await send({"type": "http.response.start", "status": status,
                    "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": body})

    def _route(self, method, path):
        match (method, *path):
            case ("POST", "save"):
                self._parts["saver"].save_all()
                return 200, {}
            case ("GET", "functions"):
                return 200, self._environments()
            case ("POST", "functions", name, "kill"):
                return 200, {"killed": self._kill(name)}
            case ("POST", "mail-faults", fault, count) if fault in self._parts["faults"] and count.isdecimal():
                self._parts["sender"].fail_next(fault, int(count))
                return 200, {}
            case ("GET", "permissions"):
                return 200, self._parts["usage"].report()
        return 404, {"error": "unknown path"}

    def kill_functions(self):
        """Ends every function's process."""
        self._parts["lambda_runtime"].kill_workers(list(self._workers()))

    def _workers(self):
        for workers in list(self._parts["lambda_runtime"]._workers.values()):
            for worker in list(workers):
                if worker._proc is not None and worker._proc.poll() is None:
                    yield worker

    def _environments(self):
        return [{"function": w.func_name, "pid": w._proc.pid, "busy": bool(w.in_use)}
                for w in self._workers()]

    def _kill(self, name):
        killed = []
        for worker in self._workers():
            if worker.func_name == name:
                worker._proc.send_signal(signal.SIGKILL)
                killed.append(worker._proc.pid)
        return killed
