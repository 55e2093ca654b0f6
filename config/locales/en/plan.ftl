# Concept and plan of a space: what was said, and what came.

plan-title = Concept and plan
plan-concept = Change the concept
plan-beside = What we said, what came
plan-beside-table = What was said and what came
plan-what-said = What we said
plan-what-came = What came
plan-here = { $some } of { $all } are here.
plan-talked = { $some } of { $all } topics of the last quarter started something.
plan-answered = { $some } of { $all } newcomers’ topics had a reply within a day.
plan-target = Target
plan-target-said = { $share } active by { $day }
plan-target-now = { $now } now.
plan-target-foreseen = { $now } now; { $then } foreseen for that day, if the rates stay as they are.
plan-calendar = Calendar
plan-said = { $said ->
    [one] 1 talk planned in the last quarter
   *[other] { $said } talks planned in the last quarter
}
plan-of-it = { $came } came; { $talked } of these got a reply from somebody else.
plan-sponsor = Sponsor
plan-sponsor-hint = Whoever answers for this space above the team: their @name. They must be able to read it.
plan-coming = What is planned
plan-coming-table = Lines of the calendar to come
plan-coming-none = Nothing is planned yet. A calendar with one talk a week keeps a young community alive.
plan-past = What was planned
plan-past-table = Lines of the calendar that are over
plan-day = Day
plan-what = What
plan-who = Who
plan-starts = Which conversation should it start?
plan-starts-hint = The question that you hope people will answer.
plan-who-hint = An @name; empty while nobody took it on.
plan-topic = Topic that came of it
plan-topic-hint = Its number or its address, once it is there.
plan-sort = What is it?
plan-sort-talk = Something to talk about
plan-sort-launch = Launch: more people are invited
plan-came = { $replies ->
    [one] 1 reply
   *[other] { $replies } replies
}, { $people ->
    [one] 1 other person
   *[other] { $people } other people
}
plan-nothing-yet = nothing yet
plan-add = Add to the calendar
plan-line = A line of the calendar
plan-remove = Remove this line
plan-aims = Sponsor and target
plan-aims-text = The target is drawn on the road of this space. Launches are marked on it.
plan-share = Active share to reach
plan-share-hint = In percent of the audience, such as 10.
plan-until = By when
road-target = Target: { $share } by { $day }

roles-title = Roles
roles-text = A role has a term, because what a team knows must circulate: whoever has led for a year hands on, and takes what they learned elsewhere.
roles-give = Give a role
roles-since = since
roles-months = { $months ->
    [one] 1 month
   *[other] { $months } months
}
roles-over = The term is over
roles-long = Held for more than a year
roles-think = Time to think of who follows
roles-follows = To follow:
roles-nobody = Nobody is planned to follow yet.
roles-plan = Plan who follows
roles-successor = Who follows
roles-successor-hint = The @name of a member of this space; empty: nobody yet. They see it on their page of what is kept about them.
roles-words = What is agreed
roles-load-title = Share of the load
roles-load-text = Of the last 13 weeks. How much rests on few, not on whom: when one person carries more than 40 %, it is time to share.
roles-replies = First replies to topics
roles-decisions = Reviews decided
roles-load = { $one } by one person, { $three } by three, of { $all }.

kept-plans = Where plans name you
kept-plan-sponsor = As sponsor
kept-plan-writer = As the one who writes
kept-plan-successor = As the one who is to follow in a role
