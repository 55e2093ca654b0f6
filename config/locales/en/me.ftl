# My part, the five signals, and champions.

me-title = My part
me-text = Only you see this page. It is worked out when you look, from what you did in the last thirteen weeks; only in which ring you were is kept, for 56 weeks.
me-ring = You are in the ring
me-no-ring = Rings are told once a week is sealed, a week after its end.
me-team = As somebody who moderates or manages this space you are in none of its rings: they are about those whom the team is there for.
me-rings = My rings over time
me-ring-was = { $from } to { $until }
me-ring-since = since { $from }
me-next-core = You contributed in { $weeks13 } of the last 13 weeks; nine keep you here.
me-next-active = You contributed in { $weeks13 } of the last 13 weeks. The core contributes in nine, and talks with at least five people who talk with each other.
me-next-occasional = You contributed in { $weeks4 } of the last 4 weeks. Whoever does in two is active.
me-next-reader = One contribution, or three thanks or votes, bring you further in.
me-petals = Five petals: { $space }
me-signal = Signal
me-strength = Strength
me-petals-means = How strong each of five signals of ownership is; a petal that is there is filled darker.
me-known = What you are taken to know about
me-known-text = Boards in which you answer far more questions than you ask, over a year. Whoever agreed on their profile to be found can be asked about them. Is it not so? Say it here.
me-known-none = Nothing so far.
me-expert-why = { $answers } answers and { $questions } questions of yours in a year
me-denied = You said that it is not so.
me-knows = It is so after all
me-knows-not = It is not so
me-nowhere = You belong to no space yet.
me-champion = Let the managers see it
me-champion-text = Whoever wants to do more for a space can let its managers see, for thirteen weeks, five things in words: passion, positioning, mix, helping and looking beyond the own department. Nobody is ranked, and nothing else follows from it.
me-champion-shown = The managers of this space see this about you until
me-champion-longer = Thirteen weeks from today
me-champion-end = Not any longer
me-champion-later = Nobody sees anything of it before you have belonged to the space for eight weeks:
signal-there = there
signal-owner = Cares for the place
signal-owner-short = cares
signal-owner-read = Welcomed { $welcomed ->
    [one] one newcomer
   *[other] { $welcomed } newcomers
} as the first to reply, edited { $edits ->
    [one] one shared post
   *[other] { $edits } shared posts
} of others. A role counts too; it takes two of the three.
signal-knowledge = Shares what helps
signal-knowledge-short = shares
signal-knowledge-read = { $useful } answers that another department thanked for or that were marked, { $answers } of them marked as the answer, { $cases ->
    [one] one case
   *[other] { $cases } cases
}.
signal-beyond = Looks beyond the main themes
signal-beyond-short = looks beyond
signal-beyond-read = Contributed in { $boards ->
    [one] one board
   *[other] { $boards } boards
}. Boards that came later than the space are beyond its main themes.
signal-interested = Is interested in others
signal-interested-short = is interested
signal-interested-read = Replied to { $people ->
    [one] one person
   *[other] { $people } people
}; { $elsewhere } of { $replies } replies in topics of others.
signal-regular = Comes regularly
signal-regular-short = comes regularly
signal-regular-read = Was here in { $weeks } of 13 weeks; nine are regular.
champions-title = Champions
champions-text = Members who let you see, for thirteen weeks, what makes them a champion. In words, by name, without a rank: what you make of it is yours to decide, with them. Each look at somebody is written down.
champions-none = Nobody lets it be seen so far. Members choose it themselves, on their page My part.
champions-wrote = Answers that helped:
champions-until = They let it be seen until
champions-unsure = near the border: other weights would say otherwise
me-champion-band = What it says to the managers
me-champion-preview = What they would see
champion-band-invite = Worth inviting to more
champion-band-coach = Worth coaching
champion-band-later = Later
champion-said-strong = strong
champion-said-growing = growing
champion-said-little = little
champion-said-unknown = too little known
champion-passion = Passion
champion-passion-means = Here, and writing, week after week.
champion-positioning = Positioning
champion-positioning-means = Says who they are, and is thanked by people of several departments.
champion-mix = Mix
champion-mix-means = Hands on news and says what they think of it.
champion-helping = Helping
champion-helping-means = Answers that helped, newcomers met, giving as much as taking.
champion-island = Beyond the own island
champion-island-means = Talks with people of other departments, as much as chance would bring or more.
readings-champions = Champions of a space
