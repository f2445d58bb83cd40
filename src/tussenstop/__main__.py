"""`python -m tussenstop` is the command line."""

from tussenstop.ops.cli import main

raise SystemExit(main())
