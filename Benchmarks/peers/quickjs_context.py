"""Measures how long QuickJS takes to create and free a context. Prints the microseconds of each as a JSON list."""

import json
import time

import quickjs

times = []
for _ in range(2020):
    start = time.perf_counter()
    context = quickjs.Context()
    del context
    times.append((time.perf_counter() - start) * 1e6)
print(json.dumps(times[20:]))
