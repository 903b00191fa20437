"""Tests of the wrapper, run with the emulator's own Python environment.

``python -m unittest discover -s infra/local/emulator/tests -t infra/local``
"""
