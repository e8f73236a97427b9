"""Scrapy's side of the crawl: where bytes come from, what may be asked, what is asked again, when to stop."""
