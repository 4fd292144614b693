"""Measures in a process of its own, so that memory of one does not count for the next."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from typing import Any

from benchmarks.timing import ROOT


def in_child(measure: Callable[..., Any], *arguments: Any) -> Any:
    """Call a module's function in a new process; arguments and answer are JSON."""
    module = measure.__module__
    if module == "__main__":
        spec = sys.modules["__main__"].__spec__
        module = str(spec.name) if spec else module
    code = (
        "import importlib, json, sys; module, name, given = sys.argv[1:];"
        " found = getattr(importlib.import_module(module), name)(*json.loads(given));"
        " print(json.dumps(found))"
    )
    command = [sys.executable, "-c", code, module, measure.__name__, json.dumps(arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout.decode().splitlines()[-1])
