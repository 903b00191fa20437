"""Runs the wrapped emulator: ``python -m emulator``, settings by environment.

Beside ministack's own settings (GATEWAY_PORT, BIND_HOST, STATE_DIR, …) it reads
DESK_MAIL_SPOOL, the folder of accepted messages, and the files
DESK_FUNCTION_LOG and DESK_PERMISSION_LOG; DESK_ACCOUNTS names the practice
accounts the sign-in page offers, with DESK_ACCOUNTS_PASSWORD. DESK_EMULATOR_BARE=1 leaves
every part out: the tests use it to learn whether a part is still needed.
"""

import os
import sys

from ministack import app as ministack
from ministack.core import iam_evaluator, lambda_runtime, persistence
from ministack.services import cognito, dynamodb, lambda_svc, s3, ses_v2, stepfunctions, sts

from emulator import clock, control, copies, ending, functions, mail, saving, signin, streams, usage, waits


SFN_STORES = ("state_machines", "executions", "tags", "activities",
              "state_machine_versions", "state_machine_aliases", "map_runs")
DYNAMODB_STORES = ("tags", "ttl_settings", "pitr_settings", "kinesis_destinations",
                   "contributor_insights", "backups", "resource_policies", "exports", "imports")


def wrap():
    """Installs every part."""
    business_clock = clock.BusinessClock(dynamodb)
    parts = {"lambda_runtime": lambda_runtime, "faults": mail.FAULTS}
    gate = control.Control(ministack.app, parts)
    dynamodb.get_state = _tables
    stepfunctions.get_state = _machines
    functions.install(lambda_svc, lambda_runtime, os.environ["DESK_FUNCTION_LOG"])
    streams.install(lambda_svc, dynamodb)
    copies.install(s3)
    signin.install(cognito, os.environ.get("DESK_ACCOUNTS", ""), os.environ.get("DESK_ACCOUNTS_PASSWORD", ""))
    waits.install(stepfunctions, business_clock)
    parts["sender"] = mail.install(ses_v2, business_clock, os.environ["DESK_MAIL_SPOOL"])
    parts["usage"] = usage.install(iam_evaluator, sts, os.environ["DESK_PERMISSION_LOG"])
    parts["saver"] = saving.install(ministack, persistence, gate.activity, {"stepfunctions": _machines_without_histories})
    parts["ending"] = ending.Ending(parts["saver"].save_all, gate.kill_functions)
    ministack.app = gate


# The emulator copies whole stores before it writes them; saving writes at once,
# so what the stores hold need not be copied.

def _tables():
    tables = dynamodb.AccountRegionScopedDict()
    for scope, table in list(dynamodb._tables._data.items()):
        tables._data[scope] = {k: v for k, v in table.items() if k != dynamodb._INDEX_MEMBERS}
    return {"tables": tables} | saving.shallow(dynamodb, DYNAMODB_STORES)


def _machines():
    return saving.shallow(stepfunctions, SFN_STORES)


def _machines_without_histories():
    """For the saving while running: histories by far outgrow all else."""
    executions = stepfunctions.AccountRegionScopedDict()
    for scope, execution in list(stepfunctions._executions._data.items()):
        executions._data[scope] = execution | {"events": []}
    return _machines() | {"executions": executions}


if __name__ == "__main__":
    if os.environ.get("DESK_EMULATOR_BARE") != "1":
        wrap()
    del sys.argv[1:]  # the state folder, which only marks the process for infra/local
    ministack.main()
