"""Packs the egg for scrapyd: versions come from requirements.txt, and every file that is not Python goes in as data."""

from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent
NO_DATA = {".py", ".pyc", ".part"}


def requirements() -> list[str]:
    """Lines of requirements.txt without comments."""
    lines = (line.partition("#")[0].strip() for line in (HERE / "requirements.txt").read_text("utf-8").splitlines())
    return [line for line in lines if line]


def data_files(package: str) -> list[str]:
    """All files below a package that are neither Python nor caches, so that no new kind of file is left out."""
    folder = HERE / package
    paths = (path for path in folder.rglob("*") if path.is_file() and path.suffix not in NO_DATA)
    paths = (path for path in paths if path.parent.name != "__pycache__")
    return sorted(str(path.relative_to(folder)) for path in paths)


setup(
    name="resumption",
    version="1.0.0",
    description="Figures on the resumption of work from the prose of Chinese regional news portals",
    license="Apache-2.0",
    python_requires=">=3.11",
    packages=[*find_packages(include=["resumption", "resumption.*"]), "seeds"],
    package_data={package: data_files(package) for package in ("resumption", "seeds")},
    install_requires=requirements(),
    entry_points={"scrapy": ["settings = resumption.settings"]},
)
