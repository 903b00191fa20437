"""Prints a SAM template as CloudFormation will see it: ``python transformed.py template.yaml``.

``sam validate --lint`` looks at the template as it is written and so misses
what the transform adds, circles through roles above all. cfn-lint on this
output finds them. The state machines stand in it as they are written, so that
cfn-lint judges their States Language too (E3601). It needs the Python
environment of the SAM CLI, no network and no account.
"""

import json
import os
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ANYWHERE = "s3://artifacts/object"  # where sam package would have put it


def localise(template):
    """Replaces local folders and files by places in S3, as sam package does.

    Returns the files of the state machines by logical id.
    """
    machines = {}
    for name, resource in template["Resources"].items():
        properties = resource.get("Properties", {})
        if "DefinitionUri" in properties:
            machines[name] = properties["DefinitionUri"]
        for key in ("CodeUri", "DefinitionUri"):
            if key in properties:
                properties[key] = ANYWHERE
    return machines


def write_out(template, machines, folder):
    """Puts the text of each state machine in the place of where it would lie.

    cfn-lint 1.58 wants a number for TimeoutSeconds, where Step Functions takes
    an expression too; statemachines/lint.go judges ours, so it is left out here.
    """
    for name, file in machines.items():
        with open(os.path.join(folder, file), encoding="utf-8") as text:
            properties = template["Resources"][name]["Properties"]
            properties.pop("DefinitionS3Location")
            properties["Definition"] = json.load(text)
        for state in properties["Definition"]["States"].values():
            if str(state.get("TimeoutSeconds")).startswith("{%"):
                del state["TimeoutSeconds"]


def main(path):
    """Transforms the template at path."""
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    machines = localise(template)
    defaults = {name: body.get("Default", "") for name, body in template["Parameters"].items()}
    plain = Translator({}, Parser()).translate(template, defaults)
    write_out(plain, machines, os.path.dirname(path))
    json.dump(plain, sys.stdout, indent=1)


if __name__ == "__main__":
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    main(sys.argv[1])
