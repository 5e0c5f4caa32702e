"""txtai, hybrid. `build` or `ask`, MODEL, FOLDER, data as JSON on standard input."""

import json
import resource
import sys
import time
from pathlib import Path

from txtai import Embeddings

command, model_folder, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
data = json.load(sys.stdin)
if command == "build":
    embeddings = Embeddings(path=model_folder, hybrid=True, content=True)
    started = time.perf_counter()
    embeddings.index(data)
    embeddings.save(str(folder / "txtai"))
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - started}))
else:
    embeddings = Embeddings()
    embeddings.load(str(folder / "txtai"))
    times = []
    for question in data:
        started = time.perf_counter()
        embeddings.search(question, 10)
        times.append(time.perf_counter() - started)
    sys.stdout.write(json.dumps({"query": sorted(times)[len(times) // 2], "kilobytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss}))
