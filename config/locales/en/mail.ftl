by-mail-title = By mail
by-mail-text = Letters about what somebody wrote can be answered: your answer is posted below it, under your name. A topic begins with a letter to the address that stands where you start one. These addresses are yours alone, and only letters from the mail address of your account are posted.
by-mail-make = Give me such addresses
by-mail-renew = Make them anew: letters to the old ones do nothing any more
by-mail-start = A letter to this address starts a topic here, under your name: its subject is the title. The address is yours alone; give it to nobody.
by-mail-ask = Ask for your own address first
done-addresses = Your addresses are new.
post-trimmed = Show what was quoted
letter-answer = Answer this letter, and your answer is posted.
letter-not-posted-kind = Not posted
letter-not-posted-subject = { $forum }: your letter was not posted
letter-not-posted-body = Hello { $name },

    a letter to one of your addresses at { $forum } was not posted. { $why }

    { $words }
arrival-posted = Posted
arrival-refused = Not posted; its sender was told why
arrival-automatic = A machine wrote it; nothing was done
arrival-unknown = To no address that was given out; nothing was done
arrival-other-sender = It came from another sender than the owner of that address.
arrival-unproven = The mail server did not find that it came from the sender it names.
arrival-unreadable = Too large, or not a letter; nothing was done
arrival-too-soon = You wrote too often in a short time. Send it again in a while.
arrival-gone = What it answers is not there any more, or not for you to see.
admin-came-title = Mail that came in
admin-came-text = What became of answers and new topics by mail in the last thirty days. What a letter said is not kept.
admin-came-became = What became of it
