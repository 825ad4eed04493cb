"""The front door of a checkout: ``python cli.py …`` is the command ``reconcile …``."""

from reconcile.commands import main

if __name__ == "__main__":
    main()
