"""The bare way: sentence-transformers and FAISS. `build` or `ask`, MODEL, FOLDER, data as JSON on standard input."""

import json
import resource
import statistics
import sys
import time
from pathlib import Path

import faiss
from sentence_transformers import SentenceTransformer

command, model_folder, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3])
data = json.load(sys.stdin)
model = SentenceTransformer(model_folder, device="cpu", local_files_only=True)
if command == "build":
    started, used = time.perf_counter(), time.process_time()
    vectors = model.encode(data, batch_size=32, normalize_embeddings=True)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "bare.faiss"))
    sys.stdout.write(json.dumps({"seconds": time.perf_counter() - started, "processor": time.process_time() - used}))
else:
    index = faiss.read_index(str(folder / "bare.faiss"))
    times, spent = [], []
    for question in data:
        started, used = time.perf_counter(), time.process_time()
        index.search(model.encode([question], normalize_embeddings=True), 10)
        times.append(time.perf_counter() - started)
        spent.append(time.process_time() - used)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sys.stdout.write(json.dumps({"query": statistics.median(times), "processor": statistics.median(spent), "kilobytes": memory}))
