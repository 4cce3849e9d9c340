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


def swallowers(source: str) -> list[int]:
    """Lines of handlers that hide an error.

    A handler may go on without raising when it names what it catches and gives its reason beside a bare `pass`, or, when
    it catches everything, when it hands the error on (uses the name it bound).
    """
    text = source.splitlines()
    lines: list[int] = []
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.ExceptHandler):
            continue
        steps = [step for step in node.body if not _is_text(step)]
        silent = all(isinstance(step, ast.Pass) for step in steps)
        unexplained = silent and not any("#" in text[step.lineno - 1] for step in steps)
        caught = {name.id for name in ast.walk(node.type) if isinstance(name, ast.Name)} if node.type else {"BaseException"}
        inside = [inner for step in steps for inner in ast.walk(step)]
        handed_on = any(isinstance(inner, ast.Raise) or getattr(inner, "id", None) == (node.name or 0) for inner in inside)
        if unexplained or ({"Exception", "BaseException"} & caught and not handed_on):
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
    found = [
        f"{name_of(path)}:{line}"
        for path in modules(room)
        for line in [*prints(tree_of(path)), *swallowers(path.read_text(encoding="utf-8"))]
    ]

    assert found == []


@pytest.mark.parametrize(
    ("handler", "hides"),
    [
        ("except OSError:\n    pass", True),
        ("except OSError:\n    pass  # the folder is made below", False),
        ("except Exception:\n    pass  # whatever", True),
        ("except Exception:\n    y()", True),
        ("except:\n    y()", True),
        ("except Exception as error:\n    y()", True),
        ("except Exception as error:\n    waiter.set_exception(error)", False),
        ("except Exception:\n    y()\n    raise", False),
    ],
)
def test_the_scan_tells_hiding_from_handling(handler: str, *, hides: bool):
    """The scan itself works: what hides an error is found, what hands it on or gives a reason is not."""
    assert bool(swallowers(f"try:\n    x()\n{handler}\n")) is hides


def test_the_scan_finds_a_print():
    """The scan itself works: a call of print is found by its line."""
    assert prints(ast.parse("x = 1\nprint(x)\n")) == [2]


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
