#!/usr/bin/env python3
"""Counts the published figures of a forum again, from its log, and compares. See README.md."""

import argparse
import sys
from collections import defaultdict
from pathlib import Path

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import stats  # noqa: E402
from forum import Input, World, table, whole  # noqa: E402
from measures import VERSIONS, Limits, Scope  # noqa: E402
from weeks import name, number  # noqa: E402

PRODUCT_DEALS = 10_000
FEW = 5
# Of what was brought in nobody knows accounts, audience, visits, thanks, answers and the team.
HISTORY = {"contributors", "growth", "cohorts", "first-reply", "newcomers-answered", "unanswered", "interaction",
           "concentration", "network", "bridges", "departments"}


def weeks_of_marks(metric, part):
    """How many weeks of day marks a figure needs; none when acts alone decide it."""
    ring = part.removeprefix("raw-").removeprefix("held-").split("-")[0]
    if metric == "stickiness":
        return 4
    if metric == "contributors":
        return {"visited-week": 1, "visited-month": 4}.get(part, 0)
    if metric == "rings" and ring in ("reader", "lapsed", "registered"):
        return 4 if part.startswith("raw-") else 7
    if metric == "ring-flow" and ring not in ("core", "active", "occasional"):
        return 8
    if metric == "ownership" and part in ("regular", "three"):
        return 13
    return 0


def same(told, counted):
    """Values: the same to nine digits, or the same chance."""
    if callable(counted):
        if told is None:
            return False
        limits = Limits()
        first = counted(limits.deals, 1)
        # Of hundreds of weeks one or another lies beyond three standard errors: then ten times as many deals.
        return (stats.near_share(told, first, PRODUCT_DEALS, limits.deals, 3)
                or stats.near_share(told, counted(10 * limits.deals, 2), PRODUCT_DEALS, 10 * limits.deals, 4))
    if told is None or counted is None:
        return told is counted
    # What is nothing in fractions may be a hair beside it in floating point.
    return abs(told - float(counted)) <= max(1e-9 * max(abs(told), abs(float(counted))), 1e-12)


def say(numerator, denominator, value):
    value = value(10_000, 1) if callable(value) else value
    value = "none" if value is None else f"{float(value):.12g}"
    return f"{numerator}/{denominator} = {value}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="events.csv, accounts.csv, seen.csv, spaces.csv, boards.csv, forum.csv")
    parser.add_argument("figures", help="figures of one scope, as a file")
    parser.add_argument("--space", type=int, default=0, help="0 is the whole forum")
    parser.add_argument("--history", action="store_true", help="of what was brought in from elsewhere")
    parser.add_argument("--last", type=int, help="only so many weeks")
    parser.add_argument("--people", type=int, default=10, help="thresholds of the configuration")
    parser.add_argument("--contributors", type=int, default=5)
    parser.add_argument("--top-share", type=int, default=50)
    given = parser.parse_args()
    limits = Limits(given.people, given.contributors, given.top_share)

    log = Input(given.folder, given.history)
    published = defaultdict(dict)
    sealed = {}
    for row in table(given.figures):
        if row["series"] in (("history",) if given.history else ("published", "running")):
            week = number(row["week"])
            published[week][row["metric"], row["part"]] = row
            sealed[week] = whole(row.get("sealed_at")) or log.until
    weeks = sorted(published)[-given.last:] if given.last else sorted(published)

    if given.history and weeks != log.told_of(given.space):
        sys.exit(f"told are {[name(week) for week in weeks]}, not {[name(week) for week in log.told_of(given.space)]}")
    compared, differ, skipped = defaultdict(int), defaultdict(list), defaultdict(lambda: defaultdict(int))
    scopes = {}
    for week in weeks:
        as_of = sealed[week]
        if as_of not in scopes:
            scopes[as_of] = Scope(World(log, as_of), given.space, limits)
        counted = scopes[as_of].figures(week)
        if given.history:
            counted = {key: one for key, one in counted.items() if key[0] in HISTORY and not weeks_of_marks(*key)}
        for metric, part in sorted(published[week].keys() | counted.keys()):
            row, mine = published[week].get((metric, part)), counted.get((metric, part))
            back = weeks_of_marks(metric, part)
            if row and row["suppressed"].lower() in ("1", "true", "t", "yes"):
                skipped[metric]["hidden"] += 1
            elif row and int(row["version"]) != VERSIONS.get(metric, 1):
                skipped[metric]["of another version"] += 1
            elif back and max(week - back + 1, log.launch.get(0, week)) < log.marks_from:
                skipped[metric]["forgotten"] += 1
            elif back and row and not row["numerator"] and not row["value"]:
                skipped[metric]["before visits were kept"] += 1
            else:
                compared[metric] += 1
                theirs = mine and row and (whole(row["numerator"]), whole(row["denominator"]),
                                           float(row["value"]) if row["value"] else None)
                if not (theirs and theirs[:2] == mine[:2] and same(theirs[2], mine[2])
                        and whole(row["people"]) in (None, mine[3])):
                    told = f"{say(*theirs)} of {row['people']}" if theirs else "absent" if mine else "there"
                    ours = f"{say(*mine[:3])} of {mine[3]}" if mine else "absent"
                    differ[metric].append(f"{name(week)} {part or '(whole)'}: published {told}, counted {ours}")

    for metric in sorted(compared.keys() | skipped.keys()):
        left = ", ".join(f"{count} {why}" for why, count in sorted(skipped[metric].items()))
        print(f"{metric:20} {compared[metric]:6} compared {len(differ[metric]):5} differ" + (f"  ({left})" if left else ""))
        for line in differ[metric][:FEW]:
            print(f"    {line}")
    total, wrong = sum(compared.values()), sum(map(len, differ.values()))
    print(f"{len(weeks)} weeks, {total} figures compared, {wrong} differ")
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
