chrome-queue = Wachtrij
queue-title = Wachtrij
queue-count = { $count ->
    [0] er wacht niets
    [one] er wacht er één
    [100] er wachten er honderd of meer
   *[other] er wachten er { $count }
}
queue-filter = Toon
queue-all = Alles
queue-flag = Gemeld
queue-held = Vastgehouden
queue-spam = Vermoedelijk spam
queue-phrase = Bewaakte woorden
queue-appeal = Bezwaren
queue-only-any = van iedereen
queue-only-mine = door mij genomen
queue-only-late = te laat
queue-late = te laat
queue-in = in
queue-empty = Er wacht niets op een beslissing. Wat leden melden en wat wordt vastgehouden, verschijnt hier.
queue-keys = Toetsen
queue-keys-move = volgende en vorige
queue-keys-open = openen
queue-keys-keep = laten staan of goedkeuren
queue-keys-help = deze toetsen
review-title = Beoordeling
review-kind-flag = Melding
review-kind-held = Wacht op goedkeuring
review-kind-spam = Vermoedelijk spam
review-kind-phrase = Bewaakt woord
review-kind-appeal = Bezwaar
review-kind-act = Eigen handeling van een moderator
review-flags = { $count ->
    [one] Eén melding: { $reasons }
   *[other] { $count } meldingen: { $reasons }
}
review-state-visible = zichtbaar
review-state-held = vastgehouden voor publicatie
review-state-gone = niet meer zichtbaar
review-author-employee = medewerker, hier sinds { $since }
review-author-guest = gast van { $organisation }, hier sinds { $since }
review-author-imported = geïmporteerd
review-flagged-by = Gemeld door
review-first-flag = eerste melding
review-accuracy = { $upheld } van { $total } meldingen terecht
review-taken-by = Genomen door
review-nobody-yet = nog niemand; je eerste handeling neemt hem
review-stale = Er is intussen iets met deze beoordeling gebeurd, dus is er niets gedaan. Zo staat het er nu voor.
review-first-decision = De beslissing waartegen bezwaar is gemaakt:
review-decided = Beslist
review-rule = Regel
review-undo = Deze beslissing ongedaan maken
review-near = Waar het staat
review-near-gone = verwijderd
review-decide = Beslissen
review-what = Wat er gebeurt
review-board = Naar welk bord, als het verhuist
review-reason = Reden, zoals de schrijver die leest
review-reason-hint = Nodig, tenzij alles bleef zoals het was. Vriendelijk en precies: wat niet goed was, en wat wel goed zou zijn.
review-sanction = Voor de schrijver
review-decide-button = Beslissen
review-timeline = Wat er gebeurde
review-note = Een notitie voor moderatoren
review-note-button = Notitie toevoegen
review-who = Wie ermee bezig is
review-has-it = { $name } heeft hem.
review-nobody-has-it = Nog niemand heeft hem.
review-take = Neem hem
review-take-over = Neem hem over
review-free = Geef hem terug
review-hand-to = Geef hem aan
review-hand = Overdragen
review-escalate = Vraag het de beheerders van het forum
review-escalate-why = Wat zij moeten weten
review-escalate-button = Vraag het hun
review-history = De schrijver in deze ruimte
review-posts-before = { $count ->
    [0] Nog geen bericht
    [one] Eén bericht
   *[other] { $count } berichten
}
review-nothing-before = Geen eerdere beoordelingen.
urgency-title = Waarom hij hier staat
urgency-kind = Soort
urgency-flags = Meldingen, naar hoe vaak elk terecht was
urgency-reach = Lezers van het onderwerp
urgency-lateness = Uren over de streeftijd van de ruimte; onder nul nog op tijd
urgency-sum = Samen
decide-approve = Goedkeuren
decide-keep = Laten staan
decide-hide = Verbergen met een reden
decide-remove = Verwijderen met een reden
decide-spam = Spam: alle berichten van dit account hier verwijderen
decide-close = Onderwerp sluiten
decide-move = Onderwerp verplaatsen
decide-overturn = De beslissing herzien
decide-uphold = De beslissing handhaven
act-approve = Goedgekeurd
act-keep = Blijft staan
act-hide = Bericht verborgen
act-remove = Bericht verwijderd
act-restore = Bericht teruggezet
act-edit = Bericht bewerkt
act-spam = Verwijderd als spam
act-close = Onderwerp gesloten
act-reopen = Onderwerp heropend
act-move = Onderwerp verplaatst
act-overturn = Beslissing herzien
act-uphold = Beslissing gehandhaafd
act-undone = ongedaan gemaakt
sanction-none = Verder niets
sanction-warning = Een waarschuwing
sanction-silence = { $days ->
    [one] Eén dag niet schrijven in deze ruimte
   *[other] { $days } dagen niet schrijven in deze ruimte
}
sanction-suspension = { $days } dagen geen toegang tot het forum
sanction-was-warning = Waarschuwing van { $from }, telt tot { $until }
sanction-was-silence = Kon niet schrijven van { $from } tot { $until }
sanction-was-suspension = Geen toegang van { $from } tot { $until }
line-opened = Geopend door { $actor }
line-flagged = Gemeld door { $actor }
line-taken = Genomen door { $actor }
line-freed = Teruggegeven door { $actor }
line-handed = Overgedragen door { $actor } aan
line-escalated = Voor de beheerders gebracht door { $actor }
line-note = Notitie van { $actor }
line-decided = Beslist door { $actor }
line-undone = Ongedaan gemaakt door { $actor }
line-appealed = Bezwaar gemaakt door { $actor }
line-the-forum = het forum
role-admin = Een beheerder
canned-off-topic = Dit ging niet over het onderwerp. Begin er gerust een eigen onderwerp voor.
canned-unkind = De toon van dit bericht is niet hoe we hier met elkaar spreken. Zeg het gerust nog eens, over de zaak zelf.
canned-wrong-space = Dit hoort in een andere ruimte.
canned-spam = Dit was reclame, en daar is het forum niet voor.
canned-private-data = Dit bericht bevatte privégegevens van iemand. Plaats het opnieuw zonder die gegevens.
canned-other = Dit bericht past niet bij de richtlijnen van deze ruimte.
canned-uphold = Iemand anders heeft er opnieuw naar gekeken, en de beslissing blijft staan.
decisions-title = Beslissingen over mijn berichten
decisions-text = Wat moderatoren over jou en je berichten beslisten, en waarom. Alleen jij en de moderatoren zien deze pagina.
decisions-sanctions = Waarschuwingen en beperkingen
decisions-over = voorbij
decisions-empty = Geen beslissingen. Moge het zo blijven.
decision-title = Een beslissing
decision-about = Over
decision-why = Waarom
decision-by = Door
decision-by-whom = { $who } in { $space },
appeal-title = Zie je het anders?
appeal-text = Je kunt één keer vragen om er opnieuw naar te kijken. Dat doet iemand anders dan wie besliste.
appeal-words = Wat moeten zij weten?
appeal-button = Vraag om opnieuw te kijken
log-title = Moderatielogboek
log-text = Wat moderatoren in deze ruimte deden, volgens welke regel en waarom. Wat ongedaan is gemaakt, blijft staan.
log-when = Wanneer
log-what = Wat
log-why = Waarom
log-by = Door
log-empty = Moderatoren hebben nog niets hoeven doen.
done-taken = Je hebt hem nu.
done-freed = Teruggegeven aan de wachtrij.
done-handed = Overgedragen.
done-escalated = De beheerders zien hem nu.
done-decided = Beslist. Wie het aangaat, hoort het.
done-undone = Ongedaan gemaakt. Alles is zoals het was.
done-appealed = Iemand anders kijkt ernaar. Je hoort hoe het afloopt.
inbox-decided = { $what }, door { $by }: “{ $title }”
inbox-flag-ended = Over wat je meldde in “{ $title }” is beslist. Dank dat je het zei.
letter-decided-kind = Beslissing van een moderator
letter-decided-subject = Een beslissing in { $space }
letter-decided-body = Hallo { $name },

    { $what }

    Dit is beslist door { $by }. Zie je het anders, dan kun je één keer vragen om er opnieuw naar te kijken, op deze pagina:
decided-approve = Je bericht in { $space } is goedgekeurd en nu zichtbaar.
decided-keep = Je bericht in { $space } blijft zoals het is.
decided-hide = Je bericht in { $space } is verborgen.
decided-remove = Je bericht in { $space } is verwijderd.
decided-spam = Je berichten in { $space } zijn verwijderd als spam.
decided-close = Je onderwerp in { $space } is gesloten.
decided-move = Je onderwerp is verplaatst uit zijn bord in { $space }.
decided-overturn = Je had gelijk: de beslissing in { $space } is herzien.
decided-uphold = Er is opnieuw gekeken naar de beslissing in { $space }, en die blijft staan.
sanctioned-warning = Dit is een officiële waarschuwing.
sanctioned-silence = { $days ->
    [one] Eén dag lang kun je { $space } lezen, maar er niet schrijven.
   *[other] { $days } dagen lang kun je { $space } lezen, maar er niet schrijven.
}
sanctioned-suspension = Je hebt { $days } dagen geen toegang tot het forum.
silenced-until = Je kunt hier lezen, maar niet schrijven tot { $until }.
problem-sanction-moderator = Wie hier een rol heeft, of beheerder is, wordt niet tot zwijgen gebracht of geschorst. Eerst gaat de rol.
problem-sanction-managers = Alleen een communitymanager of beheerder kan iemand buiten het hele forum houden.
problem-appeal-empty = Zeg waar opnieuw naar gekeken moet worden.
problem-review-hours = Kies tussen 1 en 720 uur.
space-review-hours = Uren waarbinnen een beoordeling beslist moet zijn
problem-suspended = Het wachtwoord klopt, maar je hebt geen toegang tot { $until }. Waarom staat in een brief.
holding-title = Vastgehouden
holding-text = Wat op een moderator wacht voordat anderen het zien. Wie hier modereert, wordt nooit tegengehouden.
holding-rules = Regels
holding-none = Er wordt niets volgens een regel vastgehouden. Vermoedelijke spam van gasten wel.
holding-remove = Verwijderen
holding-add = Een regel toevoegen
holding-what = Wat wordt vastgehouden
holding-amount = Hoeveel
holding-amount-hint = Berichten bij eerste berichten, dagen bij jonge accounts.
holding-board = Waar
holding-everywhere = In de hele ruimte
holding-add-button = Regel toevoegen
hold-guests-first = De eerste berichten van een gast
hold-every-post = Elk bericht
hold-young-links = Berichten met links van jonge accounts
hold-rule-guests-first = { $amount ->
    [one] Het eerste bericht van een gast
   *[other] De eerste { $amount } berichten van een gast
}
hold-rule-every-post = Elk bericht
hold-rule-young-links = { $amount ->
    [one] Berichten met links van accounts jonger dan een dag
   *[other] Berichten met links van accounts jonger dan { $amount } dagen
}
hold-in-board = { $what } in { $board }
hold-in-topic = { $what } in onderwerp { $topic }
hold-until = tot { $until }
phrases-title = Bewaakte woorden
phrases-none = Er worden geen woorden bewaakt.
phrases-add = Woorden bewaken
phrases-phrase = De woorden
phrases-expression = Het is een reguliere expressie
phrases-act = Wat er gebeurt met een bericht waar dit in staat
phrases-try = Probeer op de laatste 1.000 berichten
phrases-add-button = Bewaken
phrase-hold = “{ $phrase }”: vastgehouden
phrase-flag = “{ $phrase }”: geplaatst, en voorgelegd aan de moderatoren
phrase-mask = “{ $phrase }”: onleesbaar gemaakt
phrase-refuse = “{ $phrase }”: geweigerd
phrase-act-hold = Het wordt vastgehouden
phrase-act-flag = Het wordt geplaatst, en moderatoren kijken ernaar
phrase-act-mask = De woorden worden onleesbaar gemaakt
phrase-act-refuse = Het wordt geweigerd
phrase-tried = { $met } van de laatste { $of } berichten bevatten het.
topics-hold = Nieuwe berichten 24 uur vasthouden
done-topic-held = Nieuwe berichten hier wachten tot morgen op een moderator.
held-waits = Je bericht wacht op een moderator. Alleen jij en de moderatoren zien het.
held-waits-usually = { $minutes ->
    [one] Je bericht wacht op een moderator. Dat duurt hier meestal ongeveer een minuut.
   *[other] Je bericht wacht op een moderator. Dat duurt hier meestal ongeveer { $minutes } minuten.
}
problem-phrase-refused = Hier staat iets in dat hier niet wordt geplaatst. Zeg het met andere woorden.
problem-phrase-length = Woorden hebben 2 tot 200 tekens.
problem-phrase-expression = Deze reguliere expressie is niet te lezen, of te groot.
problem-hold-amount = Kies tussen 1 en 365.
act-split = Tak afgesplitst
act-merge = Onderwerpen samengevoegd
act-reparent = Bericht verplaatst in de boom
post-split = Afsplitsen
post-reparent = Of laat het op een ander bericht van dit onderwerp antwoorden.
split-title = Afsplitsen als eigen onderwerp
split-text = Dit bericht en alles eronder worden een nieuw onderwerp op hetzelfde bord, met links over en weer. Nummers, ongelezen-tekens en beoordelingen gaan mee.
split-new-title = Titel van het nieuwe onderwerp
split-from = Afgesplitst van
split-off = Ging verder in een eigen onderwerp:
merge-title = Samenvoegen met een ander onderwerp
merge-text = Alle berichten van dit onderwerp worden een tak onder het eerste bericht van het andere. Dit adres leidt dan daarheen.
merge-into = Het andere onderwerp
merge-into-hint = Het adres of het nummer ervan.
reparent-title = Een ander bericht erboven
reparent-text = Dit bericht en alles eronder antwoorden dan op een ander bericht van hetzelfde onderwerp.
reparent-parent = Het bericht waarop het antwoordt
reparent-hint = Het adres of het nummer ervan: de datum van elk bericht leidt naar zijn adres.
done-split = De tak is nu een eigen onderwerp.
done-merged = De onderwerpen zijn nu één.
done-reparented = Het antwoordt nu op dat bericht.
problem-merge-into = Kies een ander onderwerp dat er is en dat je modereert.
problem-reparent = Kies een ander bericht van dit onderwerp, buiten deze tak.
admin-audit-title = Audit
admin-audit-text = Elke handeling van beheerders en moderatoren, aaneengeschakeld tot een keten die laat zien of er iets is veranderd. Wat als bestand vertrekt, wordt ook opgeschreven.
admin-audit-export = Alles als CSV
admin-audit-about = Over
admin-audit-particulars = Bijzonderheden
figures-title = Cijfers van de moderatie
figures-text = Over beoordelingen, nooit over afzonderlijke moderatoren. Geteld als de pagina wordt geopend, over wat in de periode werd geopend.
figures-window = Periode
figures-days = { $days } dagen
figures-figure = Cijfer
figures-value = Waarde
figures-meaning = Wat het betekent
figures-none = –
figures-seconds = { $seconds } s
figures-minutes = { $minutes } min
figures-hours = { $hours } u { $minutes } min
figures-share = { $part } van { $whole } ({ $percent } %)
figures-open = Open
figures-open-means = Beoordelingen die nog wachten.
figures-median = Mediane tijd tot beslissing
figures-median-means = De helft van de beoordelingen die wachtten, werd hierbinnen beslist. Eigen handelingen van moderatoren wachten niet en tellen niet mee.
figures-p90 = Negen van de tien beslist binnen
figures-p90-means = De trage: één op de tien duurde langer.
figures-in-time = Op tijd beslist
figures-in-time-means = Binnen de streeftijd van deze ruimte, { $hours } uur; wat te laat is en nog openstaat, is dat niet.
figures-overturned = Herzien na bezwaar
figures-overturned-means = Van de bezwaren waarover is beslist.
figures-flags = Terechte meldingen
figures-flags-means = Van de meldingen achter besliste beoordelingen; een melding is terecht als het bericht niet bleef zoals het was.
figures-held = Vastgehouden berichten
figures-held-means = Door een regel, bewaakte woorden of het vermoeden van spam.
figures-held-wait = Mediane wachttijd van een vastgehouden bericht
figures-held-wait-means = Van schrijven tot beslissing.
figures-repeat = Schrijvers met meer dan één
figures-repeat-means = Mensen van wie meer dan één beslissing een bericht, woorden, een onderwerp of het lidmaatschap wegnam.
figures-by-kind = Geopend, naar soort
figures-by-decision = Beslist, naar beslissing
figures-by-role = Beslist, naar rol
figures-by-rule = Beslist, naar regel
queue-last = Je laatste beslissing:
queue-undo = Ongedaan maken
several-title = Meer tegelijk
several-text = Vink hierboven beoordelingen aan, kies wat er met alle gebeurt en geef één reden.
several-button = Beslis over de aangevinkte
several-choose = Kies deze
several-none = Vink minstens één beoordeling aan en kies wat er gebeurt.
several-changed = er is intussen iets mee gebeurd, of dit kan hierover niet worden beslist
several-gone = hij ligt niet meer bij jou
several-done = { $count ->
    [0] Over geen enkele is beslist. Deze blijven zoals ze zijn:
    [one] Over één is beslist. Deze blijven zoals ze zijn:
   *[other] Over { $count } is beslist. Deze blijven zoals ze zijn:
}
decide-edit = Bewerken met een toelichting
decide-slow = Onderwerp vertragen
act-slow = Onderwerp vertraagd
decided-edit = Je bericht in { $space } is door een moderator bewerkt.
decided-slow = Het onderwerp van je bericht in { $space } is vertraagd: iedereen antwoordt daar hooguit af en toe.
act-let-go = Onderwerp weer in eigen tempo
review-edit-text = Wat er voortaan in het bericht staat
review-edit-hint = Wat er eerst stond, blijft in de geschiedenis, voor de schrijver en de moderatoren.
review-or = Of:
review-in-the-way = Dit kan zo niet ongedaan worden gemaakt: nieuwere handelingen staan in de weg en moeten eerst ongedaan worden gemaakt.
newer-reply = Een antwoord sindsdien
problem-text-same = De tekst is dezelfde als eerst.
problem-slow-minutes = Kies een van de tempo’s.
problem-slow-mode = { $minutes ->
    [one] Dit onderwerp is vertraagd. Over een minuut kun je weer antwoorden.
   *[other] Dit onderwerp is vertraagd. Over { $minutes } minuten kun je weer antwoorden.
}
slow-title = Vertragen
slow-text = In een vertraagd onderwerp antwoordt iedereen hooguit af en toe. Zo is er tijd om elkaar te lezen. Moderators worden niet vertraagd.
slow-choose = Eén antwoord per persoon
slow-pace = { $minutes ->
    [0] zo vaak als men wil
    [60] elk uur
    [240] elke vier uur
    [1440] eens per dag
   *[other] elke { $minutes } minuten
}
slow-is = { $minutes ->
    [60] Vertraagd: iedereen antwoordt hooguit eens per uur.
    [240] Vertraagd: iedereen antwoordt hooguit elke vier uur.
    [1440] Vertraagd: iedereen antwoordt hooguit eens per dag.
   *[other] Vertraagd: iedereen antwoordt hooguit elke { $minutes } minuten.
}
texts-title = Teksten voor redenen
texts-text = Met deze woorden begint een reden, in de taal waarin de schrijver het forum leest. Ze kunnen worden veranderd voor ze worden verstuurd. Een tekst die je leegmaakt, wordt weer die van het forum.
texts-own = eigen woorden van deze ruimte
flag-kinds-title = Meldingen
flag-kinds-text = Waaruit leden kiezen als ze een bericht melden. Een soort die ophoudt, houdt haar naam waar ze is gebruikt.
flag-kinds-urgent = dringend
flag-kinds-ended = opgehouden
flag-kinds-end = Van de lijst halen
flag-kinds-begin = Terugzetten
flag-kinds-add = Soort toevoegen
flag-kinds-name = Naam ({ $language })
flag-kinds-is-urgent = Het is dringend: zulke meldingen wegen dubbel
problem-flag-kind-name = Geef een naam van 2 tot 60 tekens in minstens één taal.
problem-flag-kinds-many = Er zijn genoeg soorten. Te veel keus is geen keus.
act-enter = Met een reden binnengegaan door iemand die er niet bij hoort
role-forum-manager = Een communitymanager van het forum
index-closed = Ruimtes die je kent en niet leest
enter-title = Met een reden binnengaan
enter-text = Je leest hier en doet niets. Je naam en je reden komen in het logboek van deze ruimte en de leden krijgen bericht. Wat je opent, wordt opgeschreven voor controleurs.
enter-reason = Waarom het nodig is
enter-reason-hint = De leden lezen het.
enter-minutes = Hoe lang
enter-for = { $minutes } minuten
enter-button = Binnengaan
enter-is = Je hoort hier niet bij en leest tot { $until }. Je reden:
enter-end = Nu weggaan
done-entered = Je bent binnen. De leden hebben bericht gekregen.
done-accepted = Geaccepteerd.
problem-enter-reason = Geef een reden van 10 tot 500 tekens.
problem-enter-minutes = Kies hoe lang.
inbox-entered = { $actor } is met een reden { $space } binnengegaan, zonder erbij te horen
guidelines-none = Er zijn nog geen richtlijnen.
guidelines-older = Dit is versie { $version }; die geldt niet meer.
guidelines-newest = De nieuwste
guidelines-versions = Versies
guidelines-version = Versie { $version }
guidelines-owed = Voor je eerste bericht hier accepteer je de richtlijnen.
guidelines-read = Lees ze
guidelines-accept = Ik accepteer de
guidelines-link = richtlijnen van deze ruimte
guidelines-accept-button = Ik accepteer ze
problem-guidelines-accept = Lees en accepteer eerst de richtlijnen van deze ruimte.
space-reminders = Bij het schrijven wordt herinnerd
reminder-old = aan een onderwerp dat een half jaar stil is
reminder-row = aan een derde bericht achter elkaar
reminder-share = aan een gesprek dat één persoon draagt
reminder-twin = aan een vraag die al eens is gesteld
reminds-old = Dit onderwerp is al { $months } maanden stil. Een nieuw onderwerp vindt misschien meer lezers.
reminds-row = De laatste twee berichten hier zijn van jou. Je kunt het laatste bewerken, of eerst anderen laten spreken.
reminds-share = Meer dan de helft van de laatste berichten hier is van jou. Wie is nog niet gehoord?
reminds-twin = Zoiets is al eens gevraagd:
reminds-twin-anyway = Is jouw vraag een andere, druk dan nog eens op de knop.
space-admits-visitors = Bezoekers mogen hier een account aanvragen (van een openbare ruimte; een moderator beslist)
queue-account = Accounts
review-kind-account = Vraagt een account aan
decide-refuse = Account weigeren
act-refuse = Account geweigerd
decided-refuse = Het account dat je in { $space } aanvroeg, is geweigerd.
apply-title = Account aanvragen
apply-text = Je zou gast zijn van { $space }. Een moderator leest wat je hier schrijft en beslist; je krijgt hoe dan ook een brief.
apply-organisation = Organisatie
apply-words = Wat brengt je hier
apply-words-hint = 10 tot 1.000 tekens. De moderatoren van deze ruimte lezen het, en niemand anders.
apply-button = Aanvragen
apply-sent = Daarna beslist een moderator, en je krijgt een brief.
problem-organisation = Noem je organisatie met 2 tot 80 tekens.
problem-application-words = Zeg het in 10 tot 1.000 tekens.
letter-application-granted-kind = Account toegekend
letter-application-granted-subject = Je account bij { $forum }
letter-application-granted-body = Hallo { $name },

    de moderatoren van { $space } hebben je binnengelaten. Je kunt je nu aanmelden.
letter-application-refused-kind = Account geweigerd
letter-application-refused-subject = Je account bij { $forum }
letter-application-refused-body = Hallo { $name },

    de moderatoren van { $space } hebben je niet binnengelaten. Zij zeggen:

    { $reason }

    Wat je over jezelf vertelde, is verwijderd. Tot wie je je kunt wenden, staat hier:
letter-overdue-kind = Er wacht iets te lang
letter-overdue-subject = { $count ->
    [one] Eén beoordeling wacht te lang
   *[other] { $count } beoordelingen wachten te lang
}
letter-overdue-body = Hallo { $name },

    { $count ->
        [one] één beoordeling in je wachtrij wacht langer dan haar ruimte wil.
       *[other] { $count } beoordelingen in je wachtrij wachten langer dan hun ruimtes willen.
    } De volgende brief als deze komt op zijn vroegst over een uur.
feeds-title = Feeds
feeds-text = Voor een feedlezer, die zich niet kan aanmelden. Deze adressen dragen een sleutel die van jou is: wie ze heeft, leest deze feeds zoals jij, en verder niets. Wissel de sleutel als iemand anders hem heeft.
feeds-make = Maak mijn adressen
feeds-exchange = Sleutel wisselen
feeds-end = Sleutel weghalen
feeds-as-feed = Als feed
done-feeds-made = Hier zijn je adressen.
done-feeds-ended = Je adressen openen niets meer.
review-source-member = Leden
review-source-rule = Regels van het forum
review-source-author = De schrijver
review-source-moderator = Moderators zelf
figures-by-source = Geopend, naar bron
figures-in-time-forum-means = Binnen de streeftijd van elke ruimte; wat te laat is en nog openstaat, is dat niet.
report-link = Verslag van
report-title = Moderatie van { $name } in { $year }
report-summary = { $opened ->
    [0] Er hoefde niets te worden gemodereerd.
    [one] Er is één beoordeling geopend, { $decided } beslist, { $open } open.
   *[other] Er zijn { $opened } beoordelingen geopend; over { $decided } is beslist, { $open } zijn nog open.
}
report-running = Het jaar is nog niet voorbij: deze cijfers groeien nog.
report-made = Gemaakt
queue-more-filters = Meer filters
queue-filter-any = alle
queue-filter-space = Ruimte
queue-filter-age = Wacht al
queue-filter-author = Schrijver
queue-days = { $days ->
    [one] meer dan een dag
   *[other] meer dan { $days } dagen
}
taken-nobody = niemand
taken-me = mij
taken-others = iemand anders
review-reads-in = De schrijver leest het forum in het { $language }.
review-words-said = In eigen woorden:
review-words-spam = Wat op spam leek:
review-words-phrase = De uitdrukking:
review-the-post = Het bericht:
queue-empty-filtered = Zoiets wacht er niet.
problem-account-waits = Het wachtwoord klopt, maar een moderator heeft nog niet over je account beslist. Je krijgt een brief.
letter-confirm-application-kind = Aanvraag bevestigen
letter-confirm-application-subject = Je aanvraag bij { $forum }
letter-confirm-application-body = Hallo { $name },

    volg de link binnen drie dagen om je adres te bevestigen. Daarna beslist een moderator over je account, en je krijgt een brief.
inbox-decided-plain = { $what }, door { $by }
held-no-reply = Je kunt antwoorden zodra het is geplaatst.
problem-slow-mode-hours = Dit onderwerp is vertraagd. Over { $hours } uur kun je weer antwoorden.
figures-no-rule = geen regel genoemd
done-feeds-exchanged = Hier zijn je nieuwe adressen. De oudere openen niets meer.
decimal-mark = ,
act-retitle = Titel gewijzigd
act-pin = Onderwerp vastgezet
act-unpin = Onderwerp losgemaakt
act-answer = Antwoord aangewezen door een moderator
act-hold-topic = Elk bericht van een onderwerp een tijd vastgehouden
decided-retitle = De titel van je onderwerp in { $space } is door een moderator gewijzigd.
decided-split = Je bericht in { $space } werd een eigen onderwerp.
decided-merge = Je onderwerp in { $space } is samengevoegd met een ander.
decided-reparent = Je bericht in { $space } kreeg een andere plaats in zijn onderwerp.
hold-guests-files = Bestanden en foto's van gasten
hold-rule-guests-files = Bestanden en foto's van gasten
inbox-flag-upheld = Wat je meldde in “{ $title }” was niet in orde, en een moderator heeft er iets aan gedaan. Bedankt voor het melden.
inbox-flag-dismissed = Naar wat je meldde in “{ $title }” is gekeken, en het blijft zoals het is. Bedankt voor het melden.
decided-rule = Regel: { $words }
decided-reason = Reden: { $words }
by-moderator = een moderator van { $space }
by-community-manager = een communitymanager van { $space }
by-member = een lid van { $space }
by-forum-manager = een communitymanager van het forum
by-admin = een beheerder van het forum
held-waits-hours = { $hours ->
    [one] Je bericht wacht op een moderator. Dat duurt hier meestal ongeveer een uur.
   *[other] Je bericht wacht op een moderator. Dat duurt hier meestal ongeveer { $hours } uur.
}
held-waits-days = { $days ->
    [one] Je bericht wacht op een moderator. Dat duurt hier meestal ongeveer een dag.
   *[other] Je bericht wacht op een moderator. Dat duurt hier meestal ongeveer { $days } dagen.
}
topics-held-until = Nieuwe berichten wachten hier op een moderator tot { $until }.
topics-unhold = Nieuwe berichten weer meteen plaatsen
act-unhold-topic = Berichten van een onderwerp weer meteen geplaatst
act-retag = Soort of labels gewijzigd
act-unanswer = Antwoord teruggenomen door een moderator
act-member-out = Van de ledenlijst gehaald
decided-retag = De soort of de labels van je onderwerp in { $space } zijn door een moderator gewijzigd.
decided-member-out = Je bent geen lid meer van { $space }.
line-changed = De schrijver wijzigde het
spam-sign-new = dit account schreef nog niets dat bleef staan
spam-sign-young = dit account is pas enkele dagen oud
spam-sign-fast = meerdere berichten binnen twee minuten
spam-sign-far = geen van de woorden komt in het onderwerp voor
spam-sign-link = een link
spam-sign-links = meerdere links
spam-sign-exclamations = veel uitroeptekens
spam-sign-capitals = veel hoofdletters
spam-sign-money = een geldbedrag
spam-sign-number = een getal
spam-sign-long-number = een lang getal
spam-sign-code = letters en cijfers door elkaar
spam-sign-quote = een citaat
spam-sign-address = een mailadres
flag-kinds-rename = Wijzigen
figures-held-open = Daarvan wachten er nog
figures-held-open-means = Vastgehouden en nog niet beslist toen de pagina werd geopend.
canned-close = Hier is alles gezegd, dus dit onderwerp krijgt geen antwoorden meer.
canned-move = Dit past beter op een ander bord, zodat wie er verstand van heeft het vindt.
canned-slow = Het gesprek ging sneller dan het te lezen was. Iedereen kan verder, in een rustiger tempo.
canned-refuse = Met deze aanvraag konden we je niet toelaten.
act-poll-end = Peiling beëindigd
act-poll-out = Peiling weggehaald
