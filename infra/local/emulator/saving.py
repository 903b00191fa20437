"""State on disk every few seconds.

The bare emulator saves only when it is asked to stop, so a killed process
loses every accepted write since it started. Here the services that hold the
desk's data are saved while they run, and everything is saved on SIGTERM.

Encoding in one call of the C encoder holds Python's global lock, so a file
shows one moment of its service; copying first, as the emulator does, took ten
times longer and could meet a dictionary changing under it.
"""

import json
import logging
import os
import threading
import time

HOT_SERVICES = ("dynamodb", "stepfunctions", "sqs", "s3", "cognito", "secretsmanager", "lambda")
PAUSE_SECONDS = 3.0
PAUSE_PER_WORK = 20  # saving may take a twentieth of the time at most

logger = logging.getLogger("desk.saving")


def write_state(persistence, service, state):
    """Writes one service's file at one stroke, in the emulator's format."""
    content = json.dumps(
        {"__ministack_format__": persistence._state_format_version(service), "payload": state},
        default=persistence._json_default)
    os.makedirs(persistence.STATE_DIR, exist_ok=True)
    path = os.path.join(persistence.STATE_DIR, f"{service}.json")
    partial = f"{path}.{threading.get_ident()}.partial"
    with open(partial, "w", encoding="utf-8") as file:
        file.write(content)
    os.replace(partial, path)


def shallow(module, names):
    """The live stores of a module under the names its state file uses."""
    return {name: getattr(module, f"_{name}") for name in names}


class Saver:
    """Saves what changes, again and again."""

    def __init__(self, app, persistence, activity, lighter):
        self._app = app
        self._persistence = persistence
        self._activity = activity
        self._saved_activity = 0
        self._load = app._load_persisted_state
        self._loaded = threading.Event()
        self._writing = threading.Lock()
        self._lighter = lighter

    def install(self):
        """Replaces the emulator's slow writer and watches its loader."""
        self._persistence.save_state = self._save_state
        self._app._load_persisted_state = self._load_state

    def save_all(self):
        """Saves every loaded service; used after a deployment."""
        with self._writing:
            for service, state in self._app._build_persistence_save_dict().items():
                self._save(service, state)

    def run(self):
        """The body of the saving thread.

        It waits for the earlier state to be loaded: before that it would save
        the emptiness of a start over it.
        """
        self._loaded.wait()
        pause = PAUSE_SECONDS
        while True:
            time.sleep(pause)
            started = time.monotonic()
            if self._activity() != self._saved_activity:
                self._saved_activity = self._activity()
                self._save_hot()
            pause = max(PAUSE_SECONDS, PAUSE_PER_WORK * (time.monotonic() - started))

    def _load_state(self):
        self._load()
        self._loaded.set()

    def _save_hot(self):
        with self._writing:
            states = self._app._build_persistence_save_dict()
            for service in HOT_SERVICES:
                if service in states:
                    self._save(service, self._lighter.get(service, states[service]))

    def _save(self, service, get_state):
        try:
            self._save_state(service, get_state())
        except Exception:  # one service must not keep the others from being saved
            logger.exception("could not save %s", service)

    def _save_state(self, service, state):
        if self._persistence.PERSIST_STATE and state is not None:
            write_state(self._persistence, service, state)


def install(app, persistence, activity, lighter):
    """Wires the part and starts its thread.

    activity grows with every request that may change something; lighter holds,
    by service, a state for the saving while running that leaves something out.
    """
    saver = Saver(app, persistence, activity, lighter)
    saver.install()
    threading.Thread(target=saver.run, daemon=True, name="desk-saving").start()
    return saver
