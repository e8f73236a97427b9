"""The spider of seeds/qilu.toml."""

from resumption.portal_spider import PortalSpider


class QiluSpider(PortalSpider):
    """Crawl 齐鲁网 (iqilu.com) as seeds/qilu.toml says."""

    name = "qilu"
