"""Whether the printed volumes are PDF/UA-1 and PDF/A-3a: `python analysis/benchmarks/pdf_standards.py [FOLDER]`.

    pip install page-validation    # no part of the book's own environment

page-validation reads the end of a packed stream as a line's end where its last byte is a carriage return, as it must be
in one of 256, and then finds its length wrong. Each length is therefore counted here too, and that rule's finding is
told as the validator's where all are right.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

DOWNLOADS = Path(__file__).resolve().parents[2] / "_build" / "book" / "downloads"
STREAM = re.compile(rb"/Length (\d+)[^>]*?>>\s*?stream\r?\n")
END = re.compile(rb"\r?\nendstream")
LENGTH = "PDFA3A-STREAM-LENGTH-001"


def lengths(data: bytes) -> tuple[int, int, int]:
    """How many streams there are, of how many the length is wrong, and how many end in a carriage return."""
    ends = [found.end() + int(found[1]) for found in STREAM.finditer(data)]
    wrong = sum(not END.match(data, end) for end in ends)
    return len(ends), wrong, sum(data[end - 1 : end] == b"\r" for end in ends)


def main(folder: Path) -> int:
    """Validate every PDF in `folder`; 1 where a rule is broken."""
    try:
        import page
    except ModuleNotFoundError:
        sys.exit("pdf_standards: page-validation is not there; pip install page-validation")
    broken = 0
    for path in sorted(folder.glob("*.pdf")):
        count, wrong, returns = lengths(path.read_bytes())
        print(f"{path.name}: {path.stat().st_size} bytes, {count} streams, {wrong} of a wrong length")
        for profile in (page.ValidationProfile.PDF_UA_1, page.ValidationProfile.PDF_A_3A):
            report = page.validate_pdf(str(path), profile=profile, limits=page.SafetyLimits.unlimited())
            failed = {each.rule_id: each.message for each in report.failures}
            if not wrong and returns and failed.pop(LENGTH, None):
                print(f"  {LENGTH}: the validator's, of {returns} streams that end in a carriage return")
            broken += len(failed)
            print(f"  {profile}: {report.rules.total} rules, broken: {failed or 'none'}")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOWNLOADS))
