"""Runs exported PyTorch scripts and compares what they compute with the engine.

    python3 tests/python/pytorch_script_test.py [CORE_TESTS]

The native test program CORE_TESTS (build/test/core_tests) writes the scripts, the losses before and
after some epochs and the parameters then. Every script must compile; where PyTorch is installed, it
is run: without training it must print the engine's losses, and after training from the same
parameters those of float64 agree to 1e-9. Ends with TAP's counts.
"""

import contextlib
import io
import json
import os
import pathlib
import re
import runpy
import subprocess
import sys
import tempfile
import warnings

try:
    import torch
except ImportError:
    torch = None

PROJECT = pathlib.Path(__file__).resolve().parents[2]
# Largest differences, relative to numbers above 1.
FLOAT64, FLOAT32 = 1e-9, 1e-4
PRINTED = {"loss": 0.6e-6, "accuracy": 0.6e-3}  # by their decimals


def write_cases(program, folder):
    """Has the test program write its scripts, and reads what they should give."""
    command = [program, "--no-skip", "--test-case=scripts and what they should give*"]
    environment = {**os.environ, "LAB_PYTORCH_CASES": str(folder)}
    written = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True)
    if written.returncode:
        sys.exit(written.stdout)
    return json.loads((folder / "cases.json").read_text())


def run(script, epochs):
    """The names a script defines, and the losses and accuracies of each line it prints."""
    output = io.StringIO()
    arguments, sys.argv = sys.argv, [str(script), str(epochs)]
    try:
        with contextlib.redirect_stdout(output), warnings.catch_warnings():
            warnings.simplefilter("error")
            names = runpy.run_path(str(script))
    finally:
        sys.argv = arguments
        torch.set_default_dtype(torch.float32)
    lines = output.getvalue().splitlines()
    figures = [re.findall(r"(loss|accuracy) ([^\s,;%]+)(%?)", line) for line in lines]
    return names, [[(name, float(text) / (100 if percent else 1)) for name, text, percent in line]
                   for line in figures]


def distance(computed, expected):
    """The largest difference, relative to numbers above 1."""
    assert len(computed) == len(expected), f"{len(computed)} numbers instead of {len(expected)}"
    return max(abs(a - b) / max(1, abs(b)) for a, b in zip(computed, expected))


def flat(parameters):
    return [number for array in parameters for number in array]


def check_line(figures, expected, float32):
    """What is wrong with the losses and accuracies that were printed, if anything."""
    for (name, figure), (wanted_name, wanted) in zip(figures, expected):
        tolerance = PRINTED[name] + (FLOAT32 if float32 else 0)
        if name != wanted_name or not abs(figure - wanted) <= tolerance * max(1, abs(wanted)):
            return f"{name} {figure} was printed instead of {wanted_name} {wanted}"
    return None if len(figures) == len(expected) else f"{len(figures)} figures were printed"


def check(case, script):
    """What is wrong with a script, if anything."""
    compile(script.read_text(), script.name, "exec")
    if torch is None:
        return None
    names, lines = run(script, case["epochs"])
    if len(lines) != case["epochs"] + 1:
        return f"{len(lines)} lines were printed"
    wrong = check_line(lines[0], case["before"], case["float32"])
    if wrong or case["draws"]:
        return wrong
    wrong = check_line(lines[-1], case["after"], case["float32"])
    if wrong:
        return f"after training, {wrong}"
    tolerance = FLOAT32 if case["float32"] else FLOAT64
    state = names["net"].state_dict().values()
    worst = distance(flat(array.flatten().tolist() for array in state), flat(case["parameters"]))
    if not worst <= tolerance:
        return f"the parameters differ by {worst} after training"
    return None


def main():
    program = sys.argv[1] if len(sys.argv) > 1 else PROJECT / "build/test/core_tests"
    passed = failed = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for case in write_cases(program, folder):
            try:
                wrong = check(case, folder / case["file"])
            except Exception as error:  # whatever a script raises is its failure
                wrong = f"{type(error).__name__}: {error}"
            if wrong:
                print(f"not ok {case['name']}: {wrong}")
                failed += 1
            else:
                passed += 1
    if torch is None:
        print("# PyTorch is not installed: scripts were compiled, not run.")
    print(f"# pass {passed}\n# fail {failed}\n# cancelled 0")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
