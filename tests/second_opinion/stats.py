"""The few pieces of statistics: exact where they can be, so that rounding decides nothing; nets are networkx's."""

import math
from collections import Counter
from fractions import Fraction
from statistics import NormalDist

import networkx
import numpy


class Waiting:
    """Kaplan and Meier, in fractions and whole microseconds. Waits are pairs (how long, whether it ended)."""

    def __init__(self, waits):
        self.longest = max(wait for wait, _ in waits)
        ended = Counter(wait for wait, done in waits if done)
        self.drops, still = [], Fraction(1)
        for moment in sorted(ended):
            at_risk = sum(1 for wait, _ in waits if wait >= moment)
            still *= 1 - Fraction(ended[moment], at_risk)
            self.drops.append((moment, still))

    def until(self, part):
        """When this part of all has ended; none when the curve never falls so far."""
        return next((moment for moment, still in self.drops if still <= 1 - part), None)

    def seen(self, moment):
        return moment <= self.longest or (self.drops and self.drops[-1][1] == 0)

    def still(self, moment):
        if not self.seen(moment):
            return None
        return min((still for at, still in self.drops if at <= moment), default=Fraction(1))

    def area(self, limit):
        if not self.seen(limit):
            return None
        corners = [(0, Fraction(1))] + [drop for drop in self.drops if drop[0] < limit] + [(limit, 0)]
        return sum(still * (after - at) for (at, still), (after, _) in zip(corners, corners[1:]))


def half_by(volumes, hair=0):
    """The fewest whose sum is at least half of the whole; none of nothing. Of fractions, but for a hair."""
    volumes = list(volumes)
    whole = sum(volumes)
    reached = 0
    for few, volume in enumerate(sorted(volumes, reverse=True), 1):
        reached += volume
        if whole and 2 * reached >= whole - hair:
            return few
    return None


def by_part(volumes):
    """How many make the first four fifths, how many what is left up to nineteen twentieths, and how many the rest."""
    whole, reached, parts = sum(volumes), 0, [0, 0, 0]
    for volume in sorted(volumes, reverse=True):
        # Whoever begins beyond a border is of the next part.
        parts[(5 * reached >= 4 * whole) + (20 * reached >= 19 * whole)] += 1
        reached += volume
    return parts


def gini(volumes):
    """As the mean difference of all pairs over twice the mean: another way to the same number."""
    whole, n = sum(volumes), len(volumes)
    if not whole:
        return None
    seen = Counter(volumes)
    spread = sum(a * b * abs(x - y) for x, a in seen.items() for y, b in seen.items())
    return Fraction(spread, 2 * n * whole)


def cores(ties):
    """Core numbers, as networkx has them."""
    return networkx.core_number(networkx.Graph(list(ties)))


def net(arrows, ties):
    """Who replied to whom as an undirected net, the part of it that goes both ways, and how dense the ties are in it."""
    directed = networkx.DiGraph(list(arrows))
    dense = networkx.Graph(list(ties))
    dense.add_nodes_from(directed)
    return directed.to_undirected(), directed.to_undirected(reciprocal=True), networkx.density(dense)


def between(ties):
    """Of each, the shares of shortest ways between two others that lead through them, added up."""
    return networkx.betweenness_centrality(networkx.Graph(list(ties)), normalized=False).values()


def stands_out(value, others):
    """Whether it lies above the mean of others and two of their deviations."""
    if not others:
        return False
    mean = Fraction(sum(others), len(others))
    spread = sum((other - mean) ** 2 for other in others) / len(others)
    return value > mean and (value - mean) ** 2 > 4 * spread


def openness(ties, group):
    """E-I index, what chance would bring, and the distance between the two."""
    across = sum(group[one] != group[other] for one, other in ties)
    seen = Fraction(2 * across - len(ties), len(ties))
    sizes = Counter(group[who] for who in {who for tie in ties for who in tie})
    n = sum(sizes.values())
    chance = 1 - Fraction(2 * sum(size * (size - 1) for size in sizes.values()), n * (n - 1))
    room = 1 - chance if seen >= chance else 1 + chance
    return seen, chance, (seen - chance) / room if room else None


AT_ONCE = 4_000_000  # cards in the air


def dealt(ties, group, deals, seed):
    """The share of random deals of the groups that are at most as open as what was seen."""
    people, ends = numpy.unique(numpy.array(ties).ravel(), return_inverse=True)
    left, right = ends.reshape(-1, 2).T
    groups = {each: number for number, each in enumerate(dict.fromkeys(group[who] for who in people))}
    hand = numpy.array([groups[group[who]] for who in people])
    seen = (hand[left] != hand[right]).sum()
    chance, at_most, left_over = numpy.random.default_rng(seed), 0, deals
    while left_over:
        some = min(left_over, max(1, AT_ONCE // max(len(people), len(ties))))
        hands = chance.permuted(numpy.tile(hand, (some, 1)), axis=1)
        at_most += ((hands[:, left] != hands[:, right]).sum(axis=1) <= seen).sum()
        left_over -= some
    return at_most / deals


def near_share(one, other, deals, against, errors):
    """Whether two shares of so many draws each may be the same, within so many standard errors."""
    pooled = (one * deals + other * against) / (deals + against)
    error = math.sqrt(max(pooled * (1 - pooled), 1 / (deals + against)) * (1 / deals + 1 / against))
    return abs(one - other) <= errors * error


def surely(some, of, level=0.9):
    """The lower end of Wilson's interval: the smaller p at which `some` of `of` is just as far above as chance allows."""
    z = NormalDist().inv_cdf((1 + level) / 2)
    # (some/of - p)^2 = z^2 p (1 - p) / of, as a square in p.
    a, b, c = 1 + z * z / of, -(2 * some / of + z * z / of), (some / of) ** 2
    return (-b - (b * b - 4 * a * c) ** 0.5) / (2 * a)
