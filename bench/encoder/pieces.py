"""The word pieces that Chinese reports need, as a SentencePiece model: about 16,000 of the 250,000 of the source."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any

from bench.encoder.source import Source
from bench.words.vocabulary import dictionary

SPECIAL = {"bos": 0, "pad": 1, "eos": 2, "unk": 3}
"""The pieces that are no text, as the source numbers them."""
_COMMON = 20
"""A piece of several characters is kept if the words of the jieba dictionary, by their counts, have it so often."""
_FORM = re.compile(
    r"""▁?["&#°‰∶一-鿿　-〿＀-￯0-9A-Za-z.,%\-—–…“”‘’·《》()/:;+×~″′℃㎡①-⑳]*""",
)
_LETTERS = re.compile(r"▁?([A-Za-z]{1,2}|[A-Z]{3,4})?")
_FIGURES = re.compile(r"▁?[0-9.,%\-]+")


def choose(source: Source, texts: Sequence[str]) -> tuple[list[int], bytes]:
    """The numbers of the pieces kept, in order, and a SentencePiece model of them; `texts` count fifty times."""
    known = [place for place, piece in enumerate(source.pieces) if place < len(SPECIAL) or _chinese(piece)]
    blank = _blank(texts)
    reader = _load(_model(blank, source, known))
    count: Counter[int] = Counter()
    counted = [(word, int(times)) for word, times, *_ in dictionary()]
    for words, times in (*counted, *((text, 50) for text in texts)):
        for piece in reader.encode(words):
            count[piece] += times
    kept = [
        place
        for number, place in enumerate(known)
        if place < len(SPECIAL) or _short(source.pieces[place]) or count[number] >= _COMMON
    ]
    return kept, _model(blank, source, kept)


def _chinese(piece: str) -> bool:
    if not _FORM.fullmatch(piece):
        return False
    return not re.fullmatch(r"▁?[A-Za-z]+", piece) or bool(_LETTERS.fullmatch(piece))


def _short(piece: str) -> bool:
    return len(piece.lstrip("▁")) <= 1 or bool(_FIGURES.fullmatch(piece))


def _load(model: bytes) -> Any:
    import sentencepiece

    return sentencepiece.SentencePieceProcessor(model_proto=model)


def _blank(texts: Sequence[str]) -> bytes:
    """A model that folds characters as SentencePiece does (NFKC): only training gives one. Its pieces are not used."""
    import sentencepiece

    written = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(texts[:2000]), model_writer=written, vocab_size=2000, hard_vocab_limit=False,
        model_type="unigram", normalization_rule_name="nmt_nfkc", num_threads=1, minloglevel=2,
    )  # fmt: skip
    return written.getvalue()


def _model(blank: bytes, source: Source, kept: Sequence[int]) -> bytes:
    """The blank model with the pieces and scores of the source."""
    from sentencepiece import sentencepiece_model_pb2

    proto: Any = sentencepiece_model_pb2
    model = proto.ModelProto.FromString(blank)
    del model.pieces[:]
    types = {SPECIAL["unk"]: model.SentencePiece.UNKNOWN} | dict.fromkeys((0, 1, 2), model.SentencePiece.CONTROL)
    for place in kept:
        model.pieces.add(
            piece=source.pieces[place],
            score=float(source.scores[place]),
            type=types.get(place, model.SentencePiece.NORMAL),
        )
    for name, place in SPECIAL.items():
        setattr(model.trainer_spec, f"{name}_id", place)
        setattr(model.trainer_spec, f"{name}_piece", source.pieces[place])
    model.trainer_spec.vocab_size = len(kept)
    serialized: bytes = model.SerializeToString()
    return serialized
