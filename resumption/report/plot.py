"""The plot of a series page: composed with altair, compiled once by vl-convert, drawn in the page by Vega.

The page puts its own rows into the data sets `segments`, `gaps`, `ranges` and `points`; nothing of the data ever
becomes part of an expression.
"""

from __future__ import annotations

from functools import cache
from typing import Any

COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#8c6d00", "#56b4e9", "#7b3294", "#666666")
"""Told apart by people with any kind of colour vision (after Okabe and Ito); shapes tell the series apart as well."""
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
DATA_SETS = ("segments", "gaps", "ranges", "points")


@cache
def series_plot() -> dict[str, Any]:
    """The Vega specification, data sets empty, width and height signals."""
    import altair as alt  # takes a second, and every `scrapy` command imports the commands
    import vl_convert

    day = alt.X(
        "t:T", title=None, scale=alt.Scale(type="utc", nice=False, padding=18), axis=alt.Axis(labelOverlap=True)
    )
    value = alt.Y("v:Q", title=None, scale=alt.Scale(zero=False, nice=True))
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(range=list(COLOURS)),
        legend=alt.Legend(title=None, orient="bottom", columns=2, labelLimit=150, symbolOpacity=1),
    )
    shape = alt.Shape("series:N", scale=alt.Scale(range=list(SHAPES)))
    empty = {name: alt.Data(values=[], name=name) for name in DATA_SETS}
    lines = alt.Chart(empty["segments"]).mark_line(strokeWidth=2).encode(x=day, y=value, color=colour, detail="run:N")
    gaps = (
        alt.Chart(empty["gaps"])
        .mark_line(strokeWidth=1.2, strokeDash=[2, 5], opacity=0.8)
        .encode(x=day, y=value, color=colour, detail="run:N")
    )
    ranges = (
        alt.Chart(empty["ranges"])
        .mark_rule(strokeWidth=5, opacity=0.45, strokeCap="butt")
        .encode(x=day, y=alt.Y("low:Q", title=None), y2="high:Q", color=colour)
    )
    points = (
        alt.Chart(empty["points"])
        .mark_point(size=64, strokeWidth=2, opacity=1, cursor="pointer")
        .encode(
            x=day,
            y=value,
            color=colour,
            shape=shape,
            fillOpacity=alt.FillOpacity("solid:Q", scale=None),
            fill=alt.Fill("series:N", scale=alt.Scale(range=list(COLOURS)), legend=None),
            tooltip="tip:N",
            description="tip:N",
        )
    )
    chart = (ranges + gaps + lines + points).properties(width=600, height=340)
    compiled: dict[str, Any] = vl_convert.vegalite_to_vega(chart.to_dict(context={"pre_transform": False}))
    return compiled


@cache
def plot_library() -> str:
    """Vega as one script that sets `window.vegaEmbed`; bundled from the package, no network."""
    import vl_convert

    bundle = str(vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;")).replace("</script", "<\\/script")
    return "(() => {" + bundle + "\n})();"  # its top-level names are not ours
