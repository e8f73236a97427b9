"""What holds for all commands."""

import argparse
from importlib import import_module
from pathlib import Path

import pytest
from scrapy.exceptions import UsageError

from resumption.quiet_command import refuse_unknown_options

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize("name", ["accuracy", "figures", "health", "report", "schema"])
def test_a_command_without_arguments_refuses_one(name):
    command = import_module(f"resumption.commands.{name}").Command()
    with pytest.raises(UsageError, match=f"scrapy {name} takes no arguments"):
        command.run(["nosuch"], argparse.Namespace())


OURS = sorted(path.stem for path in (ROOT / "resumption" / "commands").glob("[a-z]*.py"))


@pytest.mark.parametrize("name", OURS)
def test_every_command_refuses_an_option_that_it_has_not(name):
    command = import_module(f"resumption.commands.{name}").Command()
    with pytest.raises(UsageError, match="no option --nosuch"):
        command.process_options(["page.html", "--nosuch"], argparse.Namespace())


def test_standard_input_is_no_option():
    refuse_unknown_options(["-", "page.html"])
