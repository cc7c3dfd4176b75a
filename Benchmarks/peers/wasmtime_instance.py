"""Measures how long wasmtime takes to instantiate a module with one memory.

Prints the microseconds of each instantiation as a JSON list. The module has 256 kB of data, like the image of our
sandboxes. Each instance has a separate store.
"""

import json
import time

import wasmtime

engine = wasmtime.Engine()
data = "x" * (256 * 1024)
module = wasmtime.Module(
    engine,
    f'(module (memory (export "memory") 16) (data (i32.const 0) "{data}")'
    ' (func (export "answer") (result i32) (i32.const 42)))',
)
times = []
for _ in range(2020):
    start = time.perf_counter()
    store = wasmtime.Store(engine)
    instance = wasmtime.Instance(store, module, [])
    del instance, store
    times.append((time.perf_counter() - start) * 1e6)
print(json.dumps(times[20:]))
