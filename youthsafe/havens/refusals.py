"""Why an import cannot be taken: where, which field, what is wrong, and how to mend it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Refusal:
    """One thing to mend. `line` is a line of a CSV file, or the number of a GeoJSON feature; 0 is the whole file."""

    line: int
    field: str
    what: str
    fix: str

    def told(self, unit: str) -> str:
        """Return one line for a person; `unit` is `line` or `feature`."""
        where = f"{unit} {self.line}" if self.line else "the file"
        return f"{where}: {f'{self.field}: ' if self.field else ''}{self.what} — {self.fix}"
