"""The static site: figures on pages that open from a file, every figure beside its sentence."""

from resumption.report.evidence import Again, ReadAgain
from resumption.report.site import Written, write_report
from resumption.report.source import StoredArticle

__all__ = ["Again", "ReadAgain", "StoredArticle", "Written", "write_report"]
