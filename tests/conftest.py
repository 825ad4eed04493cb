"""What holds for every test: none may fail for being slow on a busy machine, and each run tries the same cases.

Commands, also those in processes of their own, go by words alone, whatever is installed: what they print is compared.
Numbers are added up in one thread, as the commands and their workers do: threads would add them in another order.
"""

import os

from hypothesis import settings

from reconcile.commands.opening import SEMANTIC

os.environ[SEMANTIC] = "0"
os.environ["OPENBLAS_NUM_THREADS"] = "1"

settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")
