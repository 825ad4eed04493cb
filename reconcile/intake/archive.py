"""Folders and `.zip` archives: each file in them is a report of its own, and a bad one never stops the others.

Nothing is unpacked to the disk, so a path inside an archive that points outside it can do nothing; it is refused all
the same, since whoever wrote it meant harm.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from reconcile import intake
from reconcile.errors import InputError
from reconcile.intake import limits, sniff
from reconcile.model.documents import Document, SourceFile

_DEPTH = 3
"""How many archives may be packed into each other."""

_NOT_REPORTS = ("~$", ".", "__MACOSX", "Thumbs.db", "desktop.ini", "reconcile.toml", "reconcile.db")
"""How the names of files begin that programs leave beside the reports: locks, folder views, what this program keeps."""

_WORKING_PAPER = ".run.json"
"""How the names of the working papers end that a run leaves beside what it writes."""

_UNFINISHED = (".tmp", ".part", ".crdownload")
"""How the names of files end that are still being written or fetched."""


def read(data: bytes, file: SourceFile) -> Document:
    """The one report of an archive; `InputError` where there is none, or more than one."""
    return only(read_archive(data, file.name), file.name)


def only(found: Iterator[Document | InputError], name: str) -> Document:
    """The one report among what was found; `InputError` where there is none, or more than one."""
    everything = list(found)
    documents = [one for one in everything if isinstance(one, Document)]
    errors = [one for one in everything if isinstance(one, InputError)]
    if len(documents) > 1:
        raise InputError("intake.several", file=name, count=len(documents))
    if not documents:
        raise errors[0] if errors else InputError("intake.nothing_readable", file=name)
    return documents[0]


def read_folder(folder: Path) -> Iterator[Document | InputError]:
    """Every report in a folder and the folders below it, by name; links are not followed."""
    paths = reports_in(folder)
    if len(paths) > limits.MAX_MEMBERS:
        yield InputError("intake.too_many_members", file=folder.name, count=len(paths), most=limits.MAX_MEMBERS)
        return
    for path in paths:
        yield from intake.read_named(path, path.relative_to(folder).as_posix())


def reports_in(folder: Path) -> list[Path]:
    """The files a folder and those below it give to be read, by name: the one rule for every command.

    Left out are links, hidden files, what programs leave beside the reports or have not finished, and what a run wrote,
    which has its working paper beside it.
    """
    found = {path for path in _files(folder) if not _is_left_over(path.relative_to(folder).parts)}
    return sorted(path for path in found if not path.with_name(path.name + _WORKING_PAPER).is_file())


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            yield from _files(path)
        elif path.is_file() and not path.is_symlink():
            yield path


def read_archive(data: bytes, name: str, depth: int = 1) -> Iterator[Document | InputError]:
    """Every report in an archive, in its order, named ``archive.zip/report.docx``."""
    try:
        package = limits.Package(data, name)
    except InputError as error:
        yield error
        return
    for member in package.members():
        path = PurePosixPath(member_name(member.filename, member.flag_bits).replace("\\", "/"))
        if _is_left_over(path.parts):
            continue
        inside = f"{name}/{path}"
        try:
            if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
                raise InputError("intake.unsafe_member", file=name, member=path)
            content = package.read(member.filename)
        except InputError as error:
            yield _named(error, inside)
        else:
            yield from read_member(content, inside, depth)


def read_member(data: bytes, name: str, depth: int = 0) -> Iterator[Document | InputError]:
    """The report in one file, or the reports in it where it is an archive itself."""
    if sniff.format_of(data, name) == "zip":
        if depth >= _DEPTH:
            yield InputError("intake.nothing_readable", file=name)
        else:
            yield from read_archive(data, name, depth + 1)
        return
    try:
        yield intake.read_bytes(data, name)
    except InputError as error:
        yield error


def _named(error: InputError, name: str) -> InputError:
    """The error of a member, with the member's name."""
    return error if error.key == "intake.unsafe_member" else InputError(error.key, **(error.facts | {"file": name}))


def member_name(name: str, flags: int) -> str:
    """A member's name: programs in China write it in GBK, without saying so."""
    if flags & 0x800:
        return name
    try:
        raw = name.encode("cp437")
    except UnicodeEncodeError:
        return name
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return name


def _is_left_over(parts: tuple[str, ...]) -> bool:
    ends = parts[-1].lower().endswith((_WORKING_PAPER, *_UNFINISHED))
    return ends or any(part.startswith(_NOT_REPORTS) and part != ".." for part in parts)
