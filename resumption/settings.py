"""Settings of the crawl; every line is set on purpose. Places come from environment variables (docs/crawling.md)."""

import os

from scrapy.settings import default_settings

BOT_NAME = "resumption"
LOG_LEVEL = "INFO"
STATS_DUMP = False  # they stand in runs/RUN/run.json
LOG_FORMATTER = "resumption.log_lines.ShortLines"
SPIDER_MODULES = ["resumption.spiders"]
NEWSPIDER_MODULE = "resumption.spiders"
COMMANDS_MODULE = "resumption.commands"

# One place for what is produced; one archive to replay instead of the network ("" or "bundled" or paths).
RESUMPTION_DATA = os.environ.get("RESUMPTION_DATA", "data")
REPLAY = os.environ.get("REPLAY", "")
# Private addresses that may be asked all the same (a proxy, a test server): hosts, addresses or networks, by comma.
RESUMPTION_ALLOW_PRIVATE = os.environ.get("RESUMPTION_ALLOW_PRIVATE", "")

# Manners
RESUMPTION_CONTACT = os.environ.get("RESUMPTION_CONTACT", "no contact set")
USER_AGENT = f"resumption/1.0 (figures from regional news; {RESUMPTION_CONTACT})"
ROBOTSTXT_OBEY = True
CONCURRENT_REQUESTS_PER_DOMAIN = 1
DOWNLOAD_DELAY = 1.0
AUTOTHROTTLE_ENABLED = True
AUTOTHROTTLE_START_DELAY = 1.0
AUTOTHROTTLE_MAX_DELAY = 30.0

# Scrapy starts so many tasks for every response, whether it has one item or none; a page has one.
CONCURRENT_ITEMS = 1
WARN_ON_GENERATOR_RETURN_VALUE = False
STATS_CLASS = "resumption.stats.PlainStats"
DOWNLOADER_STATS = False  # they weigh every request and response; `health.py` counts what a verdict needs

# Limits
DOWNLOAD_MAXSIZE = 16 * 1024 * 1024
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_TIMEOUT = 18.0
DNS_TIMEOUT = 10.0
RETRY_TIMES = 2
RETRY_HTTP_CODES = [500, 502, 504, 522, 524, 408]
REDIRECT_MAX_TIMES = 5
COOKIES_ENABLED = False
TELNETCONSOLE_ENABLED = False
REMOTE_CONTROL_ENABLED = False
DOWNLOAD_VERIFY_CERTIFICATES = True
METAREFRESH_ENABLED = False
HTTPPROXY_ENABLED = True
TWISTED_DNS_RESOLVER = "resumption.middlewares.guard.GuardedResolver"
DOWNLOAD_HANDLERS = {
    "data": None,
    "file": None,
    "ftp": None,
    "s3": None,
    "http": "resumption.middlewares.render.RenderHandler",
    "https": "resumption.middlewares.render.RenderHandler",
}

# The archive
HTTPCACHE_ENABLED = True
HTTPCACHE_STORAGE = "resumption.middlewares.archive.ArchiveStorage"
HTTPCACHE_POLICY = "resumption.middlewares.archive.ArchivePolicy"
DOWNLOADER_MIDDLEWARES = {
    "resumption.middlewares.guard.GuardMiddleware": 60,
    "resumption.middlewares.blocked.BlockedMiddleware": 560,
    "resumption.middlewares.proxy.ProxyMiddleware": 750,
    "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware": None,
    "scrapy.downloadermiddlewares.httpcache.HttpCacheMiddleware": None,
    "resumption.middlewares.archive.ArchiveMiddleware": 900,
}
SPIDER_MIDDLEWARES = {
    "resumption.middlewares.incremental.IncrementalMiddleware": 40,
    # `discovery/` bounds addresses, `max_pages` the depth; each of these costs every page some time.
    "scrapy.spidermiddlewares.urllength.UrlLengthMiddleware": None,
    "scrapy.spidermiddlewares.depth.DepthMiddleware": None,
    "scrapy.spidermiddlewares.metacopy.MetaCopyDetectionMiddleware": None,
}
ITEM_PIPELINES = {
    "resumption.pipelines.CleanPipeline": 100,
    "resumption.pipelines.DropPipeline": 200,
    "resumption.pipelines.ExtractPipeline": 300,
}
EXTENSIONS = {"resumption.health.Health": 100}
# Switched off above, and not even imported: Scrapy imports whatever these lists name, a web server and more.
DOWNLOADER_MIDDLEWARES_BASE = {
    path: order
    for path, order in default_settings.DOWNLOADER_MIDDLEWARES_BASE.items()
    if not path.endswith(("CookiesMiddleware", "HttpAuthMiddleware"))
}
EXTENSIONS_BASE = {
    path: order
    for path, order in default_settings.EXTENSIONS_BASE.items()
    if not path.endswith(("TelnetConsole", "RemoteControl"))
}
RESUMPTION_ARCHIVE_DAYS = 0.0
RESUMPTION_ARCHIVE_GB = 0.0
RESUMPTION_PART_ARTICLES = 100
RESUMPTION_PART_SECONDS = 30.0
RESUMPTION_STALL_SECONDS = 300.0
