"""Runs one program in QuickJS; prints its result and the seconds that it took, as JSON."""

import json
import sys
import time

import quickjs

source = open(sys.argv[1], encoding="utf-8").read()
context = quickjs.Context()
start = time.perf_counter()
result = context.eval(source)
seconds = time.perf_counter() - start
# QuickJS gives a number beyond 32 bits as a float.
if isinstance(result, float) and result.is_integer():
    result = int(result)
print(json.dumps({"result": str(result), "seconds": seconds}))
