#!/usr/bin/env python3
"""Counts the published figures of a forum again, from its log, and compares. See README.md."""

import argparse
import sys
from pathlib import Path

import pandas

sys.dont_write_bytecode = True
sys.path.insert(0, str(Path(__file__).resolve().parent))
import stats  # noqa: E402
from forum import Input, World, table, whole  # noqa: E402
from measures import VERSIONS, Limits, Scope  # noqa: E402
from weeks import name, number  # noqa: E402

PRODUCT_DEALS = 10_000
FEW = 5
# Of what was brought in nobody knows accounts, audience, visits, thanks, answers and the team.
HISTORY = {"contributors", "growth", "cohorts", "first-reply", "newcomers-answered", "unanswered", "interaction", "pace",
           "survival", "concentration", "network", "brokers", "bridges", "departments"}


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
    if (metric, part) == ("funnel", "here"):
        return 13
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


def say(told):
    numerator, denominator, value, people = told
    value = value(10_000, 1) if callable(value) else value
    value = "none" if value is None else f"{float(value):.12g}"
    return f"{numerator}/{denominator} = {value} of {people}"


def as_told(row):
    """What a line of the file says, as (numerator, denominator, value, people)."""
    return (whole(row["numerator"]), whole(row["denominator"]), float(row["value"]) if row["value"] else None,
            whole(row["people"]))


def equal(theirs, mine):
    return theirs[:2] == mine[:2] and same(theirs[2], mine[2]) and theirs[3] in (None, mine[3])


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", help="events.csv, accounts.csv, seen.csv, spaces.csv, boards.csv, rules.csv, forum.csv")
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
    published = pandas.DataFrame(table(given.figures))
    published = published[published["series"].isin(["history"] if given.history else ["published", "running"])]
    published["week"] = published["week"].map(number)
    weeks = sorted(published["week"].unique())[-(given.last or 0):]
    published = published[published["week"].isin(weeks)]
    if given.history and weeks != log.told_of(given.space):
        sys.exit(f"told are {[name(week) for week in weeks]}, not {[name(week) for week in log.told_of(given.space)]}")

    # A file may say when each week was sealed; then it is counted with what was known at that moment.
    sealed = {row["week"]: whole(row.get("sealed_at")) or log.until for row in published.to_dict("records")}
    hidden = published[published["suppressed"].str.lower().isin(["1", "true", "t", "yes"])]
    scopes, lines = {}, []
    for week in weeks:
        as_of = sealed[week]
        if as_of not in scopes:
            scopes[as_of] = Scope(World(log, as_of), given.space, limits)
        unseen = hidden[hidden["week"] == week]
        told = scopes[as_of].figures(week, set(zip(unseen["metric"], unseen["part"])))
        for (metric, part), mine in told.items():
            if not given.history or metric in HISTORY and not weeks_of_marks(metric, part):
                lines.append((week, metric, part, mine))
    counted = pandas.DataFrame(lines, columns=["week", "metric", "part", "mine"])

    def look(row):
        """What became of a figure: left out with the reason, equal, or how it differs."""
        theirs, mine = row["_merge"] != "right_only", row["_merge"] != "left_only"
        back = weeks_of_marks(row["metric"], row["part"])
        if theirs and row["suppressed"].lower() in ("1", "true", "t", "yes"):
            return "hidden", None
        if theirs and int(row["version"]) != VERSIONS.get(row["metric"], 1):
            return "of another version", None
        if back and max(row["week"] - back + 1, log.launch.get(0, row["week"])) < log.marks_from:
            return "forgotten", None
        if back and theirs and not row["numerator"] and not row["value"]:
            return "before visits were kept", None
        if theirs and mine and equal(as_told(row), row["mine"]):
            return "equal", None
        told = say(as_told(row)) if theirs else "absent"
        ours = say(row["mine"]) if mine else "absent"
        return "differs", f"{name(row['week'])} {row['part'] or '(whole)'}: published {told}, counted {ours}"

    both = published.merge(counted, on=["week", "metric", "part"], how="outer", indicator=True)
    both[["became", "how"]] = both.apply(look, axis=1, result_type="expand")
    for metric, rows in both.groupby("metric"):
        became = rows["became"].value_counts()
        differ, equals = (int(became.pop(word)) if word in became else 0 for word in ("differs", "equal"))
        left = ", ".join(f"{count} {why}" for why, count in sorted(became.items()))
        print(f"{metric:20} {equals + differ:6} compared {differ:5} differ" + (f"  ({left})" if left else ""))
        for line in rows["how"].dropna().head(FEW):
            print(f"    {line}")
    wrong = int((both["became"] == "differs").sum())
    total = wrong + int((both["became"] == "equal").sum())
    print(f"{len(weeks)} weeks, {total} figures compared, {wrong} differ")
    return 1 if wrong or not total else 0


if __name__ == "__main__":
    sys.exit(main())
