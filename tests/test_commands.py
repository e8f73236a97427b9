"""What holds for all commands."""

import argparse
from importlib import import_module

import pytest
from scrapy.exceptions import UsageError


@pytest.mark.parametrize("name", ["accuracy", "figures", "health", "report", "schema"])
def test_a_command_without_arguments_refuses_one(name):
    command = import_module(f"resumption.commands.{name}").Command()
    with pytest.raises(UsageError, match=f"scrapy {name} takes no arguments"):
        command.run(["nosuch"], argparse.Namespace())
