language-itself = English
months = Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec
number = { $n }
save = Save
archive = Archive
restore = Restore
archived = archived
reason = Reason

chrome-skip = Skip to content
chrome-main = Main
chrome-trail = Where you are
chrome-spaces = Spaces
chrome-latest = Latest
chrome-unread = Unread
chrome-unanswered = Unanswered
chrome-manage = Manage
chrome-search = Search topics and posts
chrome-for-you = For you
chrome-me = My menu
chrome-mine = My posts
chrome-settings = Settings
chrome-sign-out = Sign out
chrome-sign-in = Sign in
chrome-rules = Rules, privacy and contact
chrome-insecure = This forum is reached without encryption. Anyone on the network can read along. Put a proxy with TLS in front of it.

form-optional = (optional)
form-problems = { $count ->
    [one] One thing needs your attention:
   *[other] { $count } things need your attention:
}
pager-label = Pages
pager-posts = More posts
pager-newer = Newer
pager-older = Older
pager-before = Before
pager-next = Next
pager-first = First
pager-last = Last
pager-page = Page { $page } of { $pages }

visibility-internal = internal
visibility-private = private
visibility-hybrid = hybrid
visibility-public = public
joining-open = Open: anyone who may belong can join
joining-request = On request: a community manager decides
joining-invitation = By invitation
role-member = Member
role-moderator = Moderator
role-community-manager = Community manager
forum-role-none = None
forum-role-community-manager = Community manager of the forum
forum-role-works-council = Works council
forum-role-admin = Admin
account-kind-employee = Employee
account-kind-guest = Guest
account-kind-placeholder = Imported
standing-active = active
standing-waiting = waiting
standing-suspended = suspended
standing-deactivated = deactivated
kind-discussion = Discussion
kind-question = Question
kind-case = Case
kind-announcement = Announcement
kind-introduction = Introduction
sort-active = Latest reply
sort-newest = Newest topic
sort-replies = Most replies
only-unanswered = Unanswered
only-mine = Mine
only-unread = Unread
who-starts-members = All members
who-starts-moderators = Moderators only

spaces-title = Spaces
spaces-empty-title = Nothing to read yet
spaces-empty = You do not belong to a space yet. Ask the person who invited you which one to join.
space-size = { $members ->
    [one] One member
   *[other] { $members } members
}{ $guests ->
    [0] {""}
    [one] , one of them a guest
   *[other] , { $guests } of them guests
}
space-no-boards = This space has no board yet. A community manager can make one.
space-card = You know of this space because you answer for the forum. What is written in it is for its members; these people manage it:
space-name = Name of the space
space-visibility = Who reads it
space-joining = How people join
space-names-actors = Show moderators by name in this space
space-guidelines = Guidelines
space-concept = This space
space-people = People
space-managers = Managed by
space-tags = Tags
space-join = Join this space
space-join-to-write = Join to write
space-leave = Leave this space
space-ask = Ask to join
space-ask-words = A word to the community manager
space-settings-title = Space settings
space-archive-title = Archive
space-archive-text = An archived space can be read and takes nothing new. It can be restored.
space-new-title = New space
space-new-intro = A space is one audience. Start another when the people you write for differ; for another theme, a board will do.
space-create = Create the space
concept-for = For whom
concept-about = About what
concept-gain = What is in it for them
boards-title = Boards
boards-col-board = Board
boards-col-topics = Topics
boards-col-posts = Posts
boards-col-latest = Latest
boards-nothing-yet = Nothing yet
boards-mark-read = Mark all as read
boards-empty = No topics yet. Start the first one.
boards-empty-filtered = No topic matches this.
board-name = Name of the board
board-description = What it is about
board-kinds = Kinds of topic
board-who-starts = Who may start topics
board-position = Place in the list
board-templates = Templates
board-templates-hint = What the editor begins with, for each kind of topic.
board-new-title = New board
board-settings-title = Board settings
board-archive-text = An archived board can be read and takes nothing new. It can be restored.
template-case = ## Situation

    What was going on, and for whom?

    ## Approach

    What did you do?

    ## Result

    What came of it?

    ## Lesson

    What should the next team know?
filter-kind = Kind
filter-only = Only
filter-tag = Tag
filter-sort = Order
filter-all = All
filter-button = Show
filter-clear = Show everything
members-title = Members
members-name = Name
members-department = Department
members-role = Role
members-since = Member since
members-change = Change
members-asked = Asked to join
members-let-in = Let in
members-refuse = Refuse
members-remove = Remove from the space
members-until = until
members-overdue = overdue
members-role-of = Role of { $name }
members-until-of = End of the term of { $name }
report-off-topic = Off topic
report-unkind = Unkind
report-wrong-space = Wrong space
report-spam = Spam
report-private-data = Private data
report-other = Something else

list-latest = Latest
list-latest-empty = Nobody has written anything yet.
list-unread = Unread
list-unread-empty = You have read everything.
list-unanswered = Unanswered
list-unanswered-empty = Every topic has an answer.
list-mine = My posts
list-mine-empty = You have not written anything yet.
list-mark-all = Mark everything as read
index-since = New for you
index-unread = { $count ->
    [one] One topic has something new.
   *[other] { $count } topics have something new.
}
index-nothing-new = You have read everything.
index-inbox = { $count ->
    [one] One thing concerns you.
   *[other] { $count } things concern you.
}
index-read-new = Read what is new
index-waiting = Waiting for someone like you
index-nobody-waits = Nobody is waiting for an answer.

topics-col-topic = Topic
topics-col-replies = Replies
topics-col-latest = Latest
topics-new-count = { $count } new
topics-pinned = Pinned
topics-solved = Solved
topics-waiting = Waits for an answer
topics-closed = Closed
topics-replies = { $count ->
    [0] Nobody has answered yet
    [one] One reply
   *[other] { $count } replies
}
topics-new-here = { $count } new on this page
topics-view = View:
topics-tree = Tree
topics-flat = By time
topics-manage = Manage topic
topics-mark-read = Mark as read
topics-outline = Outline
topics-branch = { $count ->
    [one] One reply
   *[other] { $count } replies
}
topics-branch-new = { $count } replies, { $new } new
topics-continue-branch = Continue this branch
topics-branch-only = This is one branch of the topic.
topics-whole = Read the whole topic
topics-removed-title = Removed topic
topics-is-closed = This topic is closed.
topics-reply-label = Reply to the topic
topics-join-first = Members of { $space } write here. Joining is one click.
topics-new-title = Start a topic
topics-title = Title
topics-title-hint = Say it so that somebody who searches finds it.
topics-body = Text
topics-kind = Kind
topics-tags = Tags
topics-tags-hint = Words between commas
topics-start = Start the topic
topics-templates = Begin with the template of another kind
topics-edit-title = Edit title and tags
topics-close-title = Close the topic
topics-close-text = A closed topic takes no more replies. It can be reopened.
topics-close-reason-hint = Shown below the topic
topics-reopen = Reopen
topics-pin = Pin to the top
topics-unpin = Unpin
topics-move-title = Move the topic
topics-move-to = To which board
topics-move-look = See who reads it there
topics-move-nowhere = There is no other board that you moderate.
topics-move-same = The same people read it there.
topics-move-from = Who reads it now:
topics-move-then = Who will read it then:
topics-move-button = Move it
audience = { $employees ->
    [one] one employee
   *[other] { $employees } employees
} and { $guests ->
    [one] one guest
   *[other] { $guests } guests
}
audience-everyone = everyone, visitors too

post-new = new
post-guest = Guest
post-imported = imported
post-answer = Answer
post-edited = edited
post-whole = Read all of it
posts-whole-title = The whole post
post-reply = Reply
post-quote = Quote
post-thank = Thank
post-thanks = { $count ->
    [one] one thank-you
   *[other] { $count } thank-yous
}
post-mark = This is the answer
post-unmark = Not the answer
post-more = More
post-edit = Edit
post-history = History
post-remove = Remove
post-restore = Restore
post-report = Report
post-held = This post waits for a moderator. Only you and the moderators see it.
post-hidden = This post is hidden.
post-removed-by-author = Removed by the author.
post-removed-by-moderator = Removed by a moderator.
post-published = Published
posts-reply-title = Reply
posts-reply-to = The post by { $name } that you reply to
posts-reply-label = Your reply
posts-reply-button = Post reply
posts-edit-title = Edit the post
posts-edit-conflict = Somebody changed this post while you were writing. Your text is below; saving it replaces theirs.
posts-edit-theirs = The post as it is now
posts-history-title = History of the post
posts-remove-title = Remove the post
posts-remove-mine = Your text disappears; its place in the thread stays. You can restore it for thirty days.
posts-remove-theirs = The text disappears for everyone but the moderators; its place stays and says why. The author is told.
posts-report-title = Report the post
posts-report-text = The moderators of this space will look at it. The author does not learn who reported it.
posts-report-why = What is wrong with it
posts-report-words = In your own words
posts-thanks-title = Who said thank you
posts-thanks-nobody = Nobody yet.
topics-views-before = { $count ->
    [one] looked at once before it came here
   *[other] looked at { $count } times before it came here
}
posts-thanks-elsewhere = { $count ->
    [one] One person in the forum it came from
   *[other] { $count } people in the forum it came from
}
posts-thanks-withdraw = Take my thanks back
posts-already-title = You have posted from this form already
posts-already-text = The form was sent before with another text. That post stands; nothing was lost.
posts-already-see = See the post
posts-already-new = Your new text
posts-already-button = Post it as a new reply
editor-hint = Markdown · @name to mention somebody
preview-title = Preview
preview-button = Preview

inbox-title = For you
inbox-looked = I have seen these
inbox-empty = Nothing yet. Here you will find replies to you and whatever else concerns you.
inbox-a-moderator = a moderator
inbox-reply = { $times ->
    [one] { $actor } replied to you in “{ $title }”
   *[other] { $times } new replies to your post in “{ $title }”, the last by { $actor }
}
inbox-solved = Solved: “{ $title }”
inbox-followed = { $times ->
    [one] { $actor } wrote in “{ $title }”
   *[other] { $times } new posts in “{ $title }”, the last by { $actor }
}
inbox-new-topic = { $times ->
    [one] { $actor } began “{ $title }” in { $space }
   *[other] { $times } new topics in { $space }, the last “{ $title }” by { $actor }
}
inbox-thanked = { $times ->
    [one] { $actor } thanked you for a post in “{ $title }”
   *[other] { $times } people thanked you for a post in “{ $title }”, { $actor } last
}
inbox-mention = { $actor } mentioned you in “{ $title }”
inbox-answer = { $actor } marked your reply as the answer in “{ $title }”
inbox-report = { $actor } reported a post in “{ $title }”
inbox-join-asked = { $actor } asks to join { $space }
inbox-join-refused = Your request to join was not granted
inbox-joined = You are now a member of { $space }
inbox-role = You have a new role in { $space }

people-placeholder = imported name, not an account
people-gone = This account is no longer in use. The posts stay.
people-posts = Posts
people-no-posts = Nothing that you can read.
people-started = started
people-spaces = Spaces
people-no-spaces = None that you share.
people-since = Here since

profile-title = Profile
profile-see = See the page
profile-no-department = No department
profile-location = Location
profile-about = About me
profile-ask-me = Ask me about
profile-ask-me-hint = What may people come to you for?
profile-zone = Time zone
profile-picture = Picture
profile-picture-choose = Choose a picture
profile-picture-keep = Use this picture
profile-picture-remove = Remove the picture
account-title = Sign-in and sessions
account-mail = Mail address
account-new-mail = New mail address
account-change-mail = Send a letter to confirm it
account-password = Password
account-old-password = Your present password
account-new-password = New password
account-change-password = Change the password
account-sessions = Where you are signed in
account-sessions-text = Changing your password ends all the others.
account-this = (this one)
account-seen = last used
account-end = End
account-end-others = End all others

search-title = Search
search-label = Search for
search-button = Search
search-help = “a phrase”, -without, author:name space:name board:name tag:word kind:question before:2026-01-31 after:2026-01-01
search-found = { $count ->
    [0] Nothing found
    [one] One post found
   *[other] { $count } posts found
}
search-nothing = Try fewer words, or another spelling.
search-rebuilding = The search index is being rebuilt. Results may be missing for a moment.
search-unknown = Not understood and left out: { $what }

rules-title = Rules, privacy and contact
rules-rules = Rules
rules-default = Write as you would speak to a colleague whom you respect. Each space has guidelines of its own.
rules-privacy = Privacy
rules-recorded = This forum records who wrote, replied, thanked and moderated, on which days you visited, which posts you have read (never when), and for 28 days which topics on which day if you asked for suggestions. Nobody is shown which pages you read. There are no scores of persons.
rules-contact = Contact
rules-no-contact = The community managers of each space stand on its page.

follows-title = What I follow
follows-text = Of these you are told on “For you”, at the level you choose. The most particular counts: a branch before its topic, a tag, the board, the space.
follows-empty = Nothing yet. What you write in appears here by itself; follow a space, board or topic on its own page.
follows-tag = Follow a tag
follow-choose = Choose
follow-title = Follow
follow-level = Tell me of
follow-branch = Follow this branch
follow-branch-text = A branch is this post and everything below it.
follow-none = nothing special
follow-every = every post
follow-first = new topics
follow-answers = answers to me
follow-solved = when it is solved
follow-muted = nothing at all
follow-kind-space = space
follow-kind-board = board
follow-kind-tag = tag
follow-kind-topic = topic
follow-kind-branch = branch
follow-why-chosen = you chose it
follow-why-started = you began it
follow-why-replied = you wrote in it
done-followed = You are told of it as you chose.
done-unfollowed = Nothing special is said about it any more.

letters-title = Letters
letters-text = What you want to hear of by mail. At once means after two minutes, if you have not seen it by then; one letter for each topic, not more than one in ten minutes, and at most twenty a day. Letters about decisions, passwords and addresses always come.
letters-about-reply = Replies to me
letters-about-mention = When somebody names me
letters-about-answer = Answers and solved questions
letters-about-followed = New posts and topics in what I follow
letters-about-thanked = Thanks
letters-about-space = My requests and roles, and what became of what I reported
letters-how-none = no letter
letters-how-once = at once
letters-how-digest = in the digest
letters-digest = The digest
letters-rhythm-daily = every day
letters-rhythm-weekly = on Mondays
letters-rhythm-never = never
letters-hour = At this hour of my day
letters-sent = Sent to me
letters-sent-text = Kept for thirty days.
letters-none = Nothing yet.
letters-stop-title = Fewer letters
letters-stop-text = No more letters of this kind: { $what }?
letters-stop-button = No more
letters-stopped = You get no more letters of this kind: { $what }.
letter-notice-kind = Something that concerns you
letter-notice-bare = Something new for you at { $forum }
letter-notice-bare-text = Something happened at { $forum } that concerns you. This organisation sends no texts by mail; you read it here:
letter-notice-why = You get this letter from { $forum } because of what you follow and want letters about. No more letters of this kind:
letter-digest-kind = Digest
letter-digest-subject = { $count ->
    [one] { $forum }: one thing you missed
   *[other] { $forum }: { $count } things you missed
}
letter-digest-waiting = These still wait for somebody like you:
letter-digest-why = You get this digest from { $forum } because you want it. No more digests:
letter-test-kind = Test letter
letter-test-subject = A test letter from { $forum }
letter-test-body = Hello { $name },

    if you read this, letters leave.
done-letter-test = On its way. It stands at the top of this list.
admin-letters-test = Send me a test letter
live-new-posts = New posts on this page: #
search-operators = What can be typed
search-op-phrase = these words next to each other
search-op-not = without this word
search-op-title = the words stand in the title
search-op-is = questions with an answer, questions without one, what I wrote
search-op-where = by whom, where, with which tag, of which kind
search-op-when = from this day on, before that day
search-best = best first
search-newest = newest first
bookmarks-title = Bookmarks
bookmarks-text = Posts you want to find again. Only you see them.
bookmarks-empty = Nothing yet. “Bookmark” stands under “More” of each post.
bookmark-link = Bookmark
bookmark-title = Bookmark
bookmark-note = A note to yourself
bookmark-note-hint = Only you read it.
bookmark-remind = Remind me on
bookmark-reminds = reminds on
bookmark-change = Change
bookmark-remove = Remove
done-bookmarked = Kept among your bookmarks.
done-bookmark-removed = The bookmark is gone.
problem-bookmark-past = Choose a day that is still to come.
inbox-reminder = You wanted to be reminded of “{ $title }”
composer-seen-by = Visible to { $people ->
    [one] one person
   *[other] { $people } people
} in { $space }:
composer-seen-by-all = { $space } is open: visible to everyone, visitors too.
drafts-title = Drafts
drafts-text = What you began to write. Nobody else sees it.
drafts-empty = Nothing waits to be finished.
draft-button = Keep as a draft
draft-kept = Draft kept
draft-go-on = Go on writing
draft-untitled = A topic without a title
draft-reply = Reply in { $topic }
draft-topic = New topic in { $board }
draft-remove = Throw away
done-draft-kept = Kept. It waits for you here and under “Drafts”.
done-draft-removed = The draft is gone.
gaps-title = Looked for and not found
gaps-text = What people looked for in the whole forum: subjects for a topic, or words that a title should have.
gaps-text-space = What people looked for in this space by name: subjects for a topic, or words that a title should have.
gaps-privacy = Each person counts once a day and is not recorded; a term is shown from five times on, by two people on one day at least, and forgotten after 90 days without a search.
gaps-term = Looked for
gaps-nothing = Nothing found
gaps-refined = Tried in other words
gaps-since = Since
gaps-empty = Nothing was missing that was looked for five times or more.
letter-digest-more = { $count ->
    [one] And one more in the forum:
   *[other] And { $count } more in the forum:
}
error-link-over-heading = This link leads nowhere any more
error-link-over-text = It was used already, is too old, or was copied in part. Links from letters work once and for a while only.
error-link-again = Ask for a new link
error-back = Back to where you were
resume-look = Look at it first
admin-people-none = Nobody is called so.
problem-board-position = A whole number from 0 to 1000.
language-named-en = English
language-named-nl = Dutch
queue-filter-author-hint = @name
attach-title = Add a file or a picture
attach-file = File
attach-most = up to { $most } MB each; paste and drop work too
attach-words = What a picture shows, for those who cannot see it
attach-button = Add to the text
problem-file-large = This file is larger than { $most } MB, which is the most a post carries.
problem-file-empty = This file is empty.
problem-files-many = That is enough files for one day.
problem-file-kept = The file could not be kept. Everything else is as you typed it; try again.
search-op-file = posts with a file or a picture
search-nearly = { $count ->
    [one] Nothing says exactly this. One post comes near:
   *[other] Nothing says exactly this. { $count } posts come near:
}
topics-alike = Also about this
topics-alike-typing = There is this already:
mention-unseen = { $count ->
    [one] This person does not see this space and will not be told:
   *[other] These people do not see this space and will not be told:
}
mention-anyway = Post it again to post it anyway.
tags-title = Tags
tags-text = What the words on the topics of this space stand for. One can follow each.
tags-topics = { $count ->
    [one] One topic
   *[other] { $count } topics
}
tags-follow = Follow
tags-also = Also called:
tags-change = Look after it
tags-name = Name
tags-description = What it stands for
tags-synonyms = Other words for it, with commas between them
tags-merge = Make it part of
tags-merge-button = Merge
tags-none = No topic has a tag yet.
tags-here = Used here:
problem-tag-name = One word or a few, at most 40 characters, without commas.
problem-tag-taken = Another tag is called so already. Merge the two instead.
search-near = These come near:
facet-space = Space
facet-board = Board
facet-kind = Kind
facet-author = Written by
facet-year = Year
search-narrow = Narrow it down
search-people = Who knows about this
search-people-text = They wrote about it where you can read it, and agreed to be found by that.
search-people-posts = { $count ->
    [one] one post
   *[other] { $count } posts
}
profile-findable = Show me to those who search for what I wrote about
profile-findable-hint = Beside what they find, and only for posts that they may read. Nothing is counted that you did not post.
post-wiki = members edit this together
post-wiki-begin = Let members edit this
post-wiki-end = Keep this to its author
done-poll-made = The poll is open.
done-voted = Your vote counts.
poll-new = Add a poll
poll-question = Question
poll-choices = Choices
poll-choices-hint = Each on a line of its own, 2 to 20. They cannot be changed afterwards.
poll-kind = How people choose
poll-kind-one = one choice
poll-kind-many = several choices
poll-kind-ranked = a ranking
poll-open = everybody sees who chose what
poll-secret = secret
poll-make-secret = Secret
poll-make-secret-hint = Nobody sees who chose what, you neither. Who voted is kept, what was voted is kept, and nothing that joins the two; so a vote is final.
poll-ends = Last day
poll-ends-hint = Empty: it stays open until somebody ends it.
poll-make = Open the poll
poll-until = open until
poll-over = over
poll-rank-legend = Rank what you want, the best as 1. What you leave out has no place.
poll-choose-legend = Choose
poll-final = A secret vote cannot be changed.
poll-vote = Vote
poll-change = Change my vote
poll-voted = You have voted.
poll-wins = first
poll-count = { $count ->
    [one] one vote, { $share } %
   *[other] { $count } votes, { $share } %
}
poll-ballots = { $count ->
    [0] Nobody has voted yet
    [one] One person has voted
   *[other] { $count } people have voted
}
poll-votes = Who chose what
poll-nobody = Nobody.
poll-rounds = How the ranking was counted
poll-choice = Choice
poll-hidden-until = You see how it stands when you have voted.
poll-end = End the poll now
poll-remove = Take the poll away
keys-title = Keys
keys-text = Everything can be reached with Tab and Enter alone. These are shorter.
keys-search = to the search box
keys-move = to the next and the previous post, or topic of a list
keys-open = open it
keys-new = to the next post that is new
keys-reply = reply to the post one is at, or to the topic
keys-help = show these keys
mention-crowd = @{ $word } are { $count } people, and nobody is told: one word tells at most fifty.
