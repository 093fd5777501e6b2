"""The examples in docstrings are true."""

import doctest
import importlib
import pkgutil

import pytest

import tdkt_batch

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(tdkt_batch.__path__, "tdkt_batch.")
    if not module.name.endswith("__main__")
)


@pytest.mark.parametrize("name", MODULES)
def test_the_examples_of_a_module_are_true(name):
    assert doctest.testmod(importlib.import_module(name)).failed == 0


def test_there_are_examples():
    finder = doctest.DocTestFinder()
    found = [t for name in MODULES for t in finder.find(importlib.import_module(name))]
    assert sum(bool(test.examples) for test in found) > 20
