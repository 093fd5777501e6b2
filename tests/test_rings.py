"""The program's structure: each ring imports only rings further in, and nothing goes in circles."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "tdkt_batch"

RINGS = (
    {
        "as_json",
        "errors",
        "model",
        "remembered",
        "report",
        "values",
        "vietnamese",
        "wording",
        "machine",
    },
    {"campaign"},
    {"workbooks", "unit_names", "rules", "sheets"},
    {"forms"},
    {"forms_read", "forms_write", "figures", "office"},
    {
        "unpack",
        "reading",
        "choose",
        "across",
        "summary",
        "outputs",
        "ledger",
        "control",
        "returns",
        "letters",
    },
    {"months"},
    {"trace"},
    {"demo"},
    {"cli"},
    {"__main__"},
)
"""From the innermost outwards. Steps (the sixth) may not import one another."""

STEPS = RINGS[5]
ALLOWED_BETWEEN_STEPS = {
    ("reading", "unpack"): "what was unpacked is read",
    ("choose", "reading"): "what was read is chosen from",
}

HOME_OF_LIBRARY = {
    "click": {"cli"},
    "rich": {"cli"},
    "pandas": {"figures"},
    "xlsxwriter": {"sheets", "forms", "forms_write", "summary", "control", "office"},
    "openpyxl": {"workbooks"},
    "docx": {"letters"},
    "sqlite3": {"ledger"},
    "cattrs": {"ledger"},
    "filelock": {"ledger"},
    "python_calamine": {"workbooks"},
    "psutil": {"machine"},
    "distributed": {"machine"},
    "msoffcrypto": {"workbooks"},
    "olefile": {"unpack"},
    "asn1crypto": {"unpack"},
    "rapidfuzz": {"vietnamese"},
}


def part_of(module: str) -> str:
    """Return the part of the program a module belongs to: the name below the package."""
    return module.split(".")[1] if "." in module else "__init__"


def modules():
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(p for p in parts if p != "__init__"), path


def imports_of(path: Path) -> set[str]:
    """Return every module a file imports, imports inside functions counted."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.ImportFrom):
            found.add("relative import")
    return found


def ring_of(part: str) -> int:
    return next(number for number, ring in enumerate(RINGS) if part in ring)


@pytest.mark.parametrize(("module", "path"), list(modules()))
def test_a_module_imports_only_its_own_ring_or_rings_further_in(module, path):
    part = part_of(module)
    if part == "__init__":
        return
    for imported in imports_of(path):
        if not imported.startswith("tdkt_batch."):
            continue
        other = part_of(imported)
        if other in (part, "__init__", "__version__"):
            continue
        assert ring_of(other) <= ring_of(part), f"{module} imports {imported}"
        if part in STEPS and other in STEPS:
            assert (part, other) in ALLOWED_BETWEEN_STEPS, f"step {module} imports step {imported}"


def test_no_rules_module_imports_forms():
    for module, path in modules():
        if part_of(module) == "rules":
            assert not any(i.startswith("tdkt_batch.forms") for i in imports_of(path)), module


def test_no_relative_imports():
    assert not [module for module, path in modules() if "relative import" in imports_of(path)]


def test_a_library_stays_in_its_place():
    for module, path in modules():
        for imported in imports_of(path):
            homes = HOME_OF_LIBRARY.get(imported.split(".")[0])
            assert homes is None or part_of(module) in homes, f"{module} imports {imported}"


def test_no_import_goes_in_circles():
    """A package whose ``__init__`` imports nothing cannot close a circle."""
    known = {module for module, path in modules() if imports_of(path)}
    graph = {m: imports_of(p) & known - {m} for m, p in modules()}
    visited: dict[str, str] = {}

    def visit(module: str, way: tuple[str, ...]) -> None:
        assert visited.get(module) != "open", " → ".join((*way, module))
        if module in visited:
            return
        visited[module] = "open"
        for imported in sorted(graph[module]):
            if imported != "tdkt_batch":
                visit(imported, (*way, module))
        visited[module] = "done"

    for module in graph:
        visit(module, ())


def test_no_clock_random_or_environment_below_the_command_line():
    forbidden = {"random", "secrets", "uuid"}
    for module, path in modules():
        if part_of(module) in ("cli", "demo", "__main__", "__init__"):  # it sets up openpyxl
            continue
        assert not forbidden & {i.split(".")[0] for i in imports_of(path)}, module
        text = path.read_text(encoding="utf-8")
        for word in ("datetime.now", "date.today", "time.time(", "os.environ", "getenv"):
            assert word not in text, f"{module}: {word}"
