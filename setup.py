"""Packs the egg for scrapyd; versions come from requirements.txt, data files are named here so that none is left out."""

from pathlib import Path

from setuptools import find_packages, setup

HERE = Path(__file__).parent


def requirements() -> list[str]:
    lines = (HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


setup(
    name="resumption",
    version="1.0.0",
    description="Figures on the resumption of work from the prose of Chinese regional news portals",
    license="Apache-2.0",
    python_requires=">=3.11",
    packages=[*find_packages(include=["resumption", "resumption.*"]), "seeds"],
    package_data={
        "resumption": ["**/*.toml", "**/*.tsv", "**/*.json", "**/*.sql", "**/*.yaml", "**/*.js", "**/*.css", "**/*.html"],
        "seeds": ["*.toml", "*.md", "replay/*"],
    },
    install_requires=requirements(),
    entry_points={"scrapy": ["settings = resumption.settings"]},
)
