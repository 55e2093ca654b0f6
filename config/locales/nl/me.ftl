# Mijn aandeel, de vijf signalen, en kampioenen.

me-title = Mijn aandeel
me-text = Alleen jij ziet deze pagina. Ze wordt uitgerekend als je kijkt, uit wat je de laatste dertien weken deed; alleen in welke schil je was wordt bewaard, 56 weken lang.
me-ring = Je staat in de schil
me-no-ring = Schillen worden verteld zodra een week is verzegeld, een week na het einde ervan.
me-team = Omdat je deze ruimte modereert of beheert, sta je in geen van haar schillen: die gaan over wie het team er voor is.
me-rings = Mijn schillen door de tijd
me-ring-was = { $from } tot { $until }
me-ring-since = sinds { $from }
me-next-core = Je droeg bij in { $weeks13 } van de laatste 13 weken; met negen blijf je hier.
me-next-active = Je droeg bij in { $weeks13 } van de laatste 13 weken. De kern doet dat in negen, en praat met ten minste vijf mensen die ook met elkaar praten.
me-next-occasional = Je droeg bij in { $weeks4 } van de laatste 4 weken. Wie dat in twee doet, is actief.
me-next-reader = Eén bijdrage, of drie keer bedanken of stemmen, brengt je verder naar binnen.
me-petals = Vijf bloemblaadjes: { $space }
me-signal = Signaal
me-strength = Sterkte
me-petals-means = Hoe sterk elk van vijf signalen van eigenaarschap is; een blad dat er is, is donkerder gevuld.
me-known = Waar je verstand van lijkt te hebben
me-known-text = Borden waarin je over een jaar veel meer vragen beantwoordt dan je stelt. Wie op het profiel aangaf gevonden te willen worden, kan erover gevraagd worden. Klopt het niet? Zeg het hier.
me-known-none = Tot nu toe niets.
me-expert-why = { $answers } antwoorden en { $questions } vragen van jou in een jaar
me-denied = Je zei dat het niet klopt.
me-knows = Het klopt toch
me-knows-not = Het klopt niet
me-nowhere = Je hoort nog bij geen ruimte.
me-champion = Laat het de beheerders zien
me-champion-text = Wie meer voor een ruimte wil doen, kan de beheerders dertien weken lang vijf dingen in woorden laten zien: passie, positie, mix, helpen en kijken buiten de eigen afdeling. Niemand wordt gerangschikt en er volgt verder niets uit.
me-champion-shown = De beheerders van deze ruimte zien dit over je tot
me-champion-longer = Dertien weken vanaf vandaag
me-champion-end = Niet langer
me-champion-later = Niemand ziet er iets van voordat je acht weken bij de ruimte hoort:
signal-there = aanwezig
signal-owner = Zorgt voor de plek
signal-owner-short = zorgt
signal-owner-read = Verwelkomde { $welcomed ->
    [one] één nieuwkomer
   *[other] { $welcomed } nieuwkomers
} als eerste die reageerde, bewerkte { $edits ->
    [one] één gedeeld bericht
   *[other] { $edits } gedeelde berichten
} van anderen. Een rol telt ook; twee van de drie zijn nodig.
signal-knowledge = Deelt wat helpt
signal-knowledge-short = deelt
signal-knowledge-read = { $useful } antwoorden waarvoor een andere afdeling bedankte of die gemarkeerd werden, waarvan { $answers } als het antwoord, { $cases ->
    [one] één casus
   *[other] { $cases } casussen
}.
signal-beyond = Kijkt voorbij de hoofdthema's
signal-beyond-short = kijkt verder
signal-beyond-read = Droeg bij in { $boards ->
    [one] één bord
   *[other] { $boards } borden
}. Borden die later kwamen dan de ruimte, liggen voorbij de hoofdthema's.
signal-interested = Heeft belangstelling voor anderen
signal-interested-short = heeft belangstelling
signal-interested-read = Reageerde op { $people ->
    [one] één mens
   *[other] { $people } mensen
}; { $elsewhere } van { $replies } reacties in onderwerpen van anderen.
signal-regular = Komt geregeld
signal-regular-short = komt geregeld
signal-regular-read = Was hier in { $weeks } van 13 weken; negen is geregeld.
champions-title = Kampioenen
champions-text = Leden die je dertien weken laten zien wat hen tot kampioen maakt. In woorden, op naam, zonder rangorde: wat je ermee doet, beslis je samen met hen. Elke keer dat je iemand bekijkt, wordt vastgelegd.
champions-none = Nog niemand laat het zien. Leden kiezen het zelf, op hun pagina Mijn aandeel.
champions-wrote = Antwoorden die hielpen:
champions-until = Ze laten het zien tot
champions-unsure = dicht bij de grens: andere gewichten zouden iets anders zeggen
me-champion-band = Wat het de managers zegt
me-champion-preview = Wat zij dan zouden zien
champion-band-invite = Uitnodigen voor meer
champion-band-coach = Begeleiden
champion-band-later = Later
champion-said-strong = sterk
champion-said-growing = groeiend
champion-said-little = weinig
champion-said-unknown = te weinig bekend
champion-passion = Passie
champion-passion-means = Week na week aanwezig en aan het schrijven.
champion-positioning = Positie
champion-positioning-means = Zegt wie hij of zij is, en wordt bedankt door mensen van meerdere afdelingen.
champion-mix = Mix
champion-mix-means = Geeft nieuws door en zegt wat hij of zij ervan vindt.
champion-helping = Helpen
champion-helping-means = Antwoorden die hielpen, nieuwkomers ontmoet, evenveel geven als nemen.
champion-island = Buiten het eigen eiland
champion-island-means = Praat met mensen van andere afdelingen, zo veel als toeval zou brengen of meer.
readings-champions = Kampioenen van een ruimte
