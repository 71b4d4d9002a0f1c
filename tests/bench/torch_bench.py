#!/usr/bin/env python3
"""The native engine's speed against single-threaded PyTorch, as a Markdown table.

    ./lab bench torch [ID…]

It needs a python3 with PyTorch (Debian: python3-torch), and reads build/test/activation_bench. Both take
65,536 floats spread over [−6, 6]; every figure is the best of many runs, in billions of elements a
second. The two are timed in turns, function by function and round by round.
"""

import os
import pathlib
import re
import statistics
import subprocess
import sys
import time

# Debian's build stays at AVX2 unless it is told; the peer gets its best case.
if re.search(r"\bavx512bw\b", pathlib.Path("/proc/cpuinfo").read_text(encoding="utf-8")):
    os.environ.setdefault("ATEN_CPU_CAPABILITY", "avx512")

import torch
import torch.nn.functional as F

BENCH = pathlib.Path(__file__).parents[2] / "build/test/activation_bench"
COUNT = 65536
ROUNDS = 3
SECONDS = 0.06  # per function and round, like the program's

Y = torch.empty(COUNT)
SLOPE = torch.tensor([0.25])

FUNCTIONS = {
    "relu": F.relu,
    "leaky_relu": F.leaky_relu,
    "prelu": lambda x: F.prelu(x, SLOPE),
    "rrelu": F.rrelu,
    "relu6": F.relu6,
    "threshold": lambda x: F.threshold(x, 1.0, 0.0),
    "elu": F.elu,
    "celu": F.celu,
    "selu": F.selu,
    "sigmoid": lambda x: torch.sigmoid(x, out=Y),
    "logsigmoid": F.logsigmoid,
    "tanh": lambda x: torch.tanh(x, out=Y),
    "arctan": lambda x: torch.atan(x, out=Y),
    "softsign": F.softsign,
    "hardsigmoid": F.hardsigmoid,
    "hardtanh": F.hardtanh,
    "silu": F.silu,
    "mish": F.mish,
    "gelu": F.gelu,
    "gelu_tanh": lambda x: F.gelu(x, approximate="tanh"),
    "hardswish": F.hardswish,
    "softplus": F.softplus,
    "exponential": lambda x: torch.exp(x, out=Y),
    "hardshrink": F.hardshrink,
    "softshrink": F.softshrink,
    "tanhshrink": F.tanhshrink,
    "sin": lambda x: torch.sin(x, out=Y),
}


def time_torch(function, x):
    """Billions of elements a second in the fastest run."""
    best = float("inf")
    end = time.perf_counter() + SECONDS
    while time.perf_counter() < end:
        before = time.perf_counter()
        function(x)
        best = min(best, time.perf_counter() - before)
    return COUNT / best * 1e-9


def time_engine(name):
    """The same for the engine, by instruction set: the first of each pair of columns, f alone."""
    lines = subprocess.run([BENCH, name], check=True, capture_output=True, text=True).stdout.splitlines()
    instruction_sets = lines[0].split()[1:]
    rates = next(line.split()[1:] for line in lines if line.split()[:1] == [name])
    return dict(zip(instruction_sets, map(float, rates[::2]), strict=True))


def measure(name, x):
    """The best of some rounds of both, the engine's by instruction set."""
    ours, theirs = {}, 0.0
    for _ in range(ROUNDS):
        for instruction_set, rate in time_engine(name).items():
            ours[instruction_set] = max(rate, ours.get(instruction_set, 0.0))
        theirs = max(theirs, time_torch(FUNCTIONS[name], x))
    return ours, theirs


def main(names):
    unknown = [name for name in names if name not in FUNCTIONS]
    if unknown:
        sys.exit(f"PyTorch has no {', '.join(unknown)}")
    torch.set_num_threads(1)
    capability = re.search(r"CPU capability usage: (\S+)", torch.__config__.show())
    print(f"PyTorch {torch.__version__} ({capability[1]}), one thread, billions of elements a second\n")

    x = torch.rand(COUNT) * 12 - 6
    ratios = {}
    with torch.inference_mode():
        for name in names or FUNCTIONS:
            ours, theirs = measure(name, x)
            if not ratios:
                print(f"| function | {' | '.join(ours)} | PyTorch | ratio |")
                print(f"|---|{'--:|' * (len(ours) + 2)}")
            fastest = list(ours)[-1]  # what the engine chooses on this machine
            ratios[name] = ours[fastest] / theirs
            mark = "" if ratios[name] >= 1 else " ✗"
            rates = " | ".join(f"{rate:.2f}" for rate in [*ours.values(), theirs])
            print(f"| {name} | {rates} | {ratios[name]:.2f}{mark} |", flush=True)
    slower = [name for name, ratio in ratios.items() if ratio < 1]
    print(f"\nGeometric mean of the ratios {statistics.geometric_mean(ratios.values()):.2f}; "
          + (f"PyTorch is faster at {', '.join(slower)}." if slower else "PyTorch is never faster."))


if __name__ == "__main__":
    main(sys.argv[1:])
