"""Make the folder anew."""

import shutil
import sys
from pathlib import Path

from tests import offices

target = Path(sys.argv[1])
shutil.rmtree(target, ignore_errors=True)
sys.stdout.write(f"{len(offices.write(target))} files\n")
