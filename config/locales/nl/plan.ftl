# Concept en plan van een ruimte: wat er is gezegd, en wat ervan kwam.

plan-title = Concept en plan
plan-concept = Concept wijzigen
plan-beside = Wat we zeiden, wat er kwam
plan-beside-table = Wat er is gezegd en wat ervan kwam
plan-what-said = Wat we zeiden
plan-what-came = Wat er kwam
plan-here = { $some } van { $all } zijn er.
plan-talked = { $some } van { $all } onderwerpen van het laatste kwartaal brachten iets op gang.
plan-answered = { $some } van { $all } onderwerpen van nieuwkomers kregen binnen een dag een reactie.
plan-target = Doel
plan-target-said = { $share } actief op { $day }
plan-target-now = Nu { $now }.
plan-target-foreseen = Nu { $now }; voor die dag is { $then } te verwachten als de tempo's zo blijven.
plan-calendar = Kalender
plan-said = { $said ->
    [one] 1 gesprek gepland in het laatste kwartaal
   *[other] { $said } gesprekken gepland in het laatste kwartaal
}
plan-of-it = { $came } kwamen er; op { $talked } daarvan reageerde iemand anders.
plan-sponsor = Sponsor
plan-sponsor-hint = Wie boven het team voor deze ruimte instaat: hun @naam. Ze moeten de ruimte kunnen lezen.
plan-coming = Wat er gepland is
plan-coming-table = Regels van de kalender die nog komen
plan-coming-none = Er is nog niets gepland. Een kalender met één gesprek per week houdt een jonge community levend.
plan-past = Wat er gepland was
plan-past-table = Regels van de kalender die voorbij zijn
plan-day = Dag
plan-what = Wat
plan-who = Wie
plan-starts = Welk gesprek moet het op gang brengen?
plan-starts-hint = De vraag waarvan je hoopt dat mensen die beantwoorden.
plan-who-hint = Een @naam; leeg zolang niemand het op zich neemt.
plan-topic = Onderwerp dat ervan kwam
plan-topic-hint = Het nummer of het adres, zodra het er is.
plan-sort = Wat is het?
plan-sort-talk = Iets om over te praten
plan-sort-launch = Start: er worden meer mensen uitgenodigd
plan-came = { $replies ->
    [one] 1 reactie
   *[other] { $replies } reacties
}, { $people ->
    [one] 1 ander
   *[other] { $people } anderen
}
plan-nothing-yet = nog niets
plan-add = Aan de kalender toevoegen
plan-line = Een regel van de kalender
plan-remove = Deze regel verwijderen
plan-aims = Sponsor en doel
plan-aims-text = Het doel staat op de weg van deze ruimte getekend. Starts zijn erop aangegeven.
plan-share = Te bereiken actief aandeel
plan-share-hint = In procent van het publiek, zoals 10.
plan-until = Wanneer
road-target = Doel: { $share } op { $day }

roles-title = Rollen
roles-text = Een rol heeft een termijn, omdat wat een team weet moet rondgaan: wie een jaar heeft geleid, geeft door en neemt het geleerde elders mee.
roles-give = Een rol geven
roles-since = sinds
roles-months = { $months ->
    [one] 1 maand
   *[other] { $months } maanden
}
roles-over = De termijn is voorbij
roles-long = Langer dan een jaar
roles-think = Tijd om aan opvolging te denken
roles-follows = Volgt op:
roles-nobody = Er is nog niemand als opvolger gepland.
roles-plan = Opvolging plannen
roles-successor = Wie volgt op
roles-successor-hint = De @naam van een lid van deze ruimte; leeg: nog niemand. Ze zien het op hun pagina met wat over hen wordt bewaard.
roles-words = Wat er is afgesproken
roles-load-title = Verdeling van de last
roles-load-text = Van de laatste 13 weken. Hoeveel er op weinigen rust, niet op wie: draagt één persoon meer dan 40 %, dan is het tijd om te delen.
roles-replies = Eerste reacties op onderwerpen
roles-decisions = Besliste beoordelingen
roles-load = { $one } door één persoon, { $three } door drie, van { $all }.

kept-plans = Waar plannen je noemen
kept-plan-sponsor = Als sponsor
kept-plan-writer = Als degene die schrijft
kept-plan-successor = Als degene die in een rol opvolgt
