"""Contracts of the whole fleet: every seed has its spider, its pages and true regions; names agree."""

import importlib
import json
import re
from pathlib import Path

import pytest

from resumption.lexicon.gazetteer import full_name, unit_of
from resumption.portal_spider import PortalSpider
from resumption.portals import SeedError, load_portal, parse_portal, portal_names

ROOT = Path(__file__).parents[1]
SEED = (ROOT / "seeds" / "qilu.toml").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", portal_names())
def test_a_seed_has_its_spider(name):
    module = importlib.import_module(f"resumption.spiders.{name}")
    (spider,) = [
        s
        for s in vars(module).values()
        if isinstance(s, type) and issubclass(s, PortalSpider) and s is not PortalSpider
    ]
    assert (spider.name, spider.__name__) == (name, f"{name.capitalize()}Spider")


@pytest.mark.parametrize("name", portal_names())
def test_a_seed_has_pages_that_a_person_has_read(name):
    metas = sorted((ROOT / "tests" / "pages" / name).glob("*/meta.json"))
    assert metas, f"no page of {name}: scrapy snapshot {name} SLUG PAGE.html --url ADDRESS"
    for meta in metas:
        pieces = json.loads(meta.read_text(encoding="utf-8"))
        assert pieces["must_in"], f"{meta}: must_in is empty"
        assert pieces["must_not"], f"{meta}: must_not is empty"


def test_every_spider_has_its_seed():
    spiders = {p.stem for p in (ROOT / "resumption" / "spiders").glob("[a-z]*.py")}
    assert spiders == set(portal_names())


@pytest.mark.parametrize("name", portal_names())
def test_channels_are_of_true_regions(name):
    for channel in load_portal(name).channels:
        unit = unit_of(channel.region_code)
        assert unit, channel
        assert channel.region == full_name(unit), channel


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("home = ", "hoem = "), "unknown key 'hoem'"),
        (('title = "齐鲁网"\n', ""), "key 'title' is missing"),
        (('rights = "full"', 'rights = "all"'), "must be 'full' or 'quotes'"),
        (('rights = "full"', "rights = 1"), "must be str"),
        (("articles_min = 1", "articles_mim = 1"), "expect: unknown key 'articles_mim'"),
        (('name = "qingdao"', 'name = "jinan"'), "channel 'jinan' stands twice"),
        (('title = "齐鲁网"', 'title = "齐鲁网'), "seeds/x.toml"),
    ],
)
def test_a_typo_in_a_seed_is_named(change, message):
    assert change[0] in SEED
    with pytest.raises(SeedError, match=re.escape(message)):
        parse_portal("x", SEED.replace(*change, 1), "seeds/x.toml")


def test_an_unknown_portal_is_named_with_the_known_ones():
    with pytest.raises(SeedError, match="netease, qilu"):
        load_portal("nowhere")
