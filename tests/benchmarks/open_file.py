"""Open one file with index and checks; print seconds and the peak memory of the process as JSON."""

import json
import resource
import sys
import time
from pathlib import Path

from app.domain.checks import check
from app.files.registry import read

begin = time.perf_counter()
opened = read(Path(sys.argv[1]))
held = opened.index
faults = check(opened)
seconds = time.perf_counter() - begin
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1024 if sys.platform != "darwin" else 1024**2)
print(json.dumps({"seconds": seconds, "peak_mb": peak, "stints": len(held), "faults": len(faults)}))
