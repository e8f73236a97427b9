"""Bodies that are small on the wire and 200 MiB when unpacked, in every coding that Scrapy asks for; and bad ones."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

import brotli
from backports import zstd

SIZE = 200 * 2**20
_BLOCK = b" " * 2**20


def bombs() -> dict[str, bytes]:
    """Content-Encoding -> body."""
    gzip, packer, zstandard = (
        zlib.compressobj(9, zlib.DEFLATED, 31),
        brotli.Compressor(quality=3),
        zstd.ZstdCompressor(),
    )
    once = _packed(gzip.compress, gzip.flush)
    deflate = zlib.compressobj(9)
    return {
        "gzip": once,
        "gzip, gzip": zlib.compress(once, 9, 31),
        "deflate": _packed(deflate.compress, deflate.flush),
        "br": _packed(packer.process, packer.finish),
        "zstd": _packed(zstandard.compress, zstandard.flush),
    }


def unreadable(page: bytes) -> dict[str, bytes]:
    """Content-Encoding -> body: a coding nobody asked for, and bodies that are not what they say."""
    return {"xz": page, "br, xz": page, "br": page, "zstd": page[:40], "gzip": zlib.compress(page, 9, 31)[:60]}


def _packed(pack: Callable[[bytes], bytes], end: Callable[[], bytes]) -> bytes:
    def pieces() -> Iterator[bytes]:
        for _ in range(SIZE // len(_BLOCK)):
            yield pack(_BLOCK)
        yield end()

    return b"".join(pieces())
