"""Every metric, from its definition. A figure is (numerator, denominator, value, people)."""

from collections import Counter, defaultdict
from fractions import Fraction
from math import log2, prod
from statistics import median
from typing import NamedTuple

import stats
from forum import FORUM, LIGHT, WROTE
from weeks import DAY, HOUR, monday, works

RINGS = ["registered", "lapsed", "reader", "occasional", "active", "core"]
WEIGHT = {"core": 100, "active": 49, "occasional": 16, "reader": 1, "lapsed": 0, "registered": 0}
KINDS = ["discussion", "question", "case", "announcement", "introduction"]
HOURS = [0.25, 0.5, 1, 2, 4, 8, 12, 24, 36, 48, 72, 96, 120, 168]
GUESTS, OTHERS = "guests", "others"
FIVE = 5  # of a kind count on one day
VERSIONS = {"stickiness": 3, "contributors": 3, "rings": 2, "ring-flow": 2, "content-yield": 3, "cohorts": 3,
            "departments": 2, "first-reply": 4, "solution": 3, "peer-answers": 3, "newcomers-answered": 3,
            "unanswered": 2, "interaction": 2, "concentration": 2, "bridges": 2, "liveliness": 2, "member-activity": 2,
            "health-index": 3}


class Limits(NamedTuple):
    people: int = 10
    contributors: int = 5
    top_share: int = 50
    deals: int = 4000


class Look(NamedTuple):
    """People and ties at the end of a week."""

    people: set
    team: set  # whose last act of 13 weeks was one of the team
    group: dict
    arrows: Counter  # from, to: replies of 13 weeks, without the team
    ties: list
    ring: dict


class Scope:
    """One space, or the whole forum."""

    def __init__(self, world, space, limits):
        self.world, self.given, self.space, self.limits = world, world.given, space, limits
        self.calendar = world.given.calendar
        self.launch = world.given.launch[space]
        self.wrote = defaultdict(Counter)  # week -> who -> contributions, not as the team
        self.light = defaultdict(Counter)
        self.here = defaultdict(lambda: defaultdict(set))  # week -> who -> days
        self.arrows = defaultdict(Counter)
        self.on_day = defaultdict(set)  # day -> who contributed, not as the team
        self.first = {}
        self.last = defaultdict(dict)  # week -> who -> (department, guest, team)
        self.looks = {}
        self.posts = defaultdict(Counter)  # week, by the team -> space -> topics and replies
        self.others = None
        self.acts = []
        said, told = defaultdict(dict), defaultdict(set)
        counted = ("employee", None) if space == FORUM else ("employee", "guest", None)
        for act in world.acts:
            # Guests are counted in their spaces only.
            if space not in (FORUM, act.space) or (space == FORUM and act.guest):
                continue
            self.acts.append(act)
            if act.verb in WROTE:
                self.posts[act.week, act.team][act.space] += 1
            if act.verb in WROTE and not act.team:
                self.wrote[act.week][act.who] += 1
                self.on_day[act.day].add(act.who)
                self.first.setdefault(act.who, act.at)
            elif act.verb in LIGHT and not act.void:
                self.light[act.week][act.who] += 1
            if not act.void:
                self.here[act.week][act.who].add(act.day)
            if act.verb in WROTE | LIGHT and not act.void:
                told[act.week].add(act.who)
            before = said[act.week].get(act.who, (None,))
            department = before[0] if act.department is None else act.department
            said[act.week][act.who] = (department, act.guest, act.team)
            # Whoever marks an answer says that it was for them.
            pair = {"replied": (act.who, act.about), "answer_marked": (act.about, act.who)}.get(act.verb)
            if self.given.history and act.verb == "topic_started":
                pair = (act.who, act.about)
            if pair and act.about not in (None, act.who) and self.given.kinds.get(act.about) in counted:
                self.arrows[act.week][pair] += 1
        for week, all_told in told.items():
            self.last[week] = {who: said[week][who] for who in all_told}
        for where, who, day in self.given.marks:
            if where == space:
                self.here[(day - 4) // 7][who].add(day)
        self.topics = [topic for topic in world.topics
                       if (topic.starter in self.given.turns[FORUM] if space == FORUM else space == topic.space)]

    # People and windows.

    def belonging(self, before):
        return {who for who in self.given.turns[self.space] if self.given.belongs(self.space, who, before)}

    def sums(self, table, week, weeks):
        """Of each, in the last so many weeks."""
        all_weeks = Counter()
        for then in range(week - weeks + 1, week + 1):
            if then in table:
                all_weeks.update(table[then])
        return all_weeks

    def weeks_written(self, week, weeks):
        return Counter(who for then in range(week - weeks + 1, week + 1) for who in self.wrote.get(then, ()))

    def writers(self, week, weeks):
        return set(self.weeks_written(week, weeks))

    def days(self, week, weeks):
        days = defaultdict(set)
        for then in range(week - weeks + 1, week + 1):
            for who, seen in self.here.get(then, {}).items():
                days[who] |= seen
        return days

    def had_written(self, before):
        return {who for who, at in self.first.items() if at < before}

    def look(self, week):
        if week not in self.looks:
            self.looks[week] = self.make_look(week)
        return self.looks[week]

    def make_look(self, week):
        end = self.calendar.end(week)
        last = {}
        for then in range(week - 12, week + 1):
            for who, (department, guest, team) in self.last.get(then, {}).items():
                before = last.get(who, (None,))[0]
                last[who] = (before if department is None else department, guest, team)
        team = {who for who, one in last.items() if one[2]}
        group = {who: GUESTS if guest else department for who, (department, guest, _) in last.items()
                 if guest or department is not None}
        arrows = Counter({pair: times for pair, times in self.sums(self.arrows, week, 13).items()
                          if not team & set(pair)})
        met = Counter()
        for (one, other), times in arrows.items():
            met[min(one, other), max(one, other)] += times
        ties = sorted(pair for pair, times in met.items() if times >= 2)
        partners = Counter(who for pair in met for who in pair)
        core = stats.cores(ties)

        age = week - self.launch + 1
        written, lately = self.weeks_written(week, 13), self.weeks_written(week, 4)
        weeks = 9 if age >= 13 else max(3, -(-7 * age // 10))
        friends = min(5, -(-3 * max(len(written) - 1, 0) // 10))
        depth = min(3, max(core.values(), default=0))
        light, days, ever = self.sums(self.light, week, 13), self.days(week, 4), self.had_written(end)
        people = self.belonging(end)
        ring = {}
        for who in people - team:
            if written[who] >= weeks and partners[who] >= friends and core.get(who, 0) >= depth:
                ring[who] = "core"
            elif lately[who] >= 2:
                ring[who] = "active"
            elif written[who] or light[who] >= 3:
                ring[who] = "occasional"
            elif days.get(who):
                ring[who] = "reader"
            else:
                ring[who] = "lapsed" if who in ever else "registered"
        return Look(people, team, group, arrows, ties, ring)

    def newcomer(self, topic):
        came = self.given.came(self.space, topic.starter)
        first = self.first.get(topic.starter)
        return (came is not None and topic.at < came + 30 * DAY) or first is None or topic.at <= first

    # Figures of one week.

    def shows_totals(self, week):
        now = self.look(week)
        return self.passes(len(now.ring), list(self.sums(self.wrote, week, 13).values()))

    def passes(self, people, volumes):
        return (people >= max(5, self.limits.people) and sum(volume > 0 for volume in volumes) >= self.limits.contributors
                and 100 * max(volumes, default=0) <= self.limits.top_share * sum(volumes))

    def shown(self, week):
        """The spaces that sums are made of: of the forum those whose own totals are shown."""
        if self.space != FORUM:
            return {self.space}
        if self.others is None:
            self.others = [Scope(self.world, space, self.limits) for space in self.given.launch if space != FORUM]
        return {other.space for other in self.others if other.launch <= week and other.shows_totals(week)}

    def written(self, weeks, team):
        """Topics and replies of the last so many weeks, in the spaces that are shown."""
        return sum(count for then in range(self.week - weeks + 1, self.week + 1)
                   for space, count in self.posts[then, team].items() if space in self.summed)

    def figures(self, week, hidden=frozenset()):
        """All of a week. What was published as hidden is told, because the index is made of what is shown."""
        self.week, self.start, self.end = week, self.calendar.start(week), self.calendar.end(week)
        self.age = week - self.launch + 1
        self.now = self.look(week)
        self.people = self.now.people
        self.summed = self.shown(week)
        self.hours, self.index = self.given.rule("hours", week), self.given.rule("index", week)
        counted = self.given.audience.get((self.space, week))
        self.audience = max(counted or 0, len(self.people))
        self.told = {}
        for measure in (self.members, self.contributors, self.rings, self.flow, self.growth, self.rates,
                        self.activation, self.replies, self.conversations, self.member_activity, self.spread,
                        self.network, self.bridges, self.departments, self.ownership, self.funnel, self.bursts,
                        self.brokers):
            measure()
        self.health_index(hidden)
        return self.told

    def put(self, metric, part, numerator=None, denominator=None, value=None, people=None):
        self.told[metric, part] = (numerator, denominator, value, len(self.now.ring) if people is None else people)

    def count(self, metric, part, count):
        self.put(metric, part, count, None, count)

    def share(self, metric, part, of, whole, people=None):
        self.put(metric, part, of, whole, Fraction(of, whole) if whole else None, people)

    def members(self):
        self.count("audience", "", self.audience)
        self.share("adoption", "", len(self.people), self.audience)
        came = [self.given.came(self.space, who) for who in self.people]
        self.count("adoption", "new-members", sum(self.start <= at < self.end for at in came))
        ever = self.people & self.had_written(self.end)
        self.share("active-share", "", len(self.people & self.writers(self.week, 4)), self.audience)
        self.share("active-share", "ever", len(ever), self.audience)
        self.share("active-share", "core", list(self.now.ring.values()).count("core"), self.audience)

    def contributors(self):
        def put(part, people):
            self.count("contributors", part, len(people))

        put("week", self.people & self.writers(self.week, 1))
        put("month", self.people & self.writers(self.week, 4))
        put("visited-week", self.people & set(self.days(self.week, 1)))
        month = {who: days for who, days in self.days(self.week, 4).items() if who in self.people}
        if self.age % 4 == 0:
            put("visited-month", month)
            working = {day for day in range(monday(self.week - 3), monday(self.week + 1)) if works(self.hours, day)}
            here = sum(len(days & working) for days in month.values())
            self.share("stickiness", "", here, len(working) * len(month))
        put("new", (self.had_written(self.end) - self.had_written(self.start)) & self.people)
        put("inactive", self.people & self.had_written(self.end) - self.writers(self.week, 13))
        self.count("contributors", "contributions", self.written(1, False))

    def rings(self):
        # Drawn is the innermost ring of the last four week ends.
        drawn = dict(self.now.ring)
        for then in range(max(self.week - 3, self.launch), self.week):
            for who, ring in self.look(then).ring.items():
                if who in drawn:
                    drawn[who] = max(ring, drawn[who], key=RINGS.index)
        for name, rings in (("raw", self.now.ring), ("held", drawn)):
            count = Counter(rings.values())
            for ring in RINGS[3:]:
                self.count("rings", f"{name}-{ring}", count[ring])
            self.count("rings", f"{name}-quiet", sum(count[ring] for ring in RINGS[:3]))
            for ring in RINGS[:3] if self.age % 4 == 0 else []:
                self.count("rings", f"{name}-{ring}", count[ring])
        self.count("rings", "team", len(self.people & self.now.team))
        self.count("rings", "not-here-yet", self.audience - len(self.people))

    def flow(self):
        if self.age % 4 or self.week - 4 < self.launch or not self.look(self.week - 4).ring:
            return
        now, before = self.now.ring, self.look(self.week - 4).ring
        ways = ("up", "stayed", "down")
        moves = Counter(dict.fromkeys([*ways, *(f"{ring}-{way}" for ring in RINGS for way in ways)], 0))
        for who in now.keys() & before.keys():
            step = RINGS.index(now[who]) - RINGS.index(before[who])
            way = "up" if step > 0 else "down" if step < 0 else "stayed"
            moves[way] += 1
            moves[f"{now[who]}-{way}"] += 1
        for part, moved in moves.items():
            self.count("ring-flow", part, moved)
        change = sum(WEIGHT[ring] for ring in now.values()) - sum(WEIGHT[ring] for ring in before.values())
        self.put("ring-flow", "gravity", change, len(now), Fraction(change, len(now)) if now else None)

    def growth(self):
        if self.age % 4:
            return
        begin = self.calendar.start(self.week - 3)
        now = self.people & self.writers(self.week, 4)
        before = self.writers(self.week - 4, 4) & self.belonging(begin)
        ever = self.had_written(begin)
        new, back = now - ever, (now & ever) - before
        stopped = before - now
        for part, people in {"active": now, "new": new, "stayed": now & before, "back": back, "churned": stopped,
                             "left": stopped - self.people}.items():
            self.count("growth", part, len(people))
        self.share("growth", "quick-ratio", len(new) + len(back), len(stopped))
        self.share("growth", "retention", len(now & before), len(before))
        cohorts = defaultdict(set)
        for who in self.had_written(self.end):
            cohorts[(self.calendar.week(self.first[who]) - self.launch) // 4].add(who)
        for block in sorted(cohorts.keys() | set(range(self.age // 4))):
            cohort = cohorts[block]
            part = f"{block}:{self.age // 4 - 1 - block}"
            self.share("cohorts", part, len(cohort & now), len(cohort), len(cohort))

    def rates(self):
        if self.age < 2:
            return
        ever = self.had_written(self.start) & self.belonging(self.start)
        stays = ever & self.people
        now, before = self.writers(self.week, 4), self.writers(self.week - 1, 4)
        active, silent = stays & before, stays - before
        new = (self.had_written(self.end) - self.had_written(self.start)) & self.people
        self.share("rates", "new", len(new), self.audience - len(stays))
        self.share("rates", "silent", len(active - now), len(active))
        self.share("rates", "back", len(silent & now), len(silent))
        self.share("rates", "left", len(ever - stays), len(ever))

    def activation(self):
        ready = self.end - 14 * DAY
        came = {who: self.given.came(self.space, who) for who in self.people}
        fresh = {who: at for who, at in came.items() if ready - 91 * DAY <= at < self.end}
        first = {who: at for who, at in self.first.items() if at < self.end}
        over = {who: at for who, at in fresh.items() if at < ready}
        quick = sum(who in first and first[who] < at + 14 * DAY for who, at in over.items())
        self.share("activation", "", quick, len(over))
        waits = [(max(0, first.get(who, self.end) - at), who in first) for who, at in fresh.items()]
        median = stats.Waiting(waits).until(Fraction(1, 2)) if waits else None
        self.put("activation", "median-days", value=None if median is None else median / DAY)

        # Who wrote for the first time two to nearly four months ago, and again in the second month.
        began = {who: self.calendar.week(self.first[who]) for who in self.people if who in first}
        began = {who: week for who, week in began.items() if self.week - 15 <= week <= self.week - 8}
        again = sum(any(who in self.wrote.get(then, ()) for then in range(week + 5, week + 9))
                    for who, week in began.items())
        self.share("survival", "", again, len(began))

    def started(self, weeks):
        """Topics of the last so many weeks."""
        return [topic for topic in self.topics if self.calendar.start(self.week - weeks + 1) <= topic.at < self.end]

    def asked(self, weeks):
        """The same in the spaces that sums are made of."""
        return [topic for topic in self.started(weeks) if topic.space in self.summed]

    def enough(self, topics):
        """Of the forum those of spaces where five people at least began them."""
        began = defaultdict(set)
        for topic in topics:
            began[topic.space].add(topic.starter)
        return [topic for topic in topics if self.space != FORUM or len(began[topic.space]) >= 5]

    def by_end(self, told):
        """What was so when the week ended."""
        return told if told and told[0] < self.end else None

    def replies(self):
        quarter = self.asked(13)
        members = [topic for topic in quarter if not topic.team]
        questions = [topic for topic in members if topic.kind == "question"]
        waiting = self.enough([topic for topic in members if topic.kind == "question" or self.newcomer(topic)])

        def wait(topic, told, over):
            ended = self.end if topic.ended is None else min(topic.ended, self.end)
            done = self.by_end(told)
            if done and (done[0] <= ended or not over):
                # Of what was brought in a clock may say that the reply was first.
                return max(0, done[0] - topic.at), True
            return max(0, ended - topic.at), False

        # Time to first response.
        waits = [wait(topic, topic.replied, True) for topic in waiting]
        curve = stats.Waiting(waits) if waits else None

        def hours(part, told, unit=HOUR):
            self.put("first-reply", part, value=None if told is None else told / unit)

        self.count("first-reply", "topics", len(waits))
        self.count("first-reply", "open", sum(not done for _, done in waits))
        hours("", curve and curve.until(Fraction(1, 2)))
        hours("p90", curve and curve.until(Fraction(9, 10)))
        hours("rmst-72", curve and curve.area(72 * HOUR))
        for limit in HOURS:
            hours(f"waiting-{limit:06.2f}", curve and curve.still(int(limit * HOUR)), 1)
        known = quick = 0
        for topic in waiting:
            if topic.kind == "question":
                done = self.by_end(topic.replied)
                late = self.calendar.office(self.hours, topic.at, done[0] if done else self.end) > 8 * HOUR
                closed = not done and topic.ended is not None and topic.ended < self.end
                old = self.calendar.office(self.hours, topic.at, self.end) > 8 * HOUR and not closed
                known += old
                quick += bool(old and done and not late)
        self.share("first-reply", "8-working-hours", quick, known)

        # Newcomers, silence, solutions, peers.
        for part, limit in (("", 24 * HOUR), ("72-hours", 72 * HOUR)):
            old = self.enough([topic for topic in members if self.newcomer(topic) and topic.at + limit <= self.end])
            answered = sum(bool(topic.replied) and topic.replied[0] <= topic.at + limit for topic in old)
            self.share("newcomers-answered", part, answered, len(old))
        old = [topic for topic in self.asked(4) if not topic.team and topic.at + 72 * HOUR < self.end]
        self.share("unanswered", "", sum(not self.by_end(topic.replied) for topic in old), len(old))
        waits = [wait(topic, topic.answered, False) for topic in questions]
        median = stats.Waiting(waits).until(Fraction(1, 2)) if waits else None
        self.share("solution", "answered", sum(done for _, done in waits), len(waits))
        self.put("solution", "", value=None if median is None else median / DAY)
        by_team = [told[1] for told in (self.by_end(topic.answered) or self.by_end(topic.replied)
                                        for topic in questions) if told]
        self.share("peer-answers", "", by_team.count(False), len(by_team))
        cases = sum(topic.kind == "case" for topic in members)
        self.share("practice", "", cases + by_team.count(False), len(members))

    def conversations(self):
        border = self.calendar.end(self.week - 4)
        talks = [topic for topic in self.asked(17) if topic.at < border and topic.people > 1]
        worth = [(topic.people - 1) * log2(1 + topic.posts / topic.people) for topic in talks]
        self.put("interaction", "", value=sum(worth) / len(worth) if worth else None)
        self.count("interaction", "topics", len(worth))
        gaps = [topic.gap for topic in self.enough([topic for topic in self.asked(17)
                                                    if topic.at < border and topic.gap is not None])]
        self.put("pace", "", value=median(map(Fraction, gaps)) / HOUR if gaps else None)
        self.count("pace", "topics", len(gaps))
        old = [topic for topic in self.asked(13) if topic.at + 7 * DAY <= self.end]
        began = [topic for topic in old if topic.replies7 or (topic.light7 >= 3 and topic.people7 >= 2)]
        self.share("content-yield", "", len(began), len(old))
        for kind in KINDS:
            of_kind = [topic for topic in old if topic.kind == kind]
            self.share("content-yield", kind, sum(topic in began for topic in of_kind), len(of_kind))

    def member_activity(self):
        if self.age % 4:
            return
        for weeks in (4, 13):
            members = self.written(weeks, False)
            every = members + self.written(weeks, True)
            if every >= 50:
                break
        self.share("member-activity", "", members, every)
        self.put("member-activity", "surely", value=stats.surely(members, every) if every else None)

    def spread(self):
        volumes = self.sums(self.wrote, self.week, 13)
        members, team = self.written(13, False), self.written(13, True)
        self.share("liveliness", "", members + team, min(self.age, 13))
        self.share("liveliness", "members", members, members + team)
        few = stats.half_by(volumes.values())
        if few is None:
            self.put("concentration", "")
        else:
            self.put("concentration", "", few, len(volumes), few)
        self.put("concentration", "gini", value=stats.gini(list(volumes.values())))
        self.count("concentration", "contributors", len(volumes))
        if volumes:
            many = stats.by_part(volumes.values())
            for part, people in zip(("four-fifths", "next", "rest"), many):
                self.share("concentration", part, people, len(volumes))
        departments = Counter()
        for who, volume in volumes.items():
            if who in self.now.group:
                departments[self.now.group[who]] += volume
        few = stats.half_by(departments.values())
        self.put("concentration", "departments", few or 0, len(departments), few)

    def network(self):
        arrows, ties = self.now.arrows, self.now.ties
        pairs, both, density = stats.net(arrows, ties)
        self.share("network", "reciprocity", both.number_of_edges(), pairs.number_of_edges())
        self.put("network", "density", len(ties), len(pairs), density if len(pairs) > 1 else None)
        self.count("network", "depth", max(stats.cores(ties).values(), default=0))
        volumes = self.writers(self.week, 13) - self.now.team
        met = {who for who, times in both.degree() if times}
        self.share("network", "isolates", len(volumes - met), len(volumes))

    def bridges(self):
        group = self.now.group
        ties = [tie for tie in self.now.ties if tie[0] in group and tie[1] in group]
        across = [tie for tie in ties if group[tie[0]] != group[tie[1]]]
        self.share("bridges", "across", len(across), len(ties))
        self.count("bridges", "participants", len({who for tie in ties for who in tie}))
        enough = len(ties) >= 5
        ei, chance, index = stats.openness(ties, group) if enough else (None, None, None)
        self.put("bridges", "ei", value=ei)
        self.put("bridges", "ei-expected", value=chance)
        self.put("bridges", "", value=index)
        deals = lambda many, seed: stats.dealt(ties, group, many, seed)  # noqa: E731
        self.put("bridges", "p", value=deals if enough else None)
        met = {when: set() for when in ("lately", "before")}
        for then in range(self.week - 16, self.week + 1):
            for one, other in self.arrows.get(then, ()):
                if {one, other} <= group.keys() - self.now.team and group[one] != group[other]:
                    met["lately" if then > self.week - 4 else "before"].add(frozenset((one, other)))
        self.share("bridges", "new", len(met["lately"] - met["before"]), len(met["lately"]))
        carried = Counter(who for tie in across for who in tie)
        few = stats.half_by(carried.values())
        self.put("bridges", "carried-by", few or 0, len(carried), few)

    def departments(self):
        if self.age % 13:
            return
        volumes, written = defaultdict(list), self.sums(self.wrote, self.week, 13)
        for who, group in self.now.group.items():
            if who not in self.now.team:
                volumes[group].append(written[who])

        shown = {group for group, all_of_it in volumes.items() if self.passes(len(all_of_it), all_of_it)}
        place = {who: group if group in shown else OTHERS for who, group in self.now.group.items()}
        pairs = [(one, other) for one, other in self.now.arrows if one in place and other in place]
        cells, rows, columns = Counter(), Counter(), Counter()
        for one, other in pairs:
            cells[place[one], place[other]] += 1
            rows[place[one]] += 1
            columns[place[other]] += 1
        for (a, b), times in cells.items():
            ends = {who for pair in pairs if (place[pair[0]], place[pair[1]]) == (a, b) for who in pair}
            self.put("departments", f"{a}>{b}", times, None, Fraction(times * len(pairs), rows[a] * columns[b]),
                     len(ends))

    def funnel(self):
        if self.age % 13 or self.age < 26:
            return
        came = {who for who in self.now.ring
                if self.week - 26 < self.calendar.week(self.given.came(self.space, who)) <= self.week - 13}
        here, wrote = came & set(self.days(self.week, 13)), came & self.writers(self.week, 13)
        weeks = self.weeks_written(self.week, 13)
        again = {who for who in wrote if weeks[who] >= 2}
        self.count("funnel", "came", len(came))
        self.share("funnel", "here", len(here), len(came))
        self.share("funnel", "wrote", len(wrote), len(came))
        self.share("funnel", "again", len(again), len(wrote))
        self.share("funnel", "core", sum(self.now.ring[who] == "core" for who in came), len(again))

    def bursts(self):
        if self.age % 4:
            return
        working = [day for day in range(monday(self.week - 7), monday(self.week + 1)) if works(self.hours, day)]
        many = {day: len(self.on_day.get(day, ())) for day in working}
        judged = [day for day in working if day >= monday(self.week - 3)]
        self.share("bursts", "a-day", sum(many[day] for day in judged), len(judged))
        if self.age >= 8:
            loud = [day for day in judged if many[day] >= 5
                    and stats.stands_out(many[day], [many[then] for then in working if day - 28 <= then < day])]
            self.share("bursts", "", len(loud), len(judged))

    def brokers(self):
        if self.age % 4:
            return
        through = [between for between in stats.between(self.now.ties) if between > 1e-9]
        few = stats.half_by(through, 1e-9)
        self.put("brokers", "", few or 0, len(through), few)
        self.share("brokers", "between", len(through), len({who for tie in self.now.ties for who in tie}))

    def ownership(self):
        if self.age % 13:
            return
        who = (self.people & self.writers(self.week, 13)) - self.now.team
        shown = self.signals(who)
        for part, people in shown.items():
            self.share("ownership", part, len(people), len(who), len(who))
        times = Counter(one for people in shown.values() for one in people)
        self.share("ownership", "three", sum(many >= 3 for many in times.values()), len(who), len(who))

    def health_index(self, hidden):
        if self.age % 4:
            return
        scores = {}
        for factor, (key, turn) in self.factors().items():
            floor, target = self.index[factor]
            numerator, _, value, _ = self.told[key]
            scores[factor] = None
            if key not in hidden and value is not None:
                span = (float(turn(value)) - floor) / (target - floor)
                scores[factor] = 100 * min(1.0, max(0.0, span))
        order = ("growth", "useful", "responsive", "interactive", "lively", "bridging")
        weights = dict(zip(order, self.index.get("weights", [1.0] * len(order))))
        known = {factor: score for factor, score in scores.items() if score is not None}
        lively = ("liveliness", "")
        enough = len(known) >= 5 and lively not in hidden and self.told[lively][0] >= 100
        mean = prod(max(score, 1) ** (weights[factor] / sum(weights[one] for one in known)) for factor, score in known.items())
        self.put("health-index", "", value=mean if enough else None)
        for factor, score in scores.items():
            self.put("health-index", factor, value=score)

    def factors(self):
        """From which figure each is taken, and how it is turned."""
        spaces = max(1, len(self.summed))
        as_it_is = lambda value: value  # noqa: E731
        return {
            "growth": (("growth", "quick-ratio"), as_it_is),
            "useful": (("content-yield", ""), as_it_is),
            "responsive": (("first-reply", "waiting-024.00"), lambda waiting: 1 - waiting),
            "interactive": (("interaction", ""), as_it_is),
            "lively": (("liveliness", ""), lambda posts: posts / spaces),
            "bridging": (("bridges", ""), as_it_is),
        }

    def signals(self, who):
        """Who of these shows which signal, in the quarter that ends with the week."""
        acts = [act for act in self.acts if self.week - 13 < act.week <= self.week]
        known = {topic.id: topic for topic in self.started(17)}
        wrote, times = defaultdict(list), Counter()
        for act in acts:
            if act.verb in WROTE and not act.team:
                times[act.who, act.verb, act.day] += 1
                if times[act.who, act.verb, act.day] <= FIVE:
                    wrote[act.who].append(act)

        welcomed = Counter(topic.replied[2] for topic in self.started(13)
                           if self.newcomer(topic) and self.by_end(topic.replied) and not topic.replied[1])
        # Thanked by whom of which department; and the last mark of each topic, unless it was taken back.
        thanks, marked = defaultdict(list), {}
        for act in acts:
            if act.verb == "thanked" and not act.void:
                thanks[act.post].append(act)
            elif act.verb == "answer_marked":
                marked[act.topic] = act.post
            elif act.verb == "answer_unmarked":
                marked.pop(act.topic, None)

        def from_afar(answer):
            return any(thank.who != answer.who and None not in (home(thank), home(answer))
                       and home(thank) != home(answer) for thank in thanks[answer.post])

        shown = {part: set() for part in ("owner", "knowledge", "beyond", "interested", "regular")}
        for one in who:
            mine = wrote[one]
            replies = [act for act in mine if act.verb == "replied"]
            edited = {act.post for act in mine if act.verb == "post_edited"}
            cases = sum(act.verb == "topic_started" and act.kind == "case" for act in mine)
            boards = Counter(act.board for act in mine)
            others = {act.about for act in replies} - {None, one}
            in_known = [act for act in replies if act.topic in known]
            elsewhere = [act for act in in_known if known[act.topic].starter != one]

            asked, answers = Counter(), []
            for act in elsewhere:
                topic = known[act.topic]
                asked[topic.starter, act.week] += topic.kind == "question"
                if topic.kind == "question" and asked[topic.starter, act.week] <= 3:
                    answers.append(act)
            solved = [act for act in answers if marked.get(act.topic) == act.post]
            useful = [act for act in answers if act in solved or from_afar(act)]

            # Half of what is wanted, in whole numbers. exp(-sum p ln p) of two is n^n of 2^n times all k^k.
            n, even = boards.total(), prod(k ** k for k in boards.values())
            told = {
                "owner": welcomed[one] and edited and welcomed[one] + len(edited) >= 3,
                "knowledge": len(useful) + 2 * len(solved) + 2 * cases >= 4,
                "beyond": n >= 5 and not boards.keys() <= self.given.main and n ** n >= 2 ** n * even,
                "interested": in_known and 2 * min(8, len(others)) * min(len(in_known), 2 * len(elsewhere))
                              >= 8 * len(in_known),
                "regular": sum(one in self.here.get(then, ()) for then in range(self.week - 12, self.week + 1)) >= 9,
            }
            for part, there in told.items():
                if there:
                    shown[part].add(one)
        return shown


def home(act):
    """The department somebody acted as of; guests are one."""
    return GUESTS if act.guest else act.department
