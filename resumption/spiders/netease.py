"""The spider of seeds/netease.toml."""

from resumption.portal_spider import PortalSpider


class NeteaseSpider(PortalSpider):
    """Crawl 网易 (163.com) as seeds/netease.toml says."""

    name = "netease"
