"""What holds for every test: none may fail for being slow on a busy machine, and each run tries the same cases."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None, derandomize=True)
settings.load_profile("unhurried")
