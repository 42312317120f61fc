"""Make the golden pictures anew, all or those named: ``python -m tests.workflows.regenerate [NAME …]``."""

import sys

from tests.workflows.golden_pictures import golden_path, regenerate
from workflows.filters import FILTERS

for name in sys.argv[1:] or FILTERS:
    regenerate(name)
    sys.stdout.write(f"{golden_path(name)}\n")
