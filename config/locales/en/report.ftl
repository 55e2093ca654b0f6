month-link = Report of four weeks
month-title = { $name }: four weeks until { $day }
month-early = Too early: the first four weeks are not over, or too few people took part to say anything about them.
month-text = Written by itself from the figures. What is hidden because too few people are behind it is left out.
month-made = The figures are about people together and are there to help them, not to judge them. Each is explained on the page of definitions.
month-mail = Mail it to me
month-health = All figures
month-others = Other reports
month-people = People
month-answers = Answers
month-talk = Conversation
month-next = Worth doing next
month-silent = Too few took part to say anything here, or there was nothing to tell.
month-why-wider = More people could take part than four weeks before; that is why the share did not rise with those who contribute.
month-why-narrower = Fewer people could take part than four weeks before; that is why the share did not fall with those who contribute.
month-why-both =
    For the first time { $new ->
        [one] one person
       *[other] { $new } people
    } contributed, as many came back, and { $churned } fell silent or left.
month-active-rose = Active share rose from { $before } to { $now }.
month-active-fell = Active share fell from { $before } to { $now }.
month-active-same = Active share stayed at { $now }.
month-active-is = Active share is { $now }.
month-why-new =
    For the first time { $new ->
        [one] one person
       *[other] { $new } people
    } contributed, { $back } came back and { $churned } fell silent or left. Most of the growth is new people.
month-why-back =
    For the first time { $new } contributed, { $back ->
        [one] one person
       *[other] { $back } people
    } came back and { $churned } fell silent or left. Most of the growth is people who came back.
month-why-churned =
    Silent or gone since the four weeks before: { $churned ->
        [one] one person
       *[other] { $churned } people
    }. For the first time { $new } contributed, and { $back } came back.
month-why-even =
    For the first time { $new } contributed and { $back } came back; as many fell silent or left.
month-why-none = The same people contributed as in the four weeks before.
month-core = { $core ->
    [0] Fewer than five people are the core
   *[other] { $core } people are the core
}; half of what members contributed in thirteen weeks came from { $few } of { $all }.
month-activation-rose = Of those who joined, { $now } contributed within two weeks, up from { $before } a quarter ago.
month-activation-fell = Of those who joined, { $now } contributed within two weeks, down from { $before } a quarter ago.
month-activation-same = Of those who joined, { $now } contributed within two weeks, as a quarter ago.
month-activation-is = Of those who joined, { $now } contributed within two weeks.
month-newcomers-rose = { $now } of newcomers' topics had a reply within a day, up from { $before } a quarter ago.
month-newcomers-fell = { $now } of newcomers' topics had a reply within a day, down from { $before } a quarter ago.
month-newcomers-same = { $now } of newcomers' topics had a reply within a day, as a quarter ago.
month-newcomers-is = { $now } of newcomers' topics had a reply within a day.
month-wait-shorter = Half of those who wait have a first reply within { $now }; a quarter ago it took { $before }.
month-wait-longer = Half of those who wait have a first reply only after { $now }; a quarter ago it took { $before }.
month-wait-is = Half of those who wait have a first reply within { $now }.
month-unanswered = { $silent ->
    [0] Of { $topics } topics that are older than three days, none is without a reply.
    [one] Of { $topics } topics that are older than three days, one has no reply.
   *[other] Of { $topics } topics that are older than three days, { $silent } have no reply.
}
month-peers-rose = { $now } of the questions with a reply were answered by members rather than the team, up from { $before } a quarter ago.
month-peers-fell = { $now } of the questions with a reply were answered by members rather than the team, down from { $before } a quarter ago.
month-peers-same = { $now } of the questions with a reply were answered by members rather than the team, as a quarter ago.
month-peers-is = { $now } of the questions with a reply were answered by members rather than the team.
month-yield-rose = { $now } of topics started something, up from { $before } a quarter ago.
month-yield-fell = { $now } of topics started something, down from { $before } a quarter ago.
month-yield-same = { $now } of topics started something, as a quarter ago.
month-yield-is = { $now } of topics started something.
month-lively = There were { $posts } contributions a week over thirteen weeks.
month-bridges-more = { $share } of ties join people of different departments, more than chance would bring.
month-bridges-less = { $share } of ties join people of different departments, fewer than chance would bring.
month-bridges-chance = { $share } of ties join people of different departments, about as many as chance would bring.
month-bridges-early = { $share } of ties join people of different departments; there are too few ties to compare with chance.
month-next-newcomers = Answer newcomers within a day: those who get a reply write again more often.
month-next-yield = Ask more than you announce: too few topics start something.
month-next-unanswered = Look at what waits: too many topics have no reply after three days.
month-next-few = Spread the load: very few people carry half of what is written.
month-next-churn = Find out why people fall silent: more went than came.
letter-report-kind = Report
letter-report-why = You asked for this report on { $forum }. It contains figures; hand it on with care.
done-report = The report is on its way to you.
done-report-not = There is no address to which it could go.
