"""Measures wasmtime by its Python package; argument: the module's text. Prints one line of JSON."""

import json
import os
import statistics
import sys
import time

import wasmtime

COLD_RUNS, CALLS, ALIVE = 9, 300, 6


def share():
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss:"))


def fresh(engine, module):
    store = wasmtime.Store(engine)
    store.set_fuel(1_000_000_000_000)
    store.set_limits(memory_size=32 << 20)
    exports = wasmtime.Instance(store, module, []).exports(store)
    exports["memory"].write(store, b"x" * 1024, 0)
    return lambda: exports["handle"](store, 1024)


def engine_of():
    config = wasmtime.Config()
    config.consume_fuel = True
    return wasmtime.Engine(config)


def timed(work, runs):
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def cold():
    engine = engine_of()
    fresh(engine, wasmtime.Module(engine, sys.argv[1]))()


before = share()
alive = []
for _ in range(ALIVE):
    own = engine_of()
    alive.append(fresh(own, wasmtime.Module(own, sys.argv[1])))
memory = (share() - before) / ALIVE
engine = engine_of()
module = wasmtime.Module(engine, sys.argv[1])
call = fresh(engine, module)
figures = {
    "cold_ms": timed(cold, COLD_RUNS) * 1e3,
    "call_us": timed(call, 100) * 1e6,
    "pristine_call_us": timed(lambda: fresh(engine, module)(), CALLS) * 1e6,
    "memory_kib": memory,
    "reaches_node": None,
}
print(json.dumps(figures))
