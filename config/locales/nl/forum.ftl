language-itself = Nederlands
months = jan feb mrt apr mei jun jul aug sep okt nov dec
number = { $n }
save = Bewaren
archive = Archiveren
restore = Terughalen
archived = gearchiveerd
reason = Reden

chrome-skip = Naar de inhoud
chrome-main = Hoofdmenu
chrome-trail = Waar je bent
chrome-spaces = Ruimtes
chrome-latest = Nieuwste
chrome-unread = Ongelezen
chrome-unanswered = Onbeantwoord
chrome-manage = Beheer
chrome-search = Zoek onderwerpen en berichten
chrome-for-you = Voor jou
chrome-me = Mijn menu
chrome-mine = Mijn berichten
chrome-settings = Instellingen
chrome-sign-out = Afmelden
chrome-sign-in = Aanmelden
chrome-rules = Regels, privacy en contact
chrome-insecure = Dit forum is bereikbaar zonder versleuteling. Iedereen op het netwerk kan meelezen. Zet er een proxy met TLS voor.

form-optional = (hoeft niet)
form-problems = { $count ->
    [one] Kijk nog even naar het volgende:
   *[other] Kijk nog even naar deze { $count } punten:
}
pager-label = Pagina's
pager-posts = Meer berichten
pager-newer = Nieuwer
pager-older = Ouder
pager-before = Terug
pager-next = Verder
pager-first = Eerste
pager-last = Laatste
pager-page = Pagina { $page } van { $pages }

visibility-internal = intern
visibility-private = besloten
visibility-hybrid = hybride
visibility-public = openbaar
joining-open = Open: wie erbij mag horen, kan lid worden
joining-request = Op aanvraag: een communitymanager beslist
joining-invitation = Op uitnodiging
role-member = Lid
role-moderator = Moderator
role-community-manager = Communitymanager
forum-role-none = Geen
forum-role-community-manager = Communitymanager van het forum
forum-role-works-council = Ondernemingsraad
forum-role-admin = Beheerder
account-kind-employee = Medewerker
account-kind-guest = Gast
account-kind-placeholder = Ingelezen
standing-active = actief
standing-waiting = wacht
standing-suspended = geschorst
standing-deactivated = uitgeschakeld
kind-discussion = Discussie
kind-question = Vraag
kind-case = Casus
kind-announcement = Mededeling
kind-introduction = Kennismaking
sort-active = Laatste reactie
sort-newest = Nieuwste onderwerp
sort-replies = Meeste reacties
only-unanswered = Onbeantwoord
only-mine = Van mij
only-unread = Ongelezen
who-starts-members = Alle leden
who-starts-moderators = Alleen moderatoren

spaces-title = Ruimtes
spaces-empty-title = Nog niets te lezen
spaces-empty = Je hoort nog niet bij een ruimte. Vraag wie je uitnodigde bij welke je hoort.
space-size = { $members ->
    [one] Eén lid
   *[other] { $members } leden
}{ $guests ->
    [0] {""}
    [one] , van wie één gast
   *[other] , van wie { $guests } gasten
}
space-no-boards = Deze ruimte heeft nog geen bord. Een communitymanager kan er een maken.
space-card = Je kent deze ruimte omdat je voor het forum instaat. Wat erin staat, is voor de leden; deze mensen beheren haar:
space-name = Naam van de ruimte
space-visibility = Wie haar leest
space-joining = Hoe mensen lid worden
space-names-actors = Toon moderatoren in deze ruimte met naam
space-guidelines = Richtlijnen
space-concept = Deze ruimte
space-people = Mensen
space-managers = Beheerd door
space-tags = Labels
space-join = Word lid van deze ruimte
space-join-to-write = Word lid om te schrijven
space-leave = Verlaat deze ruimte
space-ask = Vraag om lid te worden
space-ask-words = Een woord aan de communitymanager
space-settings-title = Instellingen van de ruimte
space-archive-title = Archief
space-archive-text = Een gearchiveerde ruimte blijft leesbaar en neemt niets nieuws aan. Je kunt haar terughalen.
space-new-title = Nieuwe ruimte
space-new-intro = Een ruimte is één doelgroep. Begin er nog een als je voor andere mensen schrijft; voor een ander thema volstaat een bord.
space-create = Maak de ruimte
concept-for = Voor wie
concept-about = Waarover
concept-gain = Wat ze eraan hebben
boards-title = Borden
boards-col-board = Bord
boards-col-topics = Onderwerpen
boards-col-posts = Berichten
boards-col-latest = Laatste
boards-nothing-yet = Nog niets
boards-mark-read = Alles gelezen
boards-empty = Nog geen onderwerpen. Begin het eerste.
boards-empty-filtered = Geen onderwerp past hierbij.
board-name = Naam van het bord
board-description = Waar het over gaat
board-kinds = Soorten onderwerp
board-who-starts = Wie onderwerpen mag beginnen
board-position = Plaats in de lijst
board-templates = Sjablonen
board-templates-hint = Waar de schrijver mee begint, per soort onderwerp.
board-new-title = Nieuw bord
board-settings-title = Instellingen van het bord
board-archive-text = Een gearchiveerd bord blijft leesbaar en neemt niets nieuws aan. Je kunt het terughalen.
template-case = ## Situatie

    Wat speelde er, en voor wie?

    ## Aanpak

    Wat heb je gedaan?

    ## Resultaat

    Wat kwam ervan?

    ## Les

    Wat moet het volgende team weten?
filter-kind = Soort
filter-only = Alleen
filter-tag = Label
filter-sort = Volgorde
filter-all = Alles
filter-button = Toon
filter-clear = Toon alles
members-title = Leden
members-name = Naam
members-department = Afdeling
members-role = Rol
members-since = Lid sinds
members-change = Wijzigen
members-asked = Willen lid worden
members-let-in = Toelaten
members-refuse = Afwijzen
members-remove = Uit de ruimte halen
members-until = tot
members-overdue = verlopen
members-role-of = Rol van { $name }
members-until-of = Einde van de termijn van { $name }
report-off-topic = Hoort hier niet bij
report-unkind = Onaardig
report-wrong-space = Verkeerde ruimte
report-spam = Spam
report-private-data = Persoonlijke gegevens
report-other = Iets anders

list-latest = Nieuwste
list-latest-empty = Nog niemand heeft iets geschreven.
list-unread = Ongelezen
list-unread-empty = Je hebt alles gelezen.
list-unanswered = Onbeantwoord
list-unanswered-empty = Elk onderwerp heeft een antwoord.
list-mine = Mijn berichten
list-mine-empty = Je hebt nog niets geschreven.
list-mark-all = Markeer alles als gelezen
index-since = Nieuw voor jou
index-unread = { $count ->
    [one] Eén onderwerp heeft iets nieuws.
   *[other] { $count } onderwerpen hebben iets nieuws.
}
index-nothing-new = Je hebt alles gelezen.
index-inbox = { $count ->
    [one] Eén ding gaat over jou.
   *[other] { $count } dingen gaan over jou.
}
index-read-new = Lees wat nieuw is
index-waiting = Wacht op iemand zoals jij
index-nobody-waits = Niemand wacht op een antwoord.

topics-col-topic = Onderwerp
topics-col-replies = Reacties
topics-col-latest = Laatste
topics-new-count = { $count } nieuw
topics-pinned = Vastgezet
topics-solved = Opgelost
topics-waiting = Wacht op antwoord
topics-closed = Gesloten
topics-replies = { $count ->
    [0] Nog niemand heeft geantwoord
    [one] Eén reactie
   *[other] { $count } reacties
}
topics-new-here = { $count } nieuw op deze pagina
topics-view = Weergave:
topics-tree = Boom
topics-flat = Op volgorde
topics-manage = Beheer onderwerp
topics-mark-read = Markeer als gelezen
topics-outline = Overzicht
topics-branch = { $count ->
    [one] Eén reactie
   *[other] { $count } reacties
}
topics-branch-new = { $count } reacties, { $new } nieuw
topics-continue-branch = Ga verder met deze tak
topics-branch-only = Dit is één tak van het onderwerp.
topics-whole = Lees het hele onderwerp
topics-removed-title = Verwijderd onderwerp
topics-is-closed = Dit onderwerp is gesloten.
topics-reply-label = Reageer op het onderwerp
topics-join-first = Leden van { $space } schrijven hier. Lid worden is één klik.
topics-new-title = Begin een onderwerp
topics-title = Titel
topics-title-hint = Zeg het zo dat iemand die zoekt het vindt.
topics-body = Tekst
topics-kind = Soort
topics-tags = Labels
topics-tags-hint = Woorden met komma's ertussen
topics-start = Begin het onderwerp
topics-templates = Begin met het sjabloon van een andere soort
topics-edit-title = Titel en labels bewerken
topics-close-title = Sluit het onderwerp
topics-close-text = Een gesloten onderwerp neemt geen reacties meer aan. Je kunt het heropenen.
topics-close-reason-hint = Staat onder het onderwerp
topics-reopen = Heropenen
topics-pin = Bovenaan vastzetten
topics-unpin = Losmaken
topics-move-title = Verplaats het onderwerp
topics-move-to = Naar welk bord
topics-move-look = Kijk wie het daar leest
topics-move-nowhere = Er is geen ander bord dat jij modereert.
topics-move-same = Dezelfde mensen lezen het daar.
topics-move-from = Wie het nu leest:
topics-move-then = Wie het dan leest:
topics-move-button = Verplaats het
audience = { $employees ->
    [one] één medewerker
   *[other] { $employees } medewerkers
} en { $guests ->
    [one] één gast
   *[other] { $guests } gasten
}
audience-everyone = iedereen, ook bezoekers

post-new = nieuw
post-guest = Gast
post-imported = ingelezen
post-answer = Antwoord
post-edited = bewerkt
post-whole = Lees het hele bericht
posts-whole-title = Het hele bericht
post-reply = Reageer
post-quote = Citeer
post-thank = Bedank
post-thanks = { $count ->
    [one] één bedankje
   *[other] { $count } bedankjes
}
post-mark = Dit is het antwoord
post-unmark = Toch niet het antwoord
post-more = Meer
post-edit = Bewerken
post-history = Geschiedenis
post-remove = Verwijderen
post-restore = Terughalen
post-report = Melden
post-held = Dit bericht wacht op een moderator. Alleen jij en de moderatoren zien het.
post-hidden = Dit bericht is verborgen.
post-removed-by-author = Verwijderd door de schrijver.
post-removed-by-moderator = Verwijderd door een moderator.
post-published = Gepubliceerd
posts-reply-title = Reageer
posts-reply-to = Het bericht van { $name } waarop je reageert
posts-reply-label = Je reactie
posts-reply-button = Plaats reactie
posts-edit-title = Bewerk het bericht
posts-edit-conflict = Iemand heeft dit bericht veranderd terwijl je schreef. Jouw tekst staat hieronder; als je die bewaart, vervangt hij de andere.
posts-edit-theirs = Het bericht zoals het nu is
posts-history-title = Geschiedenis van het bericht
posts-remove-title = Verwijder het bericht
posts-remove-mine = Je tekst verdwijnt; de plek in het gesprek blijft. Je kunt hem dertig dagen terughalen.
posts-remove-theirs = De tekst verdwijnt voor iedereen behalve de moderatoren; de plek blijft en zegt waarom. De schrijver krijgt bericht.
posts-report-title = Meld het bericht
posts-report-text = De moderatoren van deze ruimte kijken ernaar. De schrijver hoort niet wie het meldde.
posts-report-why = Wat er mis mee is
posts-report-words = In je eigen woorden
posts-thanks-title = Wie bedankte
posts-thanks-nobody = Nog niemand.
topics-views-before = { $count ->
    [one] één keer bekeken voordat het hier kwam
   *[other] { $count } keer bekeken voordat het hier kwam
}
posts-thanks-elsewhere = { $count ->
    [one] Eén persoon in het forum waar het vandaan komt
   *[other] { $count } mensen in het forum waar het vandaan komt
}
posts-thanks-withdraw = Neem mijn bedankje terug
posts-already-title = Je hebt met dit formulier al iets geplaatst
posts-already-text = Het formulier is eerder verstuurd met een andere tekst. Dat bericht staat er; er is niets verloren.
posts-already-see = Bekijk het bericht
posts-already-new = Je nieuwe tekst
posts-already-button = Plaats het als nieuwe reactie
editor-hint = Markdown · @naam om iemand te noemen
preview-title = Voorbeeld
preview-button = Voorbeeld

inbox-title = Voor jou
inbox-looked = Ik heb deze gezien
inbox-empty = Nog niets. Hier vind je reacties op jou en wat er verder over jou gaat.
inbox-a-moderator = een moderator
inbox-reply = { $times ->
    [one] { $actor } reageerde op jou in “{ $title }”
   *[other] { $times } nieuwe reacties op je bericht in “{ $title }”, de laatste van { $actor }
}
inbox-solved = Opgelost: “{ $title }”
inbox-followed = { $times ->
    [one] { $actor } schreef in “{ $title }”
   *[other] { $times } nieuwe berichten in “{ $title }”, het laatste van { $actor }
}
inbox-new-topic = { $times ->
    [one] { $actor } begon “{ $title }” in { $space }
   *[other] { $times } nieuwe onderwerpen in { $space }, het laatste “{ $title }” van { $actor }
}
inbox-thanked = { $times ->
    [one] { $actor } bedankte je voor een bericht in “{ $title }”
   *[other] { $times } mensen bedankten je voor een bericht in “{ $title }”, { $actor } het laatst
}
inbox-mention = { $actor } noemde je in “{ $title }”
inbox-answer = { $actor } koos jouw reactie als antwoord in “{ $title }”
inbox-report = { $actor } meldde een bericht in “{ $title }”
inbox-join-asked = { $actor } wil lid worden van { $space }
inbox-join-refused = Je verzoek om lid te worden is niet ingewilligd
inbox-joined = Je bent nu lid van { $space }
inbox-role = Je hebt een nieuwe rol in { $space }

people-placeholder = ingelezen naam, geen account
people-gone = Dit account is niet meer in gebruik. De berichten blijven.
people-posts = Berichten
people-no-posts = Niets dat jij kunt lezen.
people-started = begonnen
people-spaces = Ruimtes
people-no-spaces = Geen die jullie delen.
people-since = Hier sinds

profile-title = Profiel
profile-see = Bekijk de pagina
profile-no-department = Geen afdeling
profile-location = Locatie
profile-about = Over mij
profile-ask-me = Vraag mij over
profile-ask-me-hint = Waarvoor kunnen mensen bij je terecht?
profile-zone = Tijdzone
profile-picture = Foto
profile-picture-choose = Kies een foto
profile-picture-keep = Gebruik deze foto
profile-picture-remove = Haal de foto weg
account-title = Aanmelden en sessies
account-mail = Mailadres
account-new-mail = Nieuw mailadres
account-change-mail = Stuur een brief om het te bevestigen
account-password = Wachtwoord
account-old-password = Je huidige wachtwoord
account-new-password = Nieuw wachtwoord
account-change-password = Wijzig het wachtwoord
account-sessions = Waar je bent aangemeld
account-sessions-text = Als je je wachtwoord wijzigt, eindigen alle andere.
account-this = (deze)
account-seen = laatst gebruikt
account-end = Beëindig
account-end-others = Beëindig alle andere

search-title = Zoeken
search-label = Zoek naar
search-button = Zoek
search-help = “een zin”, -zonder, auteur:naam ruimte:naam bord:naam label:woord soort:vraag voor:2026-01-31 na:2026-01-01
search-found = { $count ->
    [0] Niets gevonden
    [one] Eén bericht gevonden
   *[other] { $count } berichten gevonden
}
search-nothing = Probeer minder woorden, of een andere spelling.
search-rebuilding = De zoekindex wordt opnieuw gebouwd. Even kunnen er resultaten ontbreken.
search-unknown = Niet begrepen en weggelaten: { $what }

rules-title = Regels, privacy en contact
rules-rules = Regels
rules-default = Schrijf zoals je praat met een collega die je waardeert. Elke ruimte heeft eigen richtlijnen.
rules-privacy = Privacy
rules-recorded = Dit forum legt vast wie schreef, reageerde, bedankte en modereerde, op welke dagen je er was, welke berichten je hebt gelezen (nooit wanneer), en als je om suggesties vroeg 28 dagen lang welke onderwerpen op welke dag. Niemand krijgt te zien welke pagina’s je leest. Er zijn geen scores van personen.
rules-contact = Contact
rules-no-contact = De communitymanagers van elke ruimte staan op haar pagina.

follows-title = Wat ik volg
follows-text = Hiervan hoor je op “Voor jou”, op het niveau dat je kiest. Het meest bijzondere telt: een tak voor haar onderwerp, een label, het bord, de ruimte.
follows-empty = Nog niets. Waar je in schrijft, verschijnt hier vanzelf; een ruimte, bord of onderwerp volg je op de eigen pagina.
follows-tag = Een label volgen
follow-choose = Kiezen
follow-title = Volgen
follow-level = Vertel me van
follow-branch = Volg deze tak
follow-branch-text = Een tak is dit bericht en alles eronder.
follow-none = niets bijzonders
follow-every = elk bericht
follow-first = nieuwe onderwerpen
follow-answers = antwoorden aan mij
follow-solved = als het is opgelost
follow-muted = helemaal niets
follow-kind-space = ruimte
follow-kind-board = bord
follow-kind-tag = label
follow-kind-topic = onderwerp
follow-kind-branch = tak
follow-why-chosen = zelf gekozen
follow-why-started = je bent het begonnen
follow-why-replied = je schreef erin
done-followed = Je hoort ervan zoals je koos.
done-unfollowed = Er geldt niets bijzonders meer voor.

letters-title = Brieven
letters-text = Waarvan je per mail wilt horen. Meteen betekent na twee minuten, als je het dan nog niet hebt gezien; één brief per onderwerp, niet meer dan één in tien minuten en hooguit twintig per dag. Brieven over beslissingen, wachtwoorden en adressen komen altijd.
letters-about-reply = Antwoorden aan mij
letters-about-mention = Als iemand mij noemt
letters-about-answer = Antwoorden en opgeloste vragen
letters-about-followed = Nieuwe berichten en onderwerpen in wat ik volg
letters-about-thanked = Bedankjes
letters-about-space = Mijn verzoeken en rollen, en wat er werd van wat ik meldde
letters-how-none = geen brief
letters-how-once = meteen
letters-how-digest = in het overzicht
letters-digest = Het overzicht
letters-rhythm-daily = elke dag
letters-rhythm-weekly = op maandag
letters-rhythm-never = nooit
letters-hour = Op dit uur van mijn dag
letters-sent = Aan mij verstuurd
letters-sent-text = Dertig dagen bewaard.
letters-none = Nog niets.
letters-stop-title = Minder brieven
letters-stop-text = Geen brieven van deze soort meer: { $what }?
letters-stop-button = Niet meer
letters-stopped = Je krijgt geen brieven van deze soort meer: { $what }.
letter-notice-kind = Iets dat jou aangaat
letter-notice-bare = Iets nieuws voor jou op { $forum }
letter-notice-bare-text = Er gebeurde iets op { $forum } dat jou aangaat. Deze organisatie stuurt geen teksten per mail; je leest het hier:
letter-notice-why = Je krijgt deze brief van { $forum } vanwege wat je volgt en waarover je brieven wilt. Geen brieven van deze soort meer:
letter-digest-kind = Overzicht
letter-digest-subject = { $count ->
    [one] { $forum }: één ding dat je miste
   *[other] { $forum }: { $count } dingen die je miste
}
letter-digest-waiting = Deze wachten nog op iemand als jij:
letter-digest-why = Je krijgt dit overzicht van { $forum } omdat je het wilt. Geen overzichten meer:
letter-test-kind = Proefbrief
letter-test-subject = Een proefbrief van { $forum }
letter-test-body = Hallo { $name },

    als je dit leest, gaan er brieven uit.
done-letter-test = Onderweg. Hij staat boven aan deze lijst.
admin-letters-test = Stuur mij een proefbrief
live-new-posts = Nieuwe berichten op deze pagina: #
search-operators = Wat je kunt typen
search-op-phrase = deze woorden naast elkaar
search-op-not = zonder dit woord
search-op-title = de woorden staan in de titel
search-op-is = vragen met een antwoord, vragen zonder, wat ik schreef
search-op-where = van wie, waar, met welk label, van welke soort
search-op-when = vanaf deze dag, voor die dag
search-best = beste eerst
search-newest = nieuwste eerst
bookmarks-title = Bladwijzers
bookmarks-text = Berichten die je terug wilt vinden. Alleen jij ziet ze.
bookmarks-empty = Nog niets. “Bladwijzer” staat onder “Meer” bij elk bericht.
bookmark-link = Bladwijzer
bookmark-title = Bladwijzer
bookmark-note = Een notitie aan jezelf
bookmark-note-hint = Alleen jij leest haar.
bookmark-remind = Herinner me op
bookmark-reminds = herinnert op
bookmark-change = Veranderen
bookmark-remove = Weghalen
done-bookmarked = Bewaard bij je bladwijzers.
done-bookmark-removed = De bladwijzer is weg.
problem-bookmark-past = Kies een dag die nog komt.
inbox-reminder = Je wilde worden herinnerd aan “{ $title }”
composer-seen-by = Zichtbaar voor { $people ->
    [one] één persoon
   *[other] { $people } mensen
} in { $space }:
composer-seen-by-all = { $space } is open: zichtbaar voor iedereen, ook bezoekers.
drafts-title = Concepten
drafts-text = Wat je begon te schrijven. Niemand anders ziet het.
drafts-empty = Er wacht niets op voltooiing.
draft-button = Bewaar als concept
draft-kept = Concept bewaard
draft-go-on = Verder schrijven
draft-untitled = Een onderwerp zonder titel
draft-reply = Antwoord in { $topic }
draft-topic = Nieuw onderwerp in { $board }
draft-remove = Weggooien
done-draft-kept = Bewaard. Het wacht hier op je en onder “Concepten”.
done-draft-removed = Het concept is weg.
gaps-title = Gezocht en niet gevonden
gaps-text = Waarnaar mensen in het hele forum zochten: stof voor een onderwerp, of woorden die een titel zou moeten hebben.
gaps-text-space = Waarnaar mensen in deze ruimte met name zochten: stof voor een onderwerp, of woorden die een titel zou moeten hebben.
gaps-privacy = Iedereen telt eens per dag en wordt niet vastgelegd; een term staat hier vanaf vijf keer, waarvan op één dag van minstens twee mensen, en is na 90 dagen zonder zoekopdracht vergeten.
gaps-term = Gezocht
gaps-nothing = Niets gevonden
gaps-refined = Met andere woorden geprobeerd
gaps-since = Sinds
gaps-empty = Er ontbrak niets waarnaar vijf keer of vaker werd gezocht.
letter-digest-more = { $count ->
    [one] En nog één op het forum:
   *[other] En nog { $count } op het forum:
}
error-link-over-heading = Deze link leidt nergens meer heen
error-link-over-text = Hij is al gebruikt, te oud, of maar half overgenomen. Links uit brieven werken één keer en maar een tijd.
error-link-again = Vraag een nieuwe link
error-back = Terug naar waar je was
resume-look = Kijk er eerst naar
admin-people-none = Niemand heet zo.
problem-board-position = Een geheel getal van 0 tot 1000.
language-named-en = Engels
language-named-nl = Nederlands
queue-filter-author-hint = @naam
attach-title = Een bestand of foto toevoegen
attach-file = Bestand
attach-most = tot { $most } MB per stuk; plakken en slepen kan ook
attach-words = Wat een foto toont, voor wie haar niet kan zien
attach-button = Aan de tekst toevoegen
problem-file-large = Dit bestand is groter dan { $most } MB, en meer kan een bericht niet dragen.
problem-file-empty = Dit bestand is leeg.
problem-files-many = Dat is genoeg bestanden voor één dag.
problem-file-kept = Het bestand kon niet worden bewaard. Al het andere staat zoals je het typte; probeer het opnieuw.
search-op-file = berichten met een bestand of foto
search-nearly = { $count ->
    [one] Niets zegt precies dit. Eén bericht komt in de buurt:
   *[other] Niets zegt precies dit. { $count } berichten komen in de buurt:
}
topics-alike = Ook hierover
topics-alike-typing = Dit is er al:
mention-unseen = { $count ->
    [one] Deze persoon ziet deze ruimte niet en hoort er niets van:
   *[other] Deze mensen zien deze ruimte niet en horen er niets van:
}
mention-anyway = Plaats het nog eens om het toch te plaatsen.
tags-title = Labels
tags-text = Waar de woorden op de onderwerpen van deze ruimte voor staan. Elk ervan kun je volgen.
tags-topics = { $count ->
    [one] Eén onderwerp
   *[other] { $count } onderwerpen
}
tags-follow = Volgen
tags-also = Ook genoemd:
tags-change = Bijhouden
tags-name = Naam
tags-description = Waar het voor staat
tags-synonyms = Andere woorden ervoor, met komma's ertussen
tags-merge = Laat opgaan in
tags-merge-button = Samenvoegen
tags-none = Nog geen onderwerp heeft een label.
tags-here = Hier in gebruik:
problem-tag-name = Eén woord of een paar, hooguit 40 tekens, zonder komma's.
problem-tag-taken = Een ander label heet al zo. Voeg de twee samen.
search-near = Deze komen in de buurt:
facet-space = Ruimte
facet-board = Bord
facet-kind = Soort
facet-author = Geschreven door
facet-year = Jaar
search-narrow = Verfijnen
search-people = Wie weet hiervan
search-people-text = Zij schreven erover waar je het kunt lezen, en willen daarmee gevonden worden.
search-people-posts = { $count ->
    [one] één bericht
   *[other] { $count } berichten
}
profile-findable = Toon mij aan wie zoekt naar waar ik over schreef
profile-findable-hint = Naast wat ze vinden, en alleen bij berichten die ze mogen lezen. Er wordt niets geteld dat je niet plaatste.
post-wiki = leden bewerken dit samen
post-wiki-begin = Laat leden dit bewerken
post-wiki-end = Houd dit bij de schrijver
done-poll-made = De peiling is open.
done-voted = Je stem telt mee.
poll-new = Peiling toevoegen
poll-question = Vraag
poll-choices = Keuzes
poll-choices-hint = Elk op een eigen regel, 2 tot 20. Ze zijn daarna niet meer te wijzigen.
poll-kind = Hoe mensen kiezen
poll-kind-one = één keuze
poll-kind-many = meerdere keuzes
poll-kind-ranked = een volgorde
poll-open = iedereen ziet wie wat koos
poll-secret = geheim
poll-make-secret = Geheim
poll-make-secret-hint = Niemand ziet wie wat koos, jij ook niet. Wie stemde wordt bewaard, wat er is gestemd wordt bewaard, en niets dat die twee verbindt; daarom is een stem definitief.
poll-ends = Laatste dag
poll-ends-hint = Leeg: open tot iemand haar beëindigt.
poll-make = Open de peiling
poll-until = open tot
poll-over = voorbij
poll-rank-legend = Zet op volgorde wat je wilt, het liefste als 1. Wat je weglaat heeft geen plaats.
poll-choose-legend = Kies
poll-final = Een geheime stem is niet te wijzigen.
poll-vote = Stem
poll-change = Wijzig mijn stem
poll-voted = Je hebt gestemd.
poll-wins = eerste
poll-count = { $count ->
    [one] één stem, { $share } %
   *[other] { $count } stemmen, { $share } %
}
poll-ballots = { $count ->
    [0] Nog niemand heeft gestemd
    [one] Eén persoon heeft gestemd
   *[other] { $count } mensen hebben gestemd
}
poll-votes = Wie koos wat
poll-nobody = Niemand.
poll-rounds = Hoe de volgorde is geteld
poll-choice = Keuze
poll-hidden-until = Je ziet de stand zodra je hebt gestemd.
poll-end = Beëindig de peiling nu
poll-remove = Haal de peiling weg
keys-title = Toetsen
keys-text = Alles is met alleen Tab en Enter te bereiken. Deze zijn korter.
keys-search = naar het zoekveld
keys-move = naar het volgende en het vorige bericht, of onderwerp van een lijst
keys-open = openen
keys-new = naar het volgende nieuwe bericht
keys-reply = antwoord op het bericht waar je bent, of op het onderwerp
keys-help = toon deze toetsen
mention-crowd = @{ $word } zijn { $count } mensen, en niemand hoort ervan: één woord bereikt hoogstens vijftig mensen.
