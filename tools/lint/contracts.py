"""An import-linter contract that names what a package may import (its own kinds name what not)."""

import sys
from typing import TYPE_CHECKING

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output

if TYPE_CHECKING:
    from importlinter.domain.imports import Module


class AllowedExternals(Contract):
    """The package imports itself, the standard library and the packages in `allowed`, nothing else.

    A dependency that is new to the project is refused without anyone having to list it. Direct
    imports only: what an allowed package imports in its turn is its own affair.
    """

    package = fields.ModuleField()
    allowed = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        """Collect every import that leads out of the package to somewhere not allowed."""
        package: Module = self.package  # type: ignore[assignment]  # parsed by the base class
        allowed: set[str] = self.allowed  # type: ignore[assignment]
        if package.name not in graph.modules:
            raise ValueError(f"Module '{package.name}' does not exist.")
        free = allowed | sys.stdlib_module_names
        inside = {package.name, *graph.find_descendants(package.name)}
        breaches = [
            f"{importer} -> {imported} (l.{details['line_number']})"
            for importer in sorted(inside)
            for imported in sorted(graph.find_modules_directly_imported_by(importer) - inside)
            if imported.partition(".")[0] not in free
            for details in graph.get_import_details(importer=importer, imported=imported)
        ]
        return ContractCheck(kept=not breaches, metadata={"breaches": breaches})

    def render_broken_contract(self, check: ContractCheck) -> None:
        """Print one line for each import that breaks the contract."""
        for breach in check.metadata["breaches"]:
            output.print_error(f"-   {breach}", bold=False)
        output.new_line()
