"""Size and manners of every module: short, documented, silent, and never swallowing an error."""

from __future__ import annotations

import ast
import statistics
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest
from sources import ROOMS, modules, name_of, repository_files, tree_of

WALL, WANTED, MEDIAN, FUNCTION = 500, 300, 120, 60
"""Lines, from the house style; a function counts from `def` to its last line."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def line_count(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(tree: ast.Module) -> Iterator[Function]:
    """Every function and method, nested ones too."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def swallowers(tree: ast.Module) -> list[int]:
    """Lines of handlers that only pass, or that catch everything without raising."""
    lines: list[int] = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.ExceptHandler):
            continue
        silent = all(isinstance(step, ast.Pass) or _is_text(step) for step in node.body)
        caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {"BaseException"}
        blind = bool({"Exception", "BaseException"} & caught)
        if silent or (blind and not any(isinstance(step, ast.Raise) for step in ast.walk(node))):
            lines.append(node.lineno)
    return lines


def _is_text(step: ast.stmt) -> bool:
    return isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant)


def prints(tree: ast.Module) -> list[int]:
    """Lines that call `print`."""
    return [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print"]


def test_modules_are_short():
    """The median module is at most 120 lines and none passes the wall of 500."""
    sizes = {name_of(path): line_count(path) for path in modules() if line_count(path) > 1}

    assert {name: size for name, size in sizes.items() if size > WALL} == {}
    assert statistics.median(sizes.values()) <= MEDIAN


@pytest.mark.filterwarnings("default")
def test_long_modules_are_named():
    """Modules over 300 lines are named in the output of the run, so that they are split before they reach the wall."""
    long = {name_of(path): line_count(path) for path in modules() if line_count(path) > WANTED}
    for name, size in long.items():
        warnings.warn(f"{name} has {size} lines; {WANTED} are wanted", stacklevel=1)

    assert len(long) <= len(modules()) // 10


@pytest.mark.parametrize("room", ROOMS)
def test_functions_are_short(room: str):
    """No function is longer than a screen: 60 lines."""
    long = [
        f"{name_of(path)}:{node.lineno} {node.name} {node.end_lineno - node.lineno + 1}"
        for path in modules(room)
        for node in functions(tree_of(path))
        if node.end_lineno - node.lineno + 1 > FUNCTION
    ]

    assert long == []


@pytest.mark.parametrize("room", ROOMS)
def test_modules_say_what_they_are_for(room: str):
    """Every module opens with its responsibility."""
    assert [name_of(path) for path in modules(room) if not ast.get_docstring(tree_of(path))] == []


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_is_printed_or_swallowed(room: str):
    """The library never prints, and no handler hides an error."""
    found = [f"{name_of(path)}:{line}" for path in modules(room) for line in [*prints(tree_of(path)), *swallowers(tree_of(path))]]

    assert found == []


def test_the_scan_finds_bad_manners():
    """The scan itself works: a print, a silent handler and a blind one are each found."""
    bad = ast.parse("try:\n    print(1)\nexcept OSError:\n    pass\ntry:\n    x()\nexcept Exception:\n    y()\n")

    assert prints(bad) == [2]
    assert swallowers(bad) == [3, 7]


def test_no_vague_names():
    """No module is named for being left over."""
    vague = {"utils", "util", "common", "base", "manager", "helpers", "misc"}

    assert [name_of(path) for path in modules() if vague & {*path.parts, path.stem}] == []


def test_every_test_says_its_behaviour():
    """Each test has a docstring of one sentence that states the behaviour."""
    silent = [
        f"{name_of(path)}:{node.lineno} {node.name}"
        for path in repository_files()
        if path.suffix == ".py" and path.name.startswith("test_")
        for node in functions(tree_of(path))
        if node.name.startswith("test_") and not ast.get_docstring(node)
    ]

    assert silent == []
