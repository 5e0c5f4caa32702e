"""Yanju's own search. `build` or `ask`, MODEL, FOLDER, data as JSON on standard input."""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

from rag.engine import Engine
from rag.settings import load

command, folder = sys.argv[1], Path(sys.argv[3])
data = json.load(sys.stdin)
settings = load(folder / "corpus", folder / "index")
if command == "build":
    (folder / "corpus").mkdir(exist_ok=True)
    lines = (json.dumps({"id": str(number), "title": "", "text": text}, ensure_ascii=False) for number, text in enumerate(data))
    (folder / "corpus" / "库.jsonl").write_text("\n".join(lines), encoding="utf-8")
    started, used = time.perf_counter(), time.process_time()
    made = Engine(settings).build()
    took = {"seconds": time.perf_counter() - started, "processor": time.process_time() - used}
    sys.stdout.write(json.dumps(took | {"passages": made.passages, "embedded": made.embedded}))
else:
    engine = Engine(settings)
    times, spent = [], []
    for question in data:
        started, used = time.perf_counter(), time.process_time()
        engine.search(question, 10)
        times.append(time.perf_counter() - started)
        spent.append(time.process_time() - used)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps({"query": statistics.median(times), "processor": statistics.median(spent), "kilobytes": memory}))
