"""What holds for every test: none may fail for being slow on a busy machine, and each run tries the same cases.

Commands, also those in processes of their own, go by words alone, whatever is installed: what they print is compared.
"""

import os

from hypothesis import settings

from reconcile.commands.opening import SEMANTIC

os.environ[SEMANTIC] = "0"

settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")
