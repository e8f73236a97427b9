"""Reads the data files of this package, from a folder or from a zip; tables through a cache beside the bytecode.

Parsing TOML takes a tenth of the time to the first result, and `importlib.resources` as much, so neither is used
where it can be avoided. A cached table carries length and checksum of the files that it was made from, and of the
module that makes it: if one has changed, it is made anew.
"""

from __future__ import annotations

import marshal
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any, cast
from zlib import crc32

if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.abc import ResourceLoader

_FOLDER = __file__.removesuffix("read.py").removesuffix("read.pyc")
_LOADER = cast("ResourceLoader", sys.modules[__name__].__loader__)


def read_text(name: str) -> str:
    """Content of a data file of the lexicon, `/` between folders. OSError if there is none of that name.

    >>> read_text("units.toml").isascii()
    False
    """
    return _LOADER.get_data(_FOLDER + name).decode("utf-8")


def read_toml(name: str) -> dict[str, Any]:
    """A TOML file of the lexicon as a table. Raises what `tomllib` raises if it is not well formed.

    >>> sorted(read_toml("words.toml"))
    ['classes', 'topic']
    """
    return cast("dict[str, Any]", read_table(name, (name,), _parse_toml, __name__))


def _parse_toml(text: str) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(text)


def read_table(name: str, sources: tuple[str, ...], build: Callable[..., Any], module: str) -> Any:
    """What `build` makes of the contents of the source files, kept as `name` in the folder of the bytecode.

    `build` makes tables, lists, strings and numbers, which are kept in the format of the bytecode; `module` is the name
    of the module that it stands in. Raises what `build` raises, OSError for a missing file.

    >>> read_table("words.toml", ("words.toml",), _parse_toml, __name__) == read_toml("words.toml")
    True
    """
    data = [_LOADER.get_data(_FOLDER + source) for source in sources]
    return read_kept(name, data, lambda: build(*(content.decode("utf-8") for content in data)), module)


def read_kept(name: str, sources: list[bytes], build: Callable[[], Any], module: str) -> Any:
    """What `build` makes of sources that stand elsewhere, kept as `name` in the folder of the bytecode.

    `module` as for `read_table`. Raises what `build` raises.
    """
    code = _LOADER.get_data(str(sys.modules[module].__file__))
    key = ",".join(f"{len(content)}:{crc32(content)}" for content in (*sources, code))
    cache = kept_path(f"{name.replace('/', '.')}.{sys.implementation.cache_tag}")
    with suppress(OSError, ValueError, EOFError, TypeError):
        found, table = marshal.loads(_LOADER.get_data(cache))  # noqa: S302 - as bytecode: our own, of our own folder
        if found == key:
            return table
    table = build()
    if not sys.dont_write_bytecode:
        _keep(cache, marshal.dumps((key, table)))
    return table


def kept_path(name: str) -> str:
    """Where something is kept from one process to the next: the folder of the bytecode, which may be inside a zip."""
    return f"{_FOLDER}__pycache__/{name}"


def list_files(folder: str) -> list[str]:
    """Names of the files in a folder of the lexicon, sorted.

    >>> "mine.toml" in list_files("events")
    True
    """
    try:
        with os.scandir(_FOLDER + folder) as entries:
            return sorted(entry.name for entry in entries)
    except OSError:  # inside a zip
        from importlib.resources import files

        return sorted(entry.name for entry in (files("resumption.lexicon") / folder).iterdir())


def _keep(path: str, data: bytes) -> None:
    """Write as a whole or not at all; a folder that cannot be written is no error."""
    from pathlib import Path

    part = Path(f"{path}.{os.getpid()}")
    with suppress(OSError):
        part.write_bytes(data)
        part.replace(path)
