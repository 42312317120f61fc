"""``python -m adapters.cli`` is ``petaflop``."""

import sys

from adapters.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
