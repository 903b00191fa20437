"""Prints a SAM template as CloudFormation will see it: ``python transformed.py template.yaml``.

``sam validate --lint`` looks at the template as it is written and so misses
what the transform adds, circles through roles above all. cfn-lint on this
output finds them. It needs the Python environment of the SAM CLI, no network
and no account.
"""

import json
import os
import sys

from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

ANYWHERE = "s3://artifacts/object"  # where sam package would have put it


def localise(template):
    """Replaces local folders and files by places in S3, as sam package does."""
    for resource in template["Resources"].values():
        for key in ("CodeUri", "DefinitionUri"):
            if key in resource.get("Properties", {}):
                resource["Properties"][key] = ANYWHERE


def main(path):
    """Transforms the template at path."""
    with open(path, encoding="utf-8") as file:
        template = yaml_parse(file.read())
    localise(template)
    defaults = {name: body.get("Default", "") for name, body in template["Parameters"].items()}
    plain = Translator({}, Parser()).translate(template, defaults)
    json.dump(plain, sys.stdout, indent=1)


if __name__ == "__main__":
    os.environ.setdefault("AWS_DEFAULT_REGION", "us-east-1")
    main(sys.argv[1])
