set-up-title = Set up the forum
set-up-intro = One page, and your forum is ready: its name, your account, and one audience with one theme. More comes when the first lives.
set-up-forum = The forum
set-up-forum-name = Name of the forum
set-up-language = Language
set-up-admin = You, the admin
set-up-audience = One audience
set-up-audience-hint = A space is one audience. Say in three lines whom you bring together, and why they would come.
set-up-theme = One theme
set-up-board-name = Questions and answers
set-up-welcome = Title of the welcome topic
set-up-welcome-title = Welcome: what this place is for
set-up-welcome-body = Welcome. Here we ask, answer and tell each other what works.

    Ask what you want to know, even if it seems small. Answer what you know. Say who you are.
set-up-button = Open the forum

sign-in-title = Sign in
sign-in-who = Mail address or @name
sign-in-button = Sign in
sign-in-forgot = Forgot your password?
sign-in-join = Make an account with your mail address at work
sign-in-resume = Your session had ended. What you wrote is kept: sign in, and you can send it.
resume-title = Welcome back
resume-text = You are signed in again. This is what you wrote; nothing has been sent yet.
resume-button = Send it now
join-title = Join the forum
join-space = You are invited to { $space }.
join-domains = For people with a mail address at { $domains }.
join-display-name = Your name
join-name = Your @name
join-name-hint = Small letters, digits, dot and dash. People mention you with it.
join-mail = Mail address
join-password = Password
join-password-hint = At least ten characters. A few words in a row are easy to remember and hard to guess.
join-button = Join
join-sent-title = Look in your mail
join-sent-text = We have sent a letter to { $mail }. Follow the link in it to open your account.
reset-title = New password
reset-intro = Give your mail address, and we send a link that works for half an hour.
reset-button = Send the link
reset-sent = If { $mail } belongs to an account here, a letter with a link is on its way.
reset-choose = Use this password
confirm-title = Confirm your mail address
confirm-text = Press the button to confirm that this address is yours.
confirm-button = Confirm

admin-title = Forum
admin-people-title = People
admin-people-search = Search by name or mail address
admin-invitations-title = Invitations
admin-staff-title = Staff list
admin-spaces-title = All spaces
admin-letters-title = Letters
admin-language = Language for visitors
admin-zone = Time zone of days and weeks:
admin-entrance = How people come in
entrance-closed = Closed: nobody can make an account
entrance-invitation = With an invitation link
entrance-domains = With an invitation link, or with a mail address at the domains below
admin-domains = Mail domains
admin-domains-hint = One a line, such as heron.example
admin-jobs = Work in hand: { $open }. Put aside after failing: { $stuck }.
admin-kind = Account
admin-role = Role for the whole forum
admin-reset = Make a reset link
admin-reset-text = A link with which this person chooses a new password. They are told by letter, and it is logged.
admin-reset-link = Hand this link over yourself. It works for half an hour and is shown only now.
admin-deactivate = Deactivate the account
admin-deactivate-text = Access ends at once on every device. The posts stay.
admin-reactivate = Reactivate the account
admin-invite = Make an invitation link
admin-invitation-made = Here is the link. It is shown only now.
admin-invitation-note = A word for those you invite
admin-invitation-days = Valid for how many days
admin-invitation-uses = For how many people
admin-invitation-space = Becomes a member of
admin-invitation-no-space = No space in particular
admin-invitation-line = { $uses } of { $max } used, until
admin-invitation-end = End it
admin-invitation-over = over
admin-staff-size = { $people } people on the list, { $here } of them here.
admin-staff-file = CSV file
admin-staff-hint = First line: mail, name, department, location, start, end. Dates as 2026-11-22.
admin-staff-import = Take in the list
admin-staff-report = { $read } lines read: { $added } new, { $changed } changed, { $unchanged } as they were.
admin-staff-line = Line { $line }:
admin-departments = Departments
admin-department-new = New department
admin-letters-text = To whom a letter went and whether it left. What it said is between the forum and the reader.
admin-letters-to = To
admin-letters-again = Try the waiting and failed letters now
done-letters-again = The letters are tried again now.
admin-letters-kind = Kind
admin-letters-when = When
admin-letters-state = State
letter-state-sent = sent
letter-state-failed = could not be sent
letter-state-waiting = waiting

letter-sign = { $forum }
letter-reset-kind = New password
letter-reset-subject = A new password for { $forum }
letter-reset-body = Hello { $name },

    somebody asked for a new password for your account. If it was you, follow the link within half an hour. If not, you need do nothing.
letter-reset-issued-kind = Reset link handed over
letter-reset-issued-subject = An admin of { $forum } made a reset link for you
letter-reset-issued-body = Hello { $name },

    an admin made a link with which a new password can be chosen for your account, to hand it to you. If you did not ask for it, speak to them.
letter-password-changed-kind = Password changed
letter-password-changed-subject = Your password for { $forum } was changed
letter-password-changed-body = Hello { $name },

    your password was changed, and all other sessions were ended. If it was not you, choose a new one at once:
letter-confirm-mail-kind = Confirm a mail address
letter-confirm-mail-subject = Confirm your mail address for { $forum }
letter-confirm-mail-body = Hello { $name },

    follow the link within a day to use this address for your account.
letter-confirm-account-kind = Confirm an account
letter-confirm-account-subject = Your account at { $forum }
letter-confirm-account-body = Hello { $name },

    follow the link within three days to open your account.
letter-mail-changed-kind = Mail address changed
letter-mail-changed-subject = Your mail address at { $forum } was changed
letter-mail-changed-body = Hello { $name },

    your account now has another mail address. If it was not you, speak to an admin.
letter-already-here-kind = Address already in use
letter-already-here-subject = You already have an account at { $forum }
letter-already-here-body = Hello,

    somebody tried to use this address for an account, but there is one already. If it was you, simply sign in.

done-set-up = Your forum is open. Edit the welcome topic, then invite the first people.
done-signed-out = You are signed out.
done-joined-forum = Welcome. Look around, and say who you are.
done-password = The new password works from now on.
done-confirmed = Your mail address is confirmed.
done-mail-asked = Look in your mail: the new address counts when you have confirmed it.
done-session-ended = Ended.
done-profile = Saved.
done-saved = Saved.
done-deactivated = The account is deactivated.
done-reactivated = The account is active again.
done-space-created = The space is there. Now give it a board.
done-board-created = The board is there. Start its first topic.
done-joined = You are a member now.
done-asked = Your request is with the community managers.
done-left = You have left the space.
done-read-all = Everything is marked as read.
done-read-board = The board is marked as read.
done-read-topic = The topic is marked as read.
done-closed = The topic is closed.
done-reopened = The topic is open again.
done-moved = The topic has moved. Old links still lead here.
done-removed = The post is removed.
done-restored = The post is back.
done-reported = Thank you. The moderators will look at it.
done-thanked = Thanked.
done-thank-withdrawn = Your thanks are taken back.
done-answer = Marked as the answer.
done-answer-undone = No longer marked as the answer.
admin-previews = Show what linked pages say about themselves
admin-previews-text = Under a post that has an address on a line of its own. The forum then asks that page, so its owner sees that somebody here wrote its address; never a page inside your network. Switched off, what was shown goes.
