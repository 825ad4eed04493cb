"""Lights (亮灯): colours for verdicts, by a profile, since practice differs from place to place."""

from __future__ import annotations

from functools import cache
from typing import Any

from reconcile.config import Config
from reconcile.errors import ConfigError
from reconcile.language import data
from reconcile.language.progress import Progress
from reconcile.model.verdicts import ItemVerdict, Outcome, Status


def light(outcome: Outcome, status: Status, config: Config, progress: Progress | None = None) -> str:
    """The colour of a verdict in the profile the configuration names: by status where it says so, else by outcome.

    Reported work that counts up to a target of the year has the colour of its `progress`, in profiles that know one.
    """
    profile = _profile(config)
    steps = profile.get("by_schedule", ())
    if progress is not None and progress.share < 1 and outcome in {Outcome.DONE, Outcome.PARTIAL}:
        for points, step in steps:
            if progress.behind >= points:
                return str(step)
    colour: str = profile.get(status.value) or profile[outcome.value]
    return colour


def in_hindsight(verdict: ItemVerdict, config: Config) -> str:
    """The light of what was made up in a later month (补完成): the verdict stays, some profiles relent on its light."""
    relents = verdict.outcome in {Outcome.SLIPPED, Outcome.DROPPED}
    return str(_profile(config).get("made_up", verdict.light)) if relents else verdict.light


def _profile(config: Config) -> dict[str, Any]:
    name = config.verdicts.lights
    if name not in _profiles():
        raise ConfigError("verdicts.unknown_lights", name=name, known=" · ".join(sorted(_profiles())))
    found: dict[str, Any] = _profiles()[name]
    return found


@cache
def _profiles() -> dict[str, Any]:
    return data.load(__file__, "lights")
