"""What the log says, as of one moment: acts that count, people who belong, topics and what became of them."""

import json
from collections import defaultdict
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple, Optional

import pandas

from weeks import DAY, Calendar, week_of

WROTE = {"topic_started", "replied", "post_edited"}
LIGHT = {"thanked", "voted"}
OTHER = {"answer_marked", "answer_unmarked", "topic_closed", "topic_reopened"}
CORRECTS = {"post_removed", "post_restored", "thank_withdrawn", "topic_moved"}
TURNS = {"joined": True, "left": False, "account_created": True, "account_reactivated": True,
         "account_deactivated": False}
FORUM = 0


class Act(NamedTuple):
    at: int
    id: int
    verb: str
    who: int
    guest: bool
    department: Optional[int]
    team: bool
    space: int  # where it counts, as the board: a topic that moved took it along
    board: int
    topic: int
    post: int
    about: Optional[int]
    kind: Optional[str]
    day: int
    week: int
    void: bool  # a thank that was withdrawn


class Topic(NamedTuple):
    id: int
    space: int
    kind: str
    starter: int
    team: bool
    at: int
    replied: Optional[tuple]  # when, by the team, by whom
    answered: Optional[tuple]
    ended: Optional[int]
    posts: int
    people: int
    replies7: int
    light7: int
    people7: int
    gap: Optional[int]  # the middle time to the next post by another, rounded down to a microsecond


def table(path):
    """A file as rows of texts; an empty cell is an empty text."""
    return pandas.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def whole(text):
    return int(text) if text else None


BROUGHT = {"topic_brought_in": "topic_started", "reply_brought_in": "replied"}


def as_written_here(rows):
    """What was brought in, as if its authors had written it here, and what put it right; nothing else."""
    author = {row["post"]: row["about"] for row in rows if row["verb"] in BROUGHT}
    every = []
    for row in rows:
        if row["verb"] in BROUGHT:
            said, verb = row["said"], BROUGHT[row["verb"]]
            # A reply is for whoever wrote what it answers, the beginning of a topic for whom it names.
            whom = author.get(row["parent"]) if verb == "replied" else said.get("to")
            every.append(row | {"verb": verb, "actor": row["about"], "actor_kind": "employee", "about": whom,
                                "department": said.get("department"), "role": "member", "source": "page",
                                "said": {"kind": said.get("kind", "discussion")}})
        elif row["verb"] in CORRECTS:
            every.append(row)
    return every


class Input:
    """The files, read once. Of history: of what was brought in, and nothing else."""

    def __init__(self, folder, history=False):
        folder = Path(folder)
        self.history = history
        self.rows = []
        for row in table(folder / "events.csv"):
            for column in ("id", "at", "actor", "department", "space", "topic", "post", "board", "about", "parent"):
                row[column] = whole(row[column])
            row["said"] = json.loads(row["particulars"] or "{}")
            self.rows.append(row)
        self.rows.sort(key=lambda row: (row["at"], row["id"]))
        if history:
            self.rows = as_written_here(self.rows)
        self.kinds = {int(row["id"]): row["kind"] for row in table(folder / "accounts.csv")}
        self.marks = [(int(row["space"]), int(row["account"]), int(row["day"])) for row in table(folder / "seen.csv")]
        made = {int(row["id"]): int(row["created_at"]) for row in table(folder / "spaces.csv")}
        # A board made while its space was young is one of its main ones.
        self.main = {int(row["id"]) for row in table(folder / "boards.csv")
                     if int(row["created_at"]) < made[int(row["space"])] + 28 * DAY}
        # The numbers that the operator set, with the moment since which each version holds; the oldest first.
        self.rules = defaultdict(list)
        for row in table(folder / "rules.csv"):
            self.rules[row["part"]].append((int(row["since"]), json.loads(row["numbers"])))
        [about] = table(folder / "forum.csv")
        self.until = int(about["until"])
        if history:
            self.marks = []
        moments = [row["at"] for row in self.rows] + list(made.values()) + [self.until, int(about["began"] or self.until)]
        self.calendar = Calendar(about["time_zone"], min(moments), max(moments))
        self.turns = defaultdict(lambda: defaultdict(list))
        self.audience = {}
        if history:
            self.began_in_the_past()
            return
        self.launch = {space: self.calendar.week(at) for space, at in made.items()}
        if about["began"]:
            self.launch[FORUM] = self.calendar.week(int(about["began"]))
        # Days are kept for thirteen weeks; longer when nobody has thrown them away yet.
        days = [day for _, _, day in self.marks]
        self.marks_from = min([self.calendar.week(self.until) - 13] + [week_of(day) for day in days])

        member_of = defaultdict(set)
        for row in sorted(self.rows, key=lambda row: row["id"]):
            who, verb = row["about"], row["verb"]
            if verb in TURNS and self.kinds.get(who, "placeholder") != "placeholder":
                turn = (row["at"], TURNS[verb])
                if verb in ("joined", "left"):
                    self.turns[row["space"]][who].append(turn)
                    (member_of[who].add if verb == "joined" else member_of[who].discard)(row["space"])
                    continue
                # An account that ends belongs nowhere; opened again, where it belonged.
                for space in member_of[who]:
                    self.turns[space][who].append(turn)
                if self.kinds[who] == "employee":
                    self.turns[FORUM][who].append(turn)
        for row in sorted(self.rows, key=lambda row: row["id"]):
            if row["verb"] == "audience_counted":
                key = (row["space"] or FORUM, row["said"]["week"])
                self.audience.setdefault(key, row["said"]["people"])

    def began_in_the_past(self):
        """Whoever wrote belongs from then on, where what they wrote is now; nobody else does."""
        self.kinds = dict.fromkeys(self.kinds, "employee")
        self.launch, self.newest, self.marks_from = {}, {}, 0
        for act in World(self, self.until).acts:
            for space in (FORUM, act.space):
                self.launch.setdefault(space, act.week)
                self.newest[space] = act.week
                self.turns[space].setdefault(act.who, [(act.at, True)])

    def rule(self, part, week):
        """What held when the week was due to be sealed; of history what holds now."""
        due = float("inf") if self.history else self.calendar.start(week + 2)
        versions = self.rules[part]
        return [numbers for since, numbers in versions if since < due or since == versions[0][0]][-1]

    def told_of(self, space):
        """The week ends of history: of blocks of four weeks and of quarters, to the block of the last act."""
        begin = self.launch[space]
        ends = range(begin, begin + ((self.newest[space] - begin) // 4 + 1) * 4)
        return [week for week in ends if week < self.calendar.week(self.until)
                and ((week - begin + 1) % 4 == 0 or (week - begin + 1) % 13 == 0)]

    def belongs(self, space, who, before):
        said = [comes for at, comes in self.turns[space].get(who, ()) if at < before]
        return bool(said) and said[-1]

    def came(self, space, who):
        return next((at for at, comes in self.turns[space].get(who, ()) if comes), None)


class World:
    """Everything known at one moment."""

    def __init__(self, given, as_of):
        self.given, self.as_of = given, as_of
        away, moved, withdrawn = {}, {}, {}
        rows = [row for row in given.rows if row["at"] < as_of]
        for row in rows:
            if row["verb"] not in CORRECTS or None in (row["space"], row["topic"], row["post"]):
                continue
            if row["verb"] == "post_removed" and not row["said"].get("by_author"):
                away[row["post"]] = row["at"]
            elif row["verb"] == "post_restored":
                away.pop(row["post"], None)
            elif row["verb"] == "topic_moved":
                moved[row["topic"]] = (row["at"], row["id"], row["space"], row["board"])
            elif row["verb"] == "thank_withdrawn" and row["actor"] is not None:
                withdrawn[row["actor"], row["post"]] = (row["at"], row["id"])
        self.away = away
        every = []
        for row in rows:
            verb, key = row["verb"], (row["at"], row["id"])
            if verb not in WROTE | LIGHT | OTHER or row["source"] == "import":
                continue
            if row["actor_kind"] not in ("employee", "guest"):
                continue
            if None in (row["actor"], row["space"], row["board"], row["topic"], row["post"]):
                continue
            team = row["role"] not in ("member", "none")
            if verb == "post_edited" and (row["role"] != "member" or row["said"].get("by_author") is not False):
                continue
            place = moved.get(row["topic"])
            place = place if place and place[:2] > key else (*key, row["space"], row["board"])
            day = given.calendar.day(row["at"])
            every.append(Act(
                row["at"], row["id"], verb, row["actor"], row["actor_kind"] == "guest", row["department"], team,
                place[2], place[3], row["topic"], row["post"], row["about"], row["said"].get("kind"), day, week_of(day),
                verb == "thanked" and withdrawn.get((row["actor"], row["post"]), key) > key))
        self.acts = [act for act in every if act.post not in away]
        by_topic = defaultdict(list)
        for act in every:
            by_topic[act.topic].append(act)
        self.topics = [topic for topic in map(self.became, by_topic.values()) if topic]

    def became(self, acts):
        start = next((act for act in acts if act.verb == "topic_started"), None)
        if not start or start.post in self.away:
            return None
        there = [act for act in acts if act.post not in self.away]
        posts = [act for act in there if act.verb in ("topic_started", "replied")]
        replies = [act for act in posts if act.verb == "replied" and act.who != start.who]
        long = [act for act in posts if act.at < start.at + 28 * DAY]
        week = start.at + 7 * DAY
        rests = [after.at - act.at for act, after in pairwise(long) if act.who != after.who]
        gap = int(Fraction(median(map(Fraction, rests))) // 1) if rests else None
        light = [act.who for act in there
                 if act.verb in LIGHT and act.at < week and act.who != start.who and not act.void]
        # Solved since the first mark after the last unmarking, by whom the last one says; and the last closing, unless
        # it was opened since.
        unmarked = max(((act.at, act.id) for act in acts if act.verb == "answer_unmarked"), default=(0, 0))
        marks = [act for act in there if act.verb == "answer_marked" and act.about != start.who
                 and (act.at, act.id) > unmarked]
        answered = None
        if marks:
            by_team = any(act.team for act in posts if act.post == marks[-1].post and act[:2] < marks[-1][:2])
            answered = (marks[0].at, by_team)
        doors = [act for act in acts if act.verb in ("topic_closed", "topic_reopened")]
        ends = [doors[-1].at] if doors and doors[-1].verb == "topic_closed" else []
        return Topic(
            start.topic, start.space, start.kind, start.who, start.team, start.at,
            (replies[0].at, replies[0].team, replies[0].who) if replies else None, answered, min(ends, default=None),
            len(long), len({act.who for act in long}),
            sum(act.at < week for act in replies), len(light), len(set(light)), gap)
