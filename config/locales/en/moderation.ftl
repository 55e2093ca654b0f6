chrome-queue = Queue
queue-title = Queue
queue-count = { $count ->
    [0] nothing waits
    [one] one waits
    [100] a hundred or more wait
   *[other] { $count } wait
}
queue-filter = Show
queue-all = All
queue-flag = Flagged
queue-held = Held
queue-spam = Suspected spam
queue-phrase = Watched phrases
queue-appeal = Appeals
queue-only-any = anybody’s
queue-only-mine = taken by me
queue-only-late = late
queue-late = late
queue-in = in
queue-empty = Nothing waits for a decision. What members flag and what is held back appears here.
queue-keys = Keys
queue-keys-move = next and previous
queue-keys-open = open
queue-keys-keep = keep or approve
queue-keys-help = these keys
review-title = Review
review-kind-flag = Flag
review-kind-held = Held for approval
review-kind-spam = Suspected spam
review-kind-phrase = Watched phrase
review-kind-appeal = Appeal
review-kind-act = A moderator’s own act
review-flags = { $count ->
    [one] One flag: { $reasons }
   *[other] { $count } flags: { $reasons }
}
review-state-visible = visible
review-state-held = held before publication
review-state-gone = not visible any more
review-author-employee = employee, here since { $since }
review-author-guest = guest of { $organisation }, here since { $since }
review-author-imported = imported
review-flagged-by = Flagged by
review-first-flag = first flag
review-accuracy = { $upheld } of { $total } flags upheld
review-taken-by = Taken by
review-nobody-yet = nobody yet; your first act takes it
review-stale = Something happened to this review meanwhile, so nothing was done. Here is how it stands now.
review-first-decision = The decision that is appealed against:
review-decided = Decided
review-rule = Rule
review-undo = Undo this decision
review-near = Where it stands
review-near-gone = removed
review-decide = Decide
review-what = What happens
review-board = To which board, if it moves
review-reason = Reason, as the author reads it
review-reason-hint = Needed, unless all stays as it was. Friendly and exact: what was not right, and what would be.
review-sanction = For the author
review-decide-button = Decide
review-timeline = What happened
review-note = A note for moderators
review-note-button = Add the note
review-who = Who is on it
review-has-it = { $name } has it.
review-nobody-has-it = Nobody has it yet.
review-take = Take it
review-take-over = Take it over
review-free = Give it back
review-hand-to = Hand it to
review-hand = Hand over
review-escalate = Ask the forum’s admins
review-escalate-why = What they should know
review-escalate-button = Ask them
review-history = The author in this space
review-posts-before = { $count ->
    [0] No post yet
    [one] One post
   *[other] { $count } posts
}
review-nothing-before = No earlier reviews.
urgency-title = Why it stands here
urgency-kind = Kind
urgency-flags = Flags, by how often each was right
urgency-reach = Readers of the topic
urgency-lateness = Hours past the space’s target; below zero, still in time
urgency-sum = Together
decide-approve = Approve
decide-keep = Keep
decide-hide = Hide with a reason
decide-remove = Remove with a reason
decide-spam = Spam: remove all posts of the account here
decide-close = Close the topic
decide-move = Move the topic
decide-overturn = Overturn the decision
decide-uphold = Uphold the decision
act-approve = Approved
act-keep = Kept
act-hide = Post hidden
act-remove = Post removed
act-restore = Post restored
act-edit = Post edited
act-spam = Removed as spam
act-close = Topic closed
act-reopen = Topic reopened
act-move = Topic moved
act-overturn = Decision overturned
act-uphold = Decision upheld
act-undone = undone
sanction-none = Nothing more
sanction-warning = A warning
sanction-silence = { $days ->
    [one] Silence in this space for one day
   *[other] Silence in this space for { $days } days
}
sanction-suspension = No access to the forum for { $days } days
sanction-was-warning = Warning of { $from }, counts until { $until }
sanction-was-silence = Silenced from { $from } until { $until }
sanction-was-suspension = No access from { $from } until { $until }
line-opened = Opened by { $actor }
line-flagged = Flagged by { $actor }
line-taken = Taken by { $actor }
line-freed = Given back by { $actor }
line-handed = Handed over by { $actor } to
line-escalated = Brought before the admins by { $actor }
line-note = Note by { $actor }
line-decided = Decided by { $actor }
line-undone = Undone by { $actor }
line-appealed = Appealed against by { $actor }
line-the-forum = the forum
role-admin = An admin
canned-off-topic = This was beside the subject of the topic. Please start a topic of its own for it.
canned-unkind = The tone of this post was not how we speak to each other here. Please say it again about the matter.
canned-wrong-space = This belongs in another space.
canned-spam = This was advertising, and the forum is not for that.
canned-private-data = This post contained private data of a person. Please post it again without them.
canned-other = This post was not in line with the guidelines of this space.
canned-uphold = Somebody else has looked at it again, and the decision stands.
decisions-title = Decisions about my posts
decisions-text = What moderators decided about you and your posts, and why. Only you and the moderators see this page.
decisions-sanctions = Warnings and limits
decisions-over = over
decisions-empty = No decisions. May it stay so.
decision-title = A decision
decision-about = About
decision-why = Why
decision-by = By
decision-by-whom = { $who } in { $space },
appeal-title = Do you see it differently?
appeal-text = You can ask once to have it looked at again. Somebody else than the one who decided will do that.
appeal-words = What should they know?
appeal-button = Ask to look again
log-title = Moderation log
log-text = What moderators did in this space, by which rule and why. Undone decisions stay listed.
log-when = When
log-what = What
log-why = Why
log-by = By
log-empty = Moderators have not had to do anything yet.
done-taken = You have it now.
done-freed = Given back to the queue.
done-handed = Handed over.
done-escalated = The admins see it now.
done-decided = Decided. Those whom it concerns are told.
done-undone = Undone. Everything is as it was.
done-appealed = Somebody else will look at it. You will be told how it ends.
inbox-decided = { $what }, by { $by }: “{ $title }”
inbox-flag-ended = What you reported in “{ $title }” has been decided. Thank you for telling.
letter-decided-kind = A moderator’s decision
letter-decided-subject = A decision in { $space }
letter-decided-body = Hello { $name },

    { $what }

    It was decided by { $by }. If you see it differently, you can ask once to have it looked at again, on this page:
decided-approve = Your post in { $space } was approved and is visible now.
decided-keep = Your post in { $space } stays as it is.
decided-hide = Your post in { $space } was hidden.
decided-remove = Your post in { $space } was removed.
decided-spam = Your posts in { $space } were removed as spam.
decided-close = Your topic in { $space } was closed.
decided-move = Your topic was moved out of its board in { $space }.
decided-overturn = You were right: the decision in { $space } was overturned.
decided-uphold = The decision in { $space } was looked at again and stands.
sanctioned-warning = This is a formal warning.
sanctioned-silence = { $days ->
    [one] For one day you can read { $space } but not write in it.
   *[other] For { $days } days you can read { $space } but not write in it.
}
sanctioned-suspension = You have no access to the forum for { $days } days.
silenced-until = You can read here, but not write until { $until }.
problem-sanction-moderator = Somebody with a role here, or an admin, is not silenced or suspended. Their role goes first.
problem-sanction-managers = Only a community manager or an admin can keep somebody out of the whole forum.
problem-appeal-empty = Say what should be looked at again.
problem-review-hours = Choose between 1 and 720 hours.
space-review-hours = Hours within which a review should be decided
problem-suspended = Right password, but you have no access until { $until }. A letter told you why.
holding-title = Held back
holding-text = What waits for a moderator before others see it. Who moderates here is never held back.
holding-rules = Rules
holding-none = Nothing is held back by rule. Suspected spam by guests is.
holding-remove = Remove
holding-add = Add a rule
holding-what = What is held
holding-amount = How many
holding-amount-hint = Posts for first posts, days for young accounts.
holding-board = Where
holding-everywhere = In the whole space
holding-add-button = Add the rule
hold-guests-first = The first posts of a guest
hold-every-post = Every post
hold-young-links = Posts with links by young accounts
hold-rule-guests-first = { $amount ->
    [one] The first post of a guest
   *[other] The first { $amount } posts of a guest
}
hold-rule-every-post = Every post
hold-rule-young-links = { $amount ->
    [one] Posts with links by accounts younger than one day
   *[other] Posts with links by accounts younger than { $amount } days
}
hold-in-board = { $what } in { $board }
hold-in-topic = { $what } in topic { $topic }
hold-until = until { $until }
phrases-title = Watched phrases
phrases-none = No phrase is watched.
phrases-add = Watch a phrase
phrases-phrase = The phrase
phrases-expression = It is a regular expression
phrases-act = What happens to a post with it
phrases-try = Try it on the last 1,000 posts
phrases-add-button = Watch it
phrase-hold = “{ $phrase }”: held
phrase-flag = “{ $phrase }”: published, and brought to the moderators
phrase-mask = “{ $phrase }”: made unreadable
phrase-refuse = “{ $phrase }”: refused
phrase-act-hold = It is held
phrase-act-flag = It is published, and moderators look at it
phrase-act-mask = The phrase is made unreadable
phrase-act-refuse = It is refused
phrase-tried = { $met } of the last { $of } posts contain it.
topics-hold = Hold new posts for 24 hours
done-topic-held = New posts here wait for a moderator until tomorrow.
held-waits = Your post waits for a moderator. Only you and the moderators see it.
held-waits-usually = { $minutes ->
    [one] Your post waits for a moderator. Here that usually takes about a minute.
   *[other] Your post waits for a moderator. Here that usually takes about { $minutes } minutes.
}
problem-phrase-refused = This contains something that is not posted here. Please say it in other words.
problem-phrase-length = A phrase has 2 to 200 characters.
problem-phrase-expression = This regular expression cannot be read, or it is too large.
problem-hold-amount = Choose between 1 and 365.
act-split = Branch split off
act-merge = Topics merged
act-reparent = Post moved within the tree
post-split = Split off
post-reparent = Or let it answer another post of this topic.
split-title = Split off as a topic of its own
split-text = This post and everything below it become a new topic in the same board, with links both ways. Numbers, unread marks and reviews go along.
split-new-title = Title of the new topic
split-from = Split off from
split-off = Went on in a topic of its own:
merge-title = Merge into another topic
merge-text = All posts of this topic become a branch below the first post of the other. This address will lead there.
merge-into = The other topic
merge-into-hint = Its address, or its number.
reparent-title = Give another parent
reparent-text = This post and everything below it will answer another post of the same topic.
reparent-parent = The post that it answers
reparent-hint = Its address, or its number: the date of each post leads to its address.
done-split = The branch is a topic of its own now.
done-merged = The topics are one now.
done-reparented = It answers that post now.
problem-merge-into = Choose another topic that is there and that you moderate.
problem-reparent = Choose another post of this topic, outside of this branch.
admin-audit-title = Audit
admin-audit-text = Every act of admins and moderators, linked into a chain that shows whether anything was changed. What leaves as a file is written down too.
admin-audit-export = All of it as CSV
admin-audit-about = About
admin-audit-particulars = Particulars
figures-title = Figures of moderation
figures-text = About reviews, never about single moderators. Counted when the page is opened, over what was opened in the window.
figures-window = Window
figures-days = { $days } days
figures-figure = Figure
figures-value = Value
figures-meaning = What it means
figures-none = –
figures-seconds = { $seconds } s
figures-minutes = { $minutes } min
figures-hours = { $hours } h { $minutes } min
figures-share = { $part } of { $whole } ({ $percent } %)
figures-open = Open
figures-open-means = Reviews that still wait.
figures-median = Median time to decision
figures-median-means = Half of the reviews that waited were decided within this. Direct acts of moderators do not wait and are left out.
figures-p90 = Nine in ten decided within
figures-p90-means = The slow ones: one in ten took longer.
figures-in-time = Decided in time
figures-in-time-means = Within the target of this space, { $hours } hours; what is late and still open is not.
figures-overturned = Overturned on appeal
figures-overturned-means = Of the appeals that were decided.
figures-flags = Flags found right
figures-flags-means = Of the flags behind decided reviews; a flag is right when the post did not stay as it was.
figures-held = Held posts
figures-held-means = By a rule, a watched phrase or the suspicion of spam.
figures-held-wait = Median wait of a held post
figures-held-wait-means = From writing to the decision.
figures-repeat = Authors with more than one
figures-repeat-means = People from whom more than one decision took a post, its words, its topic or their membership.
figures-by-kind = Opened, by kind
figures-by-decision = Decided, by decision
figures-by-role = Decided, by role
figures-by-rule = Decided, by rule
queue-last = You decided last:
queue-undo = Undo
several-title = Several at once
several-text = Tick reviews above, choose what happens to all of them, and give one reason.
several-button = Decide the ticked ones
several-choose = Choose this one
several-none = Tick at least one review, and choose what happens.
several-changed = something happened to it meanwhile, or this cannot be decided about it
several-gone = it is not before you any more
several-done = { $count ->
    [0] None was decided. These stay as they are:
    [one] One was decided. These stay as they are:
   *[other] { $count } were decided. These stay as they are:
}
decide-edit = Edit with a note
decide-slow = Slow the topic down
act-slow = Topic slowed down
decided-edit = Your post in { $space } was edited by a moderator.
decided-slow = The topic of your post in { $space } was slowed down: everybody replies there at most once in a while.
act-let-go = Topic at its own pace again
review-edit-text = What the post says from now on
review-edit-hint = What it said before stays in its history, for its author and the moderators.
review-or = Or:
review-in-the-way = This cannot be undone as it is: newer acts stand in the way, and would have to be undone first.
newer-reply = A reply since
problem-text-same = The text is the same as before.
problem-slow-minutes = Choose one of the paces.
problem-slow-mode = { $minutes ->
    [one] This topic is slowed down. You can reply again in a minute.
   *[other] This topic is slowed down. You can reply again in { $minutes } minutes.
}
slow-title = Slow down
slow-text = In a slow topic everybody replies at most once in a while. It gives people time to read each other. Moderators are not slowed down.
slow-choose = One reply per person
slow-pace = { $minutes ->
    [0] as often as one likes
    [60] every hour
    [240] every four hours
    [1440] once a day
   *[other] every { $minutes } minutes
}
slow-is = { $minutes ->
    [60] Slowed down: everybody replies at most once an hour.
    [240] Slowed down: everybody replies at most every four hours.
    [1440] Slowed down: everybody replies at most once a day.
   *[other] Slowed down: everybody replies at most every { $minutes } minutes.
}
texts-title = Texts for reasons
texts-text = With these words a reason begins, in the language in which the author reads the forum. They can be changed before they are sent. A text that you empty becomes the forum’s own again.
texts-own = worded by this space
flag-kinds-title = Flags
flag-kinds-text = What members can choose when they flag a post. A kind that ends keeps its name where it was used.
flag-kinds-urgent = urgent
flag-kinds-ended = ended
flag-kinds-end = Take off the list
flag-kinds-begin = Put back
flag-kinds-add = Add a kind
flag-kinds-name = Name ({ $language })
flag-kinds-is-urgent = It is urgent: such flags weigh twice as much
problem-flag-kind-name = Give it a name of 2 to 60 characters in at least one language.
problem-flag-kinds-many = There are enough kinds. Too much choice is no choice.
act-enter = Entered with a reason by somebody who does not belong here
role-forum-manager = A community manager of the forum
index-closed = Spaces you know of and do not read
enter-title = Enter with a reason
enter-text = You read here and do nothing. Your name and your reason are written in the log of this space, and its members are told. What you open is written down for auditors.
enter-reason = Why you need to
enter-reason-hint = The members read it.
enter-minutes = For how long
enter-for = { $minutes } minutes
enter-button = Enter
enter-is = You do not belong here and read until { $until }. Your reason:
enter-end = Leave now
done-entered = You are in. The members are told.
done-accepted = Accepted.
problem-enter-reason = Give a reason of 10 to 500 characters.
problem-enter-minutes = Choose for how long.
inbox-entered = { $actor } entered { $space } with a reason, without belonging to it
guidelines-none = There are no guidelines yet.
guidelines-older = This is version { $version }, which no longer applies.
guidelines-newest = The newest
guidelines-versions = Versions
guidelines-version = Version { $version }
guidelines-owed = Before your first post here you accept the guidelines.
guidelines-read = Read them
guidelines-accept = I accept the
guidelines-link = guidelines of this space
guidelines-accept-button = I accept them
problem-guidelines-accept = Please read and accept the guidelines of this space first.
space-reminders = The composer reminds
reminder-old = of replying to a topic that has been quiet for six months
reminder-row = of a third post in a row
reminder-share = of carrying a conversation alone
reminder-twin = of a question that was asked before
reminds-old = This topic has been quiet for { $months } months. A new topic may find more readers.
reminds-row = The last two posts here are yours. You can edit the last one, or let others speak first.
reminds-share = More than half of the latest posts here are yours. Who has not been heard yet?
reminds-twin = Something like this was asked before:
reminds-twin-anyway = If yours is another question, press the button again.
space-admits-visitors = Visitors may ask for an account here (of a public space; a moderator decides)
queue-account = Accounts
review-kind-account = Asks for an account
decide-refuse = Refuse the account
act-refuse = Account refused
decided-refuse = The account you asked for in { $space } was refused.
apply-title = Ask for an account
apply-text = You would be a guest of { $space }. A moderator reads what you write here and decides; you get a letter either way.
apply-organisation = Organisation
apply-words = What brings you here
apply-words-hint = 10 to 1,000 characters. The moderators of this space read it, and nobody else.
apply-button = Ask
apply-sent = After that a moderator decides, and you get a letter.
problem-organisation = Name your organisation with 2 to 80 characters.
problem-application-words = Say it in 10 to 1,000 characters.
letter-application-granted-kind = Account granted
letter-application-granted-subject = Your account at { $forum }
letter-application-granted-body = Hello { $name },

    the moderators of { $space } have let you in. You can sign in now.
letter-application-refused-kind = Account refused
letter-application-refused-subject = Your account at { $forum }
letter-application-refused-body = Hello { $name },

    the moderators of { $space } have not let you in. They say:

    { $reason }

    What you told about yourself has been removed. Whom you can turn to stands here:
letter-overdue-kind = Something waits too long
letter-overdue-subject = { $count ->
    [one] One review waits too long
   *[other] { $count } reviews wait too long
}
letter-overdue-body = Hello { $name },

    { $count ->
        [one] one review in your queue waits longer than its space wants.
       *[other] { $count } reviews in your queue wait longer than their spaces want.
    } The next letter like this comes in an hour at the earliest.
feeds-title = Feeds
feeds-text = For a feed reader, which cannot sign in. These addresses carry a key that is yours: whoever has them reads these feeds as you do, and nothing else. Exchange the key when somebody else got hold of it.
feeds-make = Make my addresses
feeds-exchange = Exchange the key
feeds-end = Take the key away
feeds-as-feed = As a feed
done-feeds-made = Here are your addresses.
done-feeds-ended = Your addresses open nothing any more.
review-source-member = Members
review-source-rule = Rules of the forum
review-source-author = The author
review-source-moderator = Moderators themselves
figures-by-source = Opened, by source
figures-in-time-forum-means = Within the target of each space; what is late and still open is not.
report-link = Report of
report-title = Moderation of { $name } in { $year }
report-summary = { $opened ->
    [0] Nothing had to be moderated.
    [one] One review was opened, { $decided } decided, { $open } open.
   *[other] { $opened } reviews were opened, { $decided } of them are decided, { $open } still open.
}
report-running = The year is not over: these figures will grow.
report-made = Made
queue-more-filters = More filters
queue-filter-any = any
queue-filter-space = Space
queue-filter-age = Waiting for
queue-filter-author = Author
queue-days = { $days ->
    [one] more than a day
   *[other] more than { $days } days
}
taken-nobody = nobody
taken-me = me
taken-others = somebody else
review-reads-in = The author reads the forum in { $language }.
review-words-said = In their words:
review-words-spam = What looked like spam:
review-words-phrase = The phrase:
review-the-post = The post:
queue-empty-filtered = Nothing like this waits.
problem-account-waits = Right password, but a moderator has not decided about your account yet. You will get a letter.
letter-confirm-application-kind = Confirm an application
letter-confirm-application-subject = Your request at { $forum }
letter-confirm-application-body = Hello { $name },

    follow the link within three days to confirm your address. After that a moderator decides about your account, and you get a letter.
inbox-decided-plain = { $what }, by { $by }
held-no-reply = You can reply once it is published.
problem-slow-mode-hours = This topic is slowed down. You can reply again in { $hours } hours.
figures-no-rule = no rule named
done-feeds-exchanged = Here are your new addresses. The older ones open nothing any more.
decimal-mark = .
act-retitle = Title changed
act-pin = Topic pinned
act-unpin = Topic unpinned
act-answer = Answer marked by a moderator
act-hold-topic = Every post of a topic held for a while
decided-retitle = The title of your topic in { $space } was changed by a moderator.
decided-split = Your post in { $space } became a topic of its own.
decided-merge = Your topic in { $space } was merged into another.
decided-reparent = Your post in { $space } got another place in its topic.
hold-guests-files = Files and pictures of guests
hold-rule-guests-files = Files and pictures from guests
inbox-flag-upheld = What you reported in “{ $title }” was not right, and a moderator has acted on it. Thank you for telling.
inbox-flag-dismissed = What you reported in “{ $title }” was looked at, and stays as it is. Thank you for telling.
decided-rule = Rule: { $words }
decided-reason = Reason: { $words }
by-moderator = a moderator of { $space }
by-community-manager = a community manager of { $space }
by-member = a member of { $space }
by-forum-manager = a community manager of the forum
by-admin = an admin of the forum
held-waits-hours = { $hours ->
    [one] Your post waits for a moderator. Here that usually takes about an hour.
   *[other] Your post waits for a moderator. Here that usually takes about { $hours } hours.
}
held-waits-days = { $days ->
    [one] Your post waits for a moderator. Here that usually takes about a day.
   *[other] Your post waits for a moderator. Here that usually takes about { $days } days.
}
topics-held-until = New posts here wait for a moderator until { $until }.
topics-unhold = Publish new posts at once again
act-unhold-topic = Posts of a topic published at once again
act-retag = Kind or tags changed
act-unanswer = Answer taken back by a moderator
act-member-out = Taken off the list of members
decided-retag = The kind or the tags of your topic in { $space } were changed by a moderator.
decided-member-out = You are no longer a member of { $space }.
line-changed = Its author changed it
spam-sign-new = the account has written nothing that stood yet
spam-sign-young = the account is only days old
spam-sign-fast = several posts within two minutes
spam-sign-far = none of its words occurs in the topic
spam-sign-link = a link
spam-sign-links = several links
spam-sign-exclamations = many exclamation marks
spam-sign-capitals = much in capitals
spam-sign-money = an amount of money
spam-sign-number = a number
spam-sign-long-number = a long number
spam-sign-code = letters and digits mixed
spam-sign-quote = a quote
spam-sign-address = a mail address
flag-kinds-rename = Change
figures-held-open = Of those, still waiting
figures-held-open-means = Held and not yet decided when the page was opened.
canned-close = Everything has been said here, so this topic takes no more replies.
canned-move = This fits better on another board, so that those who know about it find it.
canned-slow = The discussion went faster than it could be read. Everybody can go on, at a calmer pace.
canned-refuse = We could not let you in with this request.
act-poll-end = Poll ended
act-poll-out = Poll taken away
