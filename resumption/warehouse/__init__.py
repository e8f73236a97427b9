"""Warehouses: one module per engine, found by the name before `://`."""

from __future__ import annotations

from importlib import import_module

from resumption.warehouse.store import Warehouse, WarehouseError

ENGINES = {"duckdb": "duckdb", "postgresql": "postgres", "postgres": "postgres"}


def open_warehouse(target: str, *, read_only: bool = False) -> Warehouse:
    """Open a warehouse: `duckdb:///path`, `postgresql://...`. Raises WarehouseError in one sentence.

    >>> with open_warehouse("duckdb://") as warehouse:
    ...     warehouse.fetch("SELECT '复工'")
    [('复工',)]
    """
    scheme, colon, _ = target.partition("://")
    if not colon or scheme not in ENGINES:
        raise WarehouseError(f"{target!r} is no warehouse: write duckdb:///PATH or postgresql://HOST/DATABASE")
    try:
        engine = import_module(f"resumption.warehouse.{ENGINES[scheme]}")
    except ImportError as error:
        raise WarehouseError(f"{scheme} needs a package that is not installed: {error.name}") from None
    warehouse: Warehouse = engine.OPEN(target, read_only=read_only)
    return warehouse


__all__ = ["Warehouse", "WarehouseError", "open_warehouse"]
