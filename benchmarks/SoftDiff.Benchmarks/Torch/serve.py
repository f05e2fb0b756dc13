"""How a script takes its orders from the benchmark."""

import sys
import time

import torch


def serve(work):
    """Reads lines "NAME CALLS" and answers with the processor time of that many calls in seconds; "quit" ends it.

    work(NAME) gives a function without parameters, which is kept.
    """
    torch.set_num_threads(1)
    known = {}
    print("ready", torch.__version__, flush=True)
    for line in sys.stdin:
        words = line.split()
        if words[0] == "quit":
            break
        name, calls = words[0], int(words[1])
        if name not in known:
            known[name] = work(name)
        run = known[name]
        start = time.process_time()
        for _ in range(calls):
            run()
        print(time.process_time() - start, flush=True)
