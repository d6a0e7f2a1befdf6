"""Measures wasmtime by its Python package; argument: the module's text. Prints one line of JSON."""

import gc
import json
import statistics
import sys
import time

import wasmtime

# As in sandbox-work.ts and sandbox-memory.ts.
COLD_RUNS, CALLS, FEW, MANY = 9, 300, 4, 128
MUCH_FUEL, LITTLE_FUEL = 1_000_000_000_000, 100_000_000


def anonymous_kib():
    gc.collect()
    with open("/proc/self/smaps_rollup") as rollup:
        return next(int(line.split()[1]) for line in rollup if line.startswith("Pss_Anon:"))


def instance(engine, module, fuel=MUCH_FUEL):
    store = wasmtime.Store(engine)
    store.set_fuel(fuel)
    store.set_limits(memory_size=32 << 20)
    return store, wasmtime.Instance(store, module, []).exports(store)


def fresh(engine, module):
    store, exports = instance(engine, module)
    exports["memory"].write(store, b"x" * 1024, 0)
    return lambda: exports["handle"](store, 1024)


def compiled():
    config = wasmtime.Config()
    config.consume_fuel = True
    engine = wasmtime.Engine(config)
    return engine, wasmtime.Module(engine, sys.argv[1])


def opened():
    call = fresh(*compiled())
    call()
    return call


def timed(work, runs):
    times = []
    for _ in range(runs):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


def memory_of_one_more():
    alive = [opened() for _ in range(FEW)]
    before = anonymous_kib()
    alive += [opened() for _ in range(MANY)]
    return (anonymous_kib() - before) / MANY


def stops_loop():
    store, exports = instance(*compiled(), fuel=LITTLE_FUEL)
    try:
        exports["loop"](store)
        return False
    except wasmtime.Trap:
        return True


engine, module = compiled()
call = fresh(engine, module)
print(
    json.dumps(
        {
            "cold_ms": timed(opened, COLD_RUNS) * 1e3,
            "call_us": timed(call, CALLS) * 1e6,
            "pristine_call_us": timed(lambda: fresh(engine, module)(), CALLS) * 1e6,
            "memory_kib": memory_of_one_more(),
            "reaches_node": None,
            "stops_loop": stops_loop(),
        }
    )
)
