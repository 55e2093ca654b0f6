set-up-title = Richt het forum in
set-up-intro = Eén pagina, en je forum staat: de naam, je account, en één doelgroep met één thema. Meer komt als het eerste leeft.
set-up-forum = Het forum
set-up-forum-name = Naam van het forum
set-up-language = Taal
set-up-admin = Jij, de beheerder
set-up-audience = Eén doelgroep
set-up-audience-hint = Een ruimte is één doelgroep. Zeg in drie regels wie je bij elkaar brengt, en waarom ze zouden komen.
set-up-theme = Eén thema
set-up-board-name = Vraag en antwoord
set-up-welcome = Titel van het welkomstonderwerp
set-up-welcome-title = Welkom: waar deze plek voor is
set-up-welcome-body = Welkom. Hier vragen we, antwoorden we en vertellen we elkaar wat werkt.

    Vraag wat je wilt weten, ook als het klein lijkt. Antwoord op wat je weet. Zeg wie je bent.
set-up-button = Open het forum

sign-in-title = Aanmelden
sign-in-who = Mailadres of @naam
sign-in-button = Meld je aan
sign-in-forgot = Wachtwoord vergeten?
sign-in-join = Maak een account met je mailadres van het werk
sign-in-resume = Je sessie was afgelopen. Wat je schreef is bewaard: meld je aan, dan kun je het versturen.
resume-title = Welkom terug
resume-text = Je bent weer aangemeld. Dit schreef je; er is nog niets verstuurd.
resume-button = Verstuur het nu
join-title = Word lid van het forum
join-space = Je bent uitgenodigd voor { $space }.
join-domains = Voor mensen met een mailadres bij { $domains }.
join-display-name = Je naam
join-name = Je @naam
join-name-hint = Kleine letters, cijfers, punt en streepje. Mensen noemen je ermee.
join-mail = Mailadres
join-password = Wachtwoord
join-password-hint = Minstens tien tekens. Een paar woorden achter elkaar zijn makkelijk te onthouden en moeilijk te raden.
join-button = Word lid
join-sent-title = Kijk in je mail
join-sent-text = We hebben een brief gestuurd naar { $mail }. Volg de link erin om je account te openen.
reset-title = Nieuw wachtwoord
reset-intro = Geef je mailadres, dan sturen we een link die een half uur werkt.
reset-button = Stuur de link
reset-sent = Als { $mail } bij een account hoort, is er een brief met een link onderweg.
reset-choose = Gebruik dit wachtwoord
confirm-title = Bevestig je mailadres
confirm-text = Druk op de knop om te bevestigen dat dit adres van jou is.
confirm-button = Bevestig

admin-title = Forum
admin-people-title = Mensen
admin-people-search = Zoek op naam of mailadres
admin-invitations-title = Uitnodigingen
admin-staff-title = Personeelslijst
admin-spaces-title = Alle ruimtes
admin-letters-title = Brieven
admin-language = Taal voor bezoekers
admin-zone = Tijdzone van dagen en weken:
admin-entrance = Hoe mensen binnenkomen
entrance-closed = Gesloten: niemand kan een account maken
entrance-invitation = Met een uitnodigingslink
entrance-domains = Met een uitnodigingslink, of met een mailadres bij de domeinen hieronder
admin-domains = Maildomeinen
admin-domains-hint = Eén per regel, zoals heron.example
admin-jobs = Werk onder handen: { $open }. Opzij gelegd na mislukken: { $stuck }.
admin-kind = Account
admin-role = Rol voor het hele forum
admin-reset = Maak een herstellink
admin-reset-text = Een link waarmee deze persoon een nieuw wachtwoord kiest. Zij krijgen een brief, en het wordt vastgelegd.
admin-reset-link = Geef deze link zelf door. Hij werkt een half uur en staat alleen nu hier.
admin-deactivate = Schakel het account uit
admin-deactivate-text = De toegang eindigt meteen op elk apparaat. De berichten blijven.
admin-reactivate = Schakel het account weer in
admin-invite = Maak een uitnodigingslink
admin-invitation-made = Hier is de link. Hij staat alleen nu hier.
admin-invitation-note = Een woord voor wie je uitnodigt
admin-invitation-days = Hoeveel dagen geldig
admin-invitation-uses = Voor hoeveel mensen
admin-invitation-space = Wordt lid van
admin-invitation-no-space = Geen ruimte in het bijzonder
admin-invitation-line = { $uses } van { $max } gebruikt, tot
admin-invitation-end = Beëindig
admin-invitation-over = voorbij
admin-staff-size = { $people } mensen op de lijst, van wie { $here } hier.
admin-staff-file = CSV-bestand
admin-staff-hint = Eerste regel: mail, name, department, location, start, end. Datums als 2026-11-22.
admin-staff-import = Lees de lijst in
admin-staff-report = { $read } regels gelezen: { $added } nieuw, { $changed } veranderd, { $unchanged } als voorheen.
admin-staff-line = Regel { $line }:
admin-departments = Afdelingen
admin-department-new = Nieuwe afdeling
admin-letters-text = Aan wie een brief ging en of hij vertrok. Wat erin stond, is tussen het forum en de lezer.
admin-letters-to = Aan
admin-letters-again = Wachtende en mislukte brieven nu proberen
done-letters-again = De brieven worden nu opnieuw geprobeerd.
admin-letters-kind = Soort
admin-letters-when = Wanneer
admin-letters-state = Stand
letter-state-sent = verstuurd
letter-state-failed = kon niet weg
letter-state-waiting = wacht

letter-sign = { $forum }
letter-reset-kind = Nieuw wachtwoord
letter-reset-subject = Een nieuw wachtwoord voor { $forum }
letter-reset-body = Hallo { $name },

    iemand vroeg om een nieuw wachtwoord voor je account. Was jij dat, volg dan binnen een half uur de link. Zo niet, dan hoef je niets te doen.
letter-reset-issued-kind = Herstellink doorgegeven
letter-reset-issued-subject = Een beheerder van { $forum } maakte een herstellink voor je
letter-reset-issued-body = Hallo { $name },

    een beheerder maakte een link waarmee een nieuw wachtwoord voor je account gekozen kan worden, om die aan jou te geven. Heb je er niet om gevraagd, spreek diegene dan aan.
letter-password-changed-kind = Wachtwoord gewijzigd
letter-password-changed-subject = Je wachtwoord voor { $forum } is gewijzigd
letter-password-changed-body = Hallo { $name },

    je wachtwoord is gewijzigd, en alle andere sessies zijn beëindigd. Was jij dat niet, kies dan meteen een nieuw:
letter-confirm-mail-kind = Mailadres bevestigen
letter-confirm-mail-subject = Bevestig je mailadres voor { $forum }
letter-confirm-mail-body = Hallo { $name },

    volg binnen een dag de link om dit adres voor je account te gebruiken.
letter-confirm-account-kind = Account bevestigen
letter-confirm-account-subject = Je account bij { $forum }
letter-confirm-account-body = Hallo { $name },

    volg binnen drie dagen de link om je account te openen.
letter-mail-changed-kind = Mailadres gewijzigd
letter-mail-changed-subject = Je mailadres bij { $forum } is gewijzigd
letter-mail-changed-body = Hallo { $name },

    je account heeft nu een ander mailadres. Was jij dat niet, spreek dan een beheerder aan.
letter-already-here-kind = Adres al in gebruik
letter-already-here-subject = Je hebt al een account bij { $forum }
letter-already-here-body = Hallo,

    iemand probeerde dit adres voor een account te gebruiken, maar dat is er al. Was jij dat, meld je dan gewoon aan.

done-set-up = Je forum is open. Bewerk het welkomstonderwerp en nodig dan de eerste mensen uit.
done-signed-out = Je bent afgemeld.
done-joined-forum = Welkom. Kijk rond, en zeg wie je bent.
done-password = Het nieuwe wachtwoord werkt vanaf nu.
done-confirmed = Je mailadres is bevestigd.
done-mail-asked = Kijk in je mail: het nieuwe adres geldt zodra je het hebt bevestigd.
done-session-ended = Beëindigd.
done-profile = Bewaard.
done-saved = Bewaard.
done-deactivated = Het account is uitgeschakeld.
done-reactivated = Het account is weer actief.
done-space-created = De ruimte is er. Geef haar nu een bord.
done-board-created = Het bord is er. Begin het eerste onderwerp.
done-joined = Je bent nu lid.
done-asked = Je verzoek ligt bij de communitymanagers.
done-left = Je hebt de ruimte verlaten.
done-read-all = Alles is gemarkeerd als gelezen.
done-read-board = Het bord is gemarkeerd als gelezen.
done-read-topic = Het onderwerp is gemarkeerd als gelezen.
done-closed = Het onderwerp is gesloten.
done-reopened = Het onderwerp is weer open.
done-moved = Het onderwerp is verplaatst. Oude links leiden nog steeds hierheen.
done-removed = Het bericht is verwijderd.
done-restored = Het bericht is terug.
done-reported = Dank je. De moderatoren kijken ernaar.
done-thanked = Bedankt.
done-thank-withdrawn = Je bedankje is teruggenomen.
done-answer = Gekozen als antwoord.
done-answer-undone = Niet langer het antwoord.
admin-previews = Toon wat gelinkte pagina’s over zichzelf zeggen
admin-previews-text = Onder een bericht met een adres op een eigen regel. Het forum vraagt die pagina dan op, zodat de eigenaar ziet dat iemand hier het adres schreef; nooit een pagina binnen je eigen netwerk. Uitgezet verdwijnt wat werd getoond.
