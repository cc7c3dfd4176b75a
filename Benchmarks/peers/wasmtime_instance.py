"""Times the instantiation of a module with one memory in wasmtime; prints the microseconds of each as a JSON list.

The module has 256 kB of data, as much as the image that our sandboxes are made of; each instance has a store of its own.
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
