"""`python -m communique.cli` is the command."""

import sys

from communique.cli import main

sys.exit(main())
