"""Runs a program in QuickJS. Prints its result and time in seconds as JSON."""

import json
import sys
import time

import quickjs

source = open(sys.argv[1], encoding="utf-8").read()
context = quickjs.Context()
start = time.perf_counter()
result = context.eval(source)
seconds = time.perf_counter() - start
# QuickJS returns numbers beyond 32 bits as floats.
if isinstance(result, float) and result.is_integer():
    result = int(result)
print(json.dumps({"result": str(result), "seconds": seconds}))
