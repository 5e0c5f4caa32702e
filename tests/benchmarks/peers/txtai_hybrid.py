"""txtai, hybrid. `build` or `ask`, MODEL, FOLDER, data as JSON on standard input."""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

from txtai import Embeddings

command, model_folder, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
data = json.load(sys.stdin)
if command == "build":
    embeddings = Embeddings(path=model_folder, hybrid=True, content=True)
    started, used = time.perf_counter(), time.process_time()
    embeddings.index(data)
    embeddings.save(str(folder / "txtai"))
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - started, "processor": time.process_time() - used}))
else:
    embeddings = Embeddings()
    embeddings.load(str(folder / "txtai"))
    times, spent = [], []
    for question in data:
        started, used = time.perf_counter(), time.process_time()
        embeddings.search(question, 10)
        times.append(time.perf_counter() - started)
        spent.append(time.process_time() - used)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps({"query": statistics.median(times), "processor": statistics.median(spent), "kilobytes": memory}))
