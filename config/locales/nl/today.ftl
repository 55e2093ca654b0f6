today-title = Vandaag
today-text = Wat in je ruimtes de moeite waard is, het dringendste eerst. Niemand wordt gerangschikt, en niets hiervan dient om iemand te beoordelen.
today-quiet = Het is geen werktijd. Er hoeft nu niets; wat je schrijft, gaat { $when } weg.
today-spaces = Ruimtes
today-all = Al mijn ruimtes
today-empty = Vandaag heeft niemand je nodig.
today-done = { $count ->
    [0] Vandaag nog niets gedaan
    [one] Eén gedaan vandaag
   *[other] { $count } gedaan vandaag
}
today-more = { $count ->
    [one] Eén ander wacht op een andere dag. Alle vragen die wachten staan onder
   *[other] { $count } andere wachten op een andere dag. Alle vragen die wachten staan onder
}
today-hours = { $hours ->
    [one] een uur
   *[other] { $hours } uur
}
today-days = { $days } dagen
today-kind-newcomer = Nieuwkomer wacht
today-kind-question = Vraag wacht
today-kind-welcome = Nieuw lid
today-kind-lapsing = Wordt stil
today-kind-reader = Lezer
today-kind-expert = Weet het antwoord
today-kind-role = Rol
today-kind-load = Zware last
today-kind-one-way = Eenrichting
today-kind-feature = Het tonen waard
today-kind-bridge = Tussen afdelingen
today-kind-sponsor = Stille sponsor
today-why-newcomer = { $name } schreef hier een eerste onderwerp; { $wait } zonder reactie
today-why-question = Een vraag wacht al { $wait } op een reactie
today-why-welcome = { $name } kwam er { $wait } geleden bij en heeft nog niets geschreven
today-why-lapsing = { $name } schreef { $days } dagen niets; { $usual } dagen is voor deze persoon een lange pauze
today-why-reader = { $name } was op { $days } dagen van vier weken hier, las { $count } onderwerpen in { $board } en vroeg om een suggestie
today-why-expert = { $count } vragen wachten in { $board }; { $name } beantwoordde er daar { $of } in een jaar en was twee weken niet hier
today-why-role = { $name } heeft hier al { $count } maanden een rol
today-why-load = { $name } gaf { $count } van de { $of } eerste reacties in vier weken
today-why-one-way = { $count } onderwerpen van { $name } kregen reactie noch dank
today-why-feature = { $count } mensen bedankten voor een onderwerp waaraan { $of } meededen
today-why-bridge = { $first } en { $second } schrijven allebei over “{ $tag }”, en reageren minder dan half zo vaak op elkaar als het toeval zou geven
today-why-sponsor = { $name } is hier sponsor en heeft al { $days } dagen niemand geantwoord
today-means-newcomer = Nieuwkomers die een reactie krijgen, schrijven vaker opnieuw, wat er ook in die reactie staat. Antwoord zelf, of vraag iemand die het weet.
today-means-question = Een vraag zonder reactie leert iedereen om niets te vragen. Antwoord zelf, of vraag iemand die het weet.
today-means-welcome = Een paar woorden van een mens, en iets kleins om te doen, maken een eerste stap makkelijker.
today-means-lapsing = Gemeten aan de eigen gewoonte, nooit aan die van een ander. Vraag wat er veranderd is; er kan een goede reden zijn, en het is aan henzelf om die te vertellen of niet.
today-means-reader = Deze persoon vroeg op de eigen pagina om suggesties. Stel iets kleins voor: een stem, een vraag, een paar woorden over zichzelf.
today-means-expert = Deze persoon wil gevonden worden op wat hij of zij schreef. Nodig uit om naar de wachtende vragen te kijken.
today-means-role = Een rol geef je beter door voordat hij zwaar wordt. Bedenk wie zou kunnen volgen, en zeg het beiden.
today-means-load = Als één persoon de meeste eerste reacties draagt, voelt iedereen een vakantie. Vraag anderen te antwoorden, of laat een dag wat vragen voor hen liggen.
today-means-one-way = Wat alleen wordt meegedeeld, begint geen gesprek. Stel een hiervan opnieuw, als vraag.
today-means-feature = Laat het iedereen zien: zet het vast, of noem het in je volgende tekst.
today-means-bridge = Begin één onderwerp voor beide, of breng twee mensen met elkaar in contact; deze twee onderwerpen zijn de nieuwste van elke kant. Uit de matrix van afdelingen, waarin alleen groepen staan die groot genoeg zijn, en één keer per kwartaal.
today-means-sponsor = Als wie achter een ruimte staat iemand antwoordt, zien anderen dat het hun tijd waard is. Vraag tien minuten, met een van deze onderwerpen klaar. Alleen antwoorden tellen, lezen niet.
today-act-reply = Reageren
today-act-ask = Iemand vragen die het weet
today-act-write = Schrijven
today-act-look = Bekijken
today-act-pin = Vastzetten
today-act-together = Samen een onderwerp beginnen
today-act-roles = Leden en rollen
today-act-done = Gedaan
today-dismiss = Van de lijst halen
today-dismiss-why = Waarom?
today-reason-elsewhere = Elders afgehandeld
today-reason-not-now = Nu niet
today-reason-mistaken = Het klopt niet
today-reason-unwelcome = Ze zouden het niet willen
today-who-knows = Wie weet het misschien?
today-who-knows-text = Mensen die gevonden willen worden, op wat ze over hetzelfde schreven.
today-nobody-knows = Niemand die gevonden wil worden, schreef over hetzelfde. Weet jij wie het weet, reageer dan en noem diegene met een @: dan hoort die ervan.
today-wrote = { $count ->
    [one] schreef in
   *[other] schreef in { $count } topics, zoals
}
today-write-to = Schrijf aan { $name }
today-words = Wat je wilt zeggen
today-words-hint = In je eigen woorden. Waar { "{" }name{ "}" } staat, komt de naam. De volgende keer begint het met wat je nu schrijft.
today-send = Versturen
today-words-newcomer = Hallo { "{" }name{ "}" }, iemand die nieuw is vroeg iets waar jij misschien iets van weet. Wil je eens kijken?
today-words-question = Hallo { "{" }name{ "}" }, er wacht een vraag waar jij misschien iets van weet. Wil je eens kijken?
today-words-welcome = Hallo { "{" }name{ "}" }, fijn dat je er bent. Waar werk je aan? Vertel het in een paar woorden als je wilt, of vraag het eerste wat in je opkomt.
today-words-lapsing = Hallo { "{" }name{ "}" }, ik las al een tijd niets van je en mis het. Is er iets veranderd, of kunnen wij iets beter doen?
today-words-reader = Hallo { "{" }name{ "}" }, je vroeg om een suggestie. Misschien een vraag die je hier altijd al wilde stellen? Kort is goed.
today-words-expert = Hallo { "{" }name{ "}" }, er wachten vragen over iets waar jij veel van weet. Wil je er een bekijken?
today-words-sponsor = Hallo { "{" }name{ "}" }, heb je tien minuten voor een van de gesprekken hier? Een paar woorden van jou worden door velen gelezen.
today-asked = { $name } is { $when } gevraagd.
today-asked-dropped = Wat je { $when } aan { $name } schreef, is niet weggegaan: het was niet meer gewenst of nodig.
today-asked-leaves = Wat je aan { $name } schreef, gaat { $when } weg.
today-over-title = Niet meer op de lijst
today-over = Het is vanzelf voorbij: er kwam een reactie, of het is niet meer zo.
today-over-done = { $name } heeft het al gedaan.
today-over-dismissed = { $name } heeft het al van de lijst gehaald.
today-back = Terug naar de lijst
today-helped = Heeft het geholpen?
today-helped-text = Van zeven soorten (nieuwe leden, mensen die stilvallen, lezers, wie het weet, onderwerpen van het team zonder weerklank, onderwerpen om te laten zien, afdelingen die uit elkaar liggen) wordt de helft door het lot niet getoond, zodat de ene helft met de andere te vergelijken is; iedereen telt één keer. Wie op een antwoord wacht, wordt nooit achtergehouden: daar beslist het lot wie het eerst wordt voorgesteld. Alle ruimtes en de laatste 52 weken samen.
today-compares-newcomer = schreef binnen 30 dagen opnieuw: wie er het meest over schreef eerst voorgesteld, tegenover iemand van een andere afdeling eerst
today-compares-question = had binnen een dag na het verschijnen op de lijst een reactie: wie er het meest over schreef eerst voorgesteld, tegenover iemand van een andere afdeling eerst
today-compares-welcome = schreef binnen 14 dagen: op de lijst tegenover niet getoond
today-compares-lapsing = schreef binnen 28 dagen: op de lijst tegenover niet getoond
today-compares-reader = schreef binnen 28 dagen: op de lijst tegenover niet getoond
today-compares-expert = schreef binnen 14 dagen: op de lijst tegenover niet getoond
today-compares-one-way = een van de onderwerpen kreeg binnen 7 dagen een reactie: op de lijst tegenover niet getoond
today-compares-feature = kreeg binnen 14 dagen een reactie: op de lijst tegenover niet getoond
today-compares-bridge = twee van hen die een kwartaal niet met elkaar praatten, deden dat binnen 28 dagen: op de lijst tegenover niet getoond
today-effect-none = { $count ->
    [one] Van één vergelijking is nog niets te zeggen
   *[other] Van { $count } vergelijkingen is nog niets te zeggen
}
today-became-title = Wat er van de rest werd
today-became-text = Hiervan wordt niets achtergehouden, want wie te veel draagt wordt geholpen en sponsors zijn er weinig; dus niemand kan zeggen of de lijst het verschil maakte. Alle ruimtes en de laatste 52 weken samen.
today-became = { $done } gedaan, { $dismissed } van de lijst gehaald, { $over } vanzelf voorbij.
today-became-sponsor = Van { $of } beantwoordden er { $well } iemand binnen 14 dagen.
today-became-load = Van { $of } gaven er { $well } 28 dagen later minder dan dat van de eerste reacties.
today-became-role = Van { $of } werden er { $well } binnen 120 dagen overgedragen of opnieuw gegeven.
today-effect-early = Te vroeg: nog { $missing } in de kleinste helft voordat er iets te zeggen is.
today-effect = { $difference } punten ({ $first } tegenover { $second } mensen); met 80 % tussen { $low } en { $high }, met 95 % tussen { $widelow } en { $widehigh }.
today-effect-takes = Dat kan toeval zijn. Om een verschil van tien punten te zien zijn er nog { $more } nodig.
done-note = Verstuurd.
done-note-later = Bewaard. Het gaat weg zodra het werktijd is.
done-dismissed = Van de lijst gehaald.
done-work = Gedaan.
done-pinned = Vastgezet: het staat bovenaan zijn bord.
problem-note-nobody = Aan deze persoon kun je hierover niet schrijven.
problem-note-away = Deze persoon wil nu op geen enkele lijst staan.
problem-note-often = Aan deze persoon is in de laatste twee weken al geschreven, of drie keer in een kwartaal. Laat hem of haar met rust.
problem-pause = Een dag vanaf morgen, binnen een jaar.
inbox-note = { $actor } schreef je vanuit { $space }
letters-about-today = Wat deze week de moeite waard is, op de ochtend van de eerste werkdag
letter-today-kind = Maandagbrief
letter-today-subject = { $count ->
    [one] Eén ding dat deze week de moeite waard is
   *[other] { $count } dingen die deze week de moeite waard zijn
}
letter-today-all = De hele lijst:
letter-today-why = Je krijgt dit op de eerste werkdag van de week omdat je een ruimte van { $forum } beheert.
kept-choose = Lijsten
kept-choose-text = Wie een ruimte beheert, ziet een korte lijst van wie hem of haar misschien nodig heeft. Jij bepaalt of je daarop kunt staan. Cijfers over alle mensen samen blijven kloppen, wat je ook kiest.
kept-pause = Een pauze tot
kept-pause-hint = Niemand hoeft te weten waarom. Tot die dag sta je op geen enkele lijst.
kept-object = Ik wil op geen enkele lijst staan.
kept-suggestions = Ik wil graag suggesties voor een eerste stap hier. Wie een ruimte beheert, mag dan lezen op hoeveel dagen ik hier was en in welk bord ik het meest las.
kept-lists = Lijsten waar ik op sta of stond
kept-lists-text = Allemaal, een jaar lang. Van sommige soorten wordt de helft door het lot aan niemand getoond, om te zien of de lijst helpt.
kept-lists-none = Je staat op geen enkele.
kept-list-shown = op de lijst
kept-list-not-shown = door het lot aan niemand getoond
kept-list-over = voorbij
kept-notes = Wat mij daarom geschreven is
