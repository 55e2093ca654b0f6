#!/usr/bin/env python3
"""Works out the formulas of a workbook of the business case and compares them with what is kept beside them.

Prints one line for each row of results: its name and the three columns to the cent. A spreadsheet program would do the
same; this one knows only what the workbook uses: references, + - * /, SUM and IF."""

import re
import sys
import zipfile
from xml.etree import ElementTree

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def read(path):
    """Sheets by name: cells by reference, each a formula (with its kept result), a number or a text."""
    book = zipfile.ZipFile(path)
    texts = []
    if "xl/sharedStrings.xml" in book.namelist():
        for item in ElementTree.fromstring(book.read("xl/sharedStrings.xml")):
            texts.append("".join(part.text or "" for part in item.iter(MAIN + "t")))
    targets = {relation.get("Id"): relation.get("Target")
               for relation in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))}
    sheets = {}
    for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(MAIN + "sheet"):
        cells = {}
        for cell in ElementTree.fromstring(book.read("xl/" + targets[sheet.get(RELATION)])).iter(MAIN + "c"):
            formula, value = cell.find(MAIN + "f"), cell.find(MAIN + "v")
            kept = value.text if value is not None else ""
            if formula is not None:
                cells[cell.get("r")] = ("formula", formula.text, kept or "")
            elif cell.get("t") == "s":
                cells[cell.get("r")] = ("text", texts[int(kept)], kept)
            elif kept:
                cells[cell.get("r")] = ("number", float(kept), kept)
        sheets[sheet.get("name")] = cells
    return sheets


class Sheets:
    def __init__(self, sheets):
        self.sheets = sheets

    def value(self, sheet, place):
        kind, content, _ = self.sheets[sheet].get(place, ("number", 0.0, ""))
        return self.work_out(sheet, content) if kind == "formula" else content

    def work_out(self, sheet, formula):
        def span(found):
            column, first, last = found.group(1), int(found.group(2)), int(found.group(4))
            return "(" + "+".join(f"{column}{row}" for row in range(first, last + 1)) + ")"

        python = re.sub(r"SUM\(([A-Z])(\d+):([A-Z])(\d+)\)", span, formula)
        python = re.sub(r"'([^']+)'!([A-Z]\d+)", lambda found: f"cell({found.group(1)!r}, {found.group(2)!r})", python)
        python = re.sub(r"(?<!['\w])([A-Z]\d+)(?!['\w])", lambda found: f"cell({sheet!r}, {found.group(1)!r})", python)
        python = re.sub(r"(?<![<>=])=(?!=)", "==", python)
        # Only the branch that is taken is worked out, as in a spreadsheet.
        while "IF(" in python:
            python = self.choose(python)
        return eval(python, {"__builtins__": {}}, {"cell": self.value})  # noqa: S307

    def choose(self, python):
        start = python.rindex("IF(")
        depth, parts, begin = 1, [], start + 3
        for place in range(start + 3, len(python)):
            sign = python[place]
            depth += (sign == "(") - (sign == ")")
            if (sign == "," and depth == 1) or depth == 0:
                parts.append(python[begin:place])
                begin = place + 1
            if depth == 0:
                condition, yes, no = parts
                return f"{python[:start]}(({yes}) if ({condition}) else ({no})){python[place + 1:]}"
        raise ValueError(python)


def main():
    sheets = read(sys.argv[1])
    inputs, case, moves, years = list(sheets)
    book = Sheets(sheets)
    wrong = 0
    for sheet in (case, moves, years):
        for place, (kind, _, kept) in sheets[sheet].items():
            if kind != "formula":
                continue
            worked = book.value(sheet, place)
            same = kept == worked if isinstance(worked, str) else kept != "–" and abs(worked - float(kept)) < 0.005
            if not same:
                wrong += 1
                print(f"{sheet} {place}: worked out {worked}, kept {kept}", file=sys.stderr)
    many = sum(1 for place in sheets[inputs] if place[0] == "A") - 1
    row = many + 3
    while f"A{row}" in sheets[case]:
        name = sheets[case][f"A{row}"][1]
        values = [book.value(case, f"{column}{row}") for column in "BCD"]
        print("\t".join([name] + ["" if isinstance(value, str) else f"{value:.2f}" for value in values]))
        row += 1
    # What the other two sheets come to: what each input moves, and every half year.
    place = 2
    while f"A{place}" in sheets[moves]:
        ends = [f"{book.value(moves, f'{column}{place}'):.2f}" for column in "DE"]
        print("\t".join(["moves", sheets[moves][f"A{place}"][1], *ends]))
        place += 1
    for month in range(6, 37, 6):
        print("\t".join(["month", str(month)] + [f"{book.value(years, f'{column}{month + 2}'):.2f}" for column in "CDE"]))
    print(f"today\t{book.value(years, 'B41'):.2f}")
    return 1 if wrong or row == many + 3 or place == 2 else 0


if __name__ == "__main__":
    sys.exit(main())
