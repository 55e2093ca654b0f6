today-title = Today
today-text = What is worth doing in your spaces, what presses most first. Nobody is ranked, and nothing here is for judging anybody.
today-quiet = It is not working time. Nothing here has to be done now; what you write leaves { $when }.
today-spaces = Spaces
today-all = All my spaces
today-empty = Nothing needs you today.
today-done = { $count ->
    [0] Nothing done yet today
    [one] One done today
   *[other] { $count } done today
}
today-more = { $count ->
    [one] One more waits for another day. Questions that wait are all at
   *[other] { $count } more wait for another day. Questions that wait are all at
}
today-hours = { $hours ->
    [one] one hour
   *[other] { $hours } hours
}
today-days = { $days } days
today-kind-newcomer = Newcomer waits
today-kind-question = Question waits
today-kind-welcome = New member
today-kind-lapsing = Falling silent
today-kind-reader = Reader
today-kind-expert = Knows the answer
today-kind-role = Role
today-kind-load = Heavy load
today-kind-one-way = One-way
today-kind-feature = Worth showing
today-kind-bridge = Between departments
today-kind-sponsor = Silent sponsor
today-why-newcomer = { $name } wrote a first topic here; { $wait } without a reply
today-why-question = A question has waited { $wait } for a reply
today-why-welcome = { $name } joined { $wait } ago and has not written yet
today-why-lapsing = { $name } has not written for { $days } days; { $usual } days is a long pause for them
today-why-reader = { $name } was here on { $days } days of four weeks, read { $count } topics in { $board }, and asked for a suggestion
today-why-expert = { $count } questions wait in { $board }; { $name } answered { $of } there in a year and has not been here for two weeks
today-why-role = { $name } has held a role here for { $count } months
today-why-load = { $name } gave { $count } of { $of } first replies in four weeks
today-why-one-way = { $count } topics of { $name } got neither a reply nor thanks
today-why-feature = { $count } people thanked for a topic in which { $of } took part
today-why-bridge = { $first } and { $second } both write about “{ $tag }”, and answer each other less than half as often as chance would bring
today-why-sponsor = { $name } is the sponsor here and has not answered anybody for { $days } days
today-means-newcomer = Newcomers who get a reply write again more often, whatever the reply says. Answer yourself, or ask somebody who knows.
today-means-question = A question that nobody answers teaches everybody not to ask. Answer yourself, or ask somebody who knows.
today-means-welcome = A few words by somebody of flesh and blood, and something small to do, make a first step easier.
today-means-lapsing = Measured by their own habit, never by anybody else's. Ask what changed; there may be a good reason, and it is theirs to tell or not.
today-means-reader = They asked for suggestions on their own page. Suggest something small: a vote, a question, a few words about themselves.
today-means-expert = They agreed to be found by what they wrote. Invite them to look at the questions that wait.
today-means-role = A role is better handed on before it is heavy. Think of somebody who could follow, and tell them both.
today-means-load = When one person carries most first replies, a holiday is felt. Ask others to answer, or leave some questions to them for a day.
today-means-one-way = What is only announced starts no conversation. Put one of these again as a question.
today-means-feature = Show it to everybody: pin it, or name it in your next text.
today-means-bridge = Begin one topic for both, or introduce two people to each other; these two topics are the newest of each side. From the matrix of departments, which has only groups that are large enough, and once a quarter.
today-means-sponsor = When whoever stands behind a space answers somebody, others see that it is worth their time. Ask for ten minutes, with one of these topics ready. Only answers count, not reading.
today-act-reply = Reply
today-act-ask = Ask somebody who knows
today-act-write = Write
today-act-look = Look at it
today-act-pin = Pin it
today-act-together = Begin a topic together
today-act-roles = Members and roles
today-act-done = Done
today-dismiss = Take it off the list
today-dismiss-why = Why?
today-reason-elsewhere = Dealt with elsewhere
today-reason-not-now = Not now
today-reason-mistaken = It is not so
today-reason-unwelcome = They would not want it
today-who-knows = Who may know?
today-who-knows-text = People who agreed to be found, by what they wrote about the same.
today-nobody-knows = Nobody who agreed to be found wrote about the same. If you know who knows, reply and name them with an @: then they hear of it.
today-wrote = { $count ->
    [one] wrote in
   *[other] wrote in { $count } topics, such as
}
today-write-to = Write to { $name }
today-words = What you want to say
today-words-hint = In your own words. Where it says { "{" }name{ "}" }, the name is put in. Next time it begins with what you write now.
today-send = Send
today-words-newcomer = Hello { "{" }name{ "}" }, somebody new asked something that you may know about. Would you have a look?
today-words-question = Hello { "{" }name{ "}" }, a question is waiting that you may know about. Would you have a look?
today-words-welcome = Hello { "{" }name{ "}" }, good to have you here. What are you working on? If you like, tell us in a few words, or ask the first thing that comes up.
today-words-lapsing = Hello { "{" }name{ "}" }, I have not read anything of yours for a while and miss it. Has anything changed, or is there something we could do better?
today-words-reader = Hello { "{" }name{ "}" }, you asked for a suggestion. How about a question that you always wanted to ask here? Short is fine.
today-words-expert = Hello { "{" }name{ "}" }, some questions are waiting about something that you know well. Would you have a look at one of them?
today-words-sponsor = Hello { "{" }name{ "}" }, would you have ten minutes for one of the conversations here? A few words of yours are read by many.
today-asked = { $name } was asked { $when }.
today-asked-dropped = What you wrote to { $name } { $when } did not leave: it was not wanted or needed any more.
today-asked-leaves = What you wrote to { $name } leaves { $when }.
today-over-title = Not on the list any more
today-over = It is over by itself: there was a reply, or it is no longer so.
today-over-done = { $name } has done it already.
today-over-dismissed = { $name } took it off the list already.
today-back = Back to the list
today-helped = Did it help?
today-helped-text = Of seven kinds (new members, people falling silent, readers, those who know, the team’s own topics without echo, topics worth showing, departments apart) half is drawn by lot and not shown, so that the one half can be compared with the other; each person counts once. Somebody who waits for an answer is never held back: there the lot decides who is proposed first. All spaces and the last 52 weeks together.
today-compares-newcomer = wrote again within 30 days: whoever wrote most about it proposed first, against somebody of another department first
today-compares-question = had a reply within a day of being on the list: whoever wrote most about it proposed first, against somebody of another department first
today-compares-welcome = wrote within 14 days: on the list against not shown
today-compares-lapsing = wrote within 28 days: on the list against not shown
today-compares-reader = wrote within 28 days: on the list against not shown
today-compares-expert = wrote within 14 days: on the list against not shown
today-compares-one-way = one of the topics had a reply within 7 days: on the list against not shown
today-compares-feature = had a reply within 14 days: on the list against not shown
today-compares-bridge = two people of them who had not talked for a quarter did within 28 days: on the list against not shown
today-effect-none = { $count ->
    [one] Of one comparison nothing can be said yet
   *[other] Of { $count } comparisons nothing can be said yet
}
today-became-title = What became of the rest
today-became-text = Of these nothing is held back, because whoever carries too much is helped and sponsors are few; so nobody can say whether the list made the difference. All spaces and the last 52 weeks together.
today-became = { $done } done, { $dismissed } taken off the list, { $over } over by itself.
today-became-sponsor = Of { $of }, { $well } answered somebody within 14 days.
today-became-load = Of { $of }, { $well } gave less than that of the first replies 28 days later.
today-became-role = Of { $of }, { $well } were handed on or held anew within 120 days.
today-effect-early = Too early: { $missing } more in the smaller half before anything can be said.
today-effect = { $difference } points ({ $first } against { $second } people); with 80 % between { $low } and { $high }, with 95 % between { $widelow } and { $widehigh }.
today-effect-takes = That may be chance. To see a difference of ten points it takes { $more } more.
done-note = Sent.
done-note-later = Kept. It leaves when work begins.
done-dismissed = Taken off the list.
done-work = Done.
done-pinned = Pinned: it stands at the top of its board.
problem-note-nobody = This person cannot be written to about it.
problem-note-away = This person does not want to be on any list now.
problem-note-often = This person was written to within two weeks, or three times in a quarter. Leave them in peace.
problem-pause = A day from tomorrow on, within a year.
inbox-note = { $actor } wrote to you from { $space }
letters-about-today = What is worth doing this week, on the morning of its first working day
letter-today-kind = Monday letter
letter-today-subject = { $count ->
    [one] One thing worth doing this week
   *[other] { $count } things worth doing this week
}
letter-today-all = The whole list:
letter-today-why = You get this on the first working day of the week because you manage a space of { $forum }.
kept-choose = Lists
kept-choose-text = Those who manage a space see a short list of who may need them. You decide whether you can be on it. Figures of all people together stay right whatever you choose.
kept-pause = A pause until
kept-pause-hint = Nobody needs to know why. Until that day you are on no list.
kept-object = I do not want to be on any list.
kept-suggestions = I would like suggestions for a first step here. Those who manage a space may then read on how many days I was here, and in which board I read most.
kept-lists = Lists that I am or was on
kept-lists-text = All of them, for a year. Half of some kinds is drawn by lot and shown to nobody, to see whether the list helps.
kept-lists-none = You are on none.
kept-list-shown = on the list
kept-list-not-shown = drawn by lot: shown to nobody
kept-list-over = over
kept-notes = What was written to me because of them
