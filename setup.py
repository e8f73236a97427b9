"""Packs the egg for scrapyd: versions come from requirements.txt, and every file that is not Python goes in as data.

With RESUMPTION_COMPILE=1 the rules of `resumption/extraction` are compiled to C by mypyc (part of mypy): the same
records, about twice as fast. It needs a C compiler and some minutes; nothing else of the project asks for it.

    RESUMPTION_COMPILE=1 python -m pip wheel --no-deps --no-build-isolation .
"""

import os
from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
NO_DATA = {".py", ".pyc", ".part"}


def requirements() -> list[str]:
    """Lines of requirements.txt without comments."""
    lines = (line.partition("#")[0].strip() for line in (HERE / "requirements.txt").read_text("utf-8").splitlines())
    return [line for line in lines if line]


def data_files(package: str) -> list[str]:
    """All files below a package that are not Python, so that no new kind of file is left out."""
    folder = HERE / package
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in NO_DATA)
    return sorted(str(path.relative_to(folder)) for path in paths)


def compiled_rules() -> list[object]:
    """Extension modules of the extraction; patterns stay Python's, and so does the report on accuracy."""
    if os.environ.get("RESUMPTION_COMPILE") != "1":
        return []
    from mypyc.build import mypycify

    left_out = {"__init__.py", "lazy_re.py", "score.py"}
    paths = sorted(path for path in (HERE / "resumption" / "extraction").glob("*.py") if path.name not in left_out)
    return list(mypycify([str(path.relative_to(HERE)) for path in paths], opt_level="2", debug_level="0"))


setup(
    name="resumption",
    version="1.0.0",
    description="Figures on the resumption of work from the prose of Chinese regional news portals",
    license="Apache-2.0",
    python_requires=">=3.11",
    packages=[*find_packages(include=["resumption", "resumption.*"]), "seeds"],
    package_data={package: data_files(package) for package in ("resumption", "seeds")},
    install_requires=requirements(),
    ext_modules=compiled_rules(),
    entry_points={"scrapy": ["settings = resumption.settings"]},
)
