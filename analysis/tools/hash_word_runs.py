"""Write tests/fixtures/word-runs.bin from a folder of texts: python analysis/tools/hash_word_runs.py FOLDER."""

import sys
from pathlib import Path

from test_originality import HASHES, runs

found = {h for p in sorted(Path(sys.argv[1]).glob("*.txt")) for h, _ in runs(p.read_text("utf-8", "replace"))}
HASHES.write_bytes(b"".join(sorted(found)))
print(f"{len(found)} runs")
