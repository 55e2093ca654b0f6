by-mail-title = Per mail
by-mail-text = Op brieven over wat iemand schreef kun je antwoorden: je antwoord komt eronder te staan, onder je naam. Een onderwerp begint met een brief aan het adres dat staat waar je er een begint. Deze adressen zijn alleen van jou, en alleen brieven van het mailadres van je account worden geplaatst.
by-mail-make = Geef me zulke adressen
by-mail-renew = Maak ze opnieuw: brieven aan de oude doen dan niets meer
by-mail-start = Een brief aan dit adres begint hier een onderwerp, onder je naam: het onderwerp van de brief is de titel. Het adres is alleen van jou; geef het aan niemand.
by-mail-ask = Vraag eerst je eigen adres aan
done-addresses = Je adressen zijn nieuw.
post-trimmed = Toon wat was aangehaald
letter-answer = Antwoord op deze brief, en je antwoord wordt geplaatst.
letter-not-posted-kind = Niet geplaatst
letter-not-posted-subject = { $forum }: je brief is niet geplaatst
letter-not-posted-body = Hallo { $name },

    een brief aan een van je adressen bij { $forum } is niet geplaatst. { $why }

    { $words }
arrival-posted = Geplaatst
arrival-refused = Niet geplaatst; de afzender heeft gehoord waarom
arrival-automatic = Door een machine geschreven; er is niets gedaan
arrival-unknown = Aan geen adres dat is uitgegeven; er is niets gedaan
arrival-other-sender = De brief kwam van een andere afzender dan de eigenaar van dat adres.
arrival-unproven = De mailserver vond niet dat de brief van de genoemde afzender kwam.
arrival-unreadable = Te groot, of geen brief; er is niets gedaan
arrival-too-soon = Je schreef te vaak in korte tijd. Stuur het later nog eens.
arrival-gone = Waarop het antwoordt is er niet meer, of niet voor jou te zien.
admin-came-title = Mail die binnenkwam
admin-came-text = Wat er in de laatste dertig dagen werd van antwoorden en nieuwe onderwerpen per mail. Wat een brief zei wordt niet bewaard.
admin-came-became = Wat ervan werd
