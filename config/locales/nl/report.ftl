month-link = Verslag van vier weken
month-title = { $name }: vier weken tot { $day }
month-early = Te vroeg: de eerste vier weken zijn nog niet voorbij, of er deden te weinig mensen mee om er iets over te zeggen.
month-text = Vanzelf geschreven uit de cijfers. Wat verborgen is omdat er te weinig mensen achter staan, is weggelaten.
month-made = De cijfers gaan over mensen samen en zijn er om hen te helpen, niet om hen te beoordelen. Elk cijfer wordt op de pagina met definities uitgelegd.
month-mail = Mail het mij
month-health = Alle cijfers
month-others = Andere verslagen
month-people = Mensen
month-answers = Antwoorden
month-talk = Gesprek
month-next = Nu de moeite waard
month-silent = Er deden te weinig mensen mee om hier iets te zeggen, of er viel niets te vertellen.
month-why-wider = Er konden meer mensen meedoen dan vier weken ervoor; daarom steeg het deel niet mee met wie bijdraagt.
month-why-narrower = Er konden minder mensen meedoen dan vier weken ervoor; daarom daalde het deel niet mee met wie bijdraagt.
month-why-both =
    Voor het eerst bijgedragen: { $new ->
        [one] één mens
       *[other] { $new } mensen
    }; even veel kwamen terug; stilgevallen of vertrokken: { $churned }.
month-active-rose = Het deel actieve mensen steeg van { $before } naar { $now }.
month-active-fell = Het deel actieve mensen daalde van { $before } naar { $now }.
month-active-same = Het deel actieve mensen bleef { $now }.
month-active-is = Het deel actieve mensen is { $now }.
month-why-new =
    Voor het eerst { $new ->
        [one] droeg één mens bij
       *[other] droegen { $new } mensen bij
    }; teruggekomen: { $back }; stilgevallen of vertrokken: { $churned }. De groei komt vooral van nieuwe mensen.
month-why-back =
    Voor het eerst bijgedragen: { $new }. Terug { $back ->
        [one] kwam één mens
       *[other] kwamen { $back } mensen
    }; stilgevallen of vertrokken: { $churned }. De groei komt vooral van mensen die terugkwamen.
month-why-churned =
    Stil of weg sinds de vier weken ervoor: { $churned ->
        [one] één mens
       *[other] { $churned } mensen
    }. Voor het eerst bijgedragen: { $new }; teruggekomen: { $back }.
month-why-even =
    Voor het eerst bijgedragen: { $new }; teruggekomen: { $back }; evenveel vielen stil of vertrokken.
month-why-none = Dezelfde mensen droegen bij als in de vier weken ervoor.
month-core = { $core ->
    [0] Minder dan vijf mensen vormen de kern
   *[other] { $core } mensen vormen de kern
}; de helft van wat leden in dertien weken bijdroegen kwam van { $few } van de { $all }.
month-activation-rose = Van wie erbij kwam, droeg { $now } binnen twee weken bij; een kwartaal geleden { $before }.
month-activation-fell = Van wie erbij kwam, droeg { $now } binnen twee weken bij; een kwartaal geleden nog { $before }.
month-activation-same = Van wie erbij kwam, droeg { $now } binnen twee weken bij, net als een kwartaal geleden.
month-activation-is = Van wie erbij kwam, droeg { $now } binnen twee weken bij.
month-newcomers-rose = { $now } van de onderwerpen van nieuwkomers had binnen een dag een reactie; een kwartaal geleden { $before }.
month-newcomers-fell = { $now } van de onderwerpen van nieuwkomers had binnen een dag een reactie; een kwartaal geleden nog { $before }.
month-newcomers-same = { $now } van de onderwerpen van nieuwkomers had binnen een dag een reactie, net als een kwartaal geleden.
month-newcomers-is = { $now } van de onderwerpen van nieuwkomers had binnen een dag een reactie.
month-wait-shorter = De helft van wie wacht, heeft binnen { $now } een eerste reactie; een kwartaal geleden duurde dat { $before }.
month-wait-longer = De helft van wie wacht, heeft pas na { $now } een eerste reactie; een kwartaal geleden duurde dat { $before }.
month-wait-is = De helft van wie wacht, heeft binnen { $now } een eerste reactie.
month-unanswered = { $silent ->
    [0] Van { $topics } onderwerpen ouder dan drie dagen is er geen zonder reactie.
    [one] Van { $topics } onderwerpen ouder dan drie dagen heeft er één geen reactie.
   *[other] Van { $topics } onderwerpen ouder dan drie dagen hebben er { $silent } geen reactie.
}
month-peers-rose = { $now } van de vragen met een reactie werd door leden beantwoord in plaats van het team; een kwartaal geleden { $before }.
month-peers-fell = { $now } van de vragen met een reactie werd door leden beantwoord in plaats van het team; een kwartaal geleden nog { $before }.
month-peers-same = { $now } van de vragen met een reactie werd door leden beantwoord in plaats van het team, net als een kwartaal geleden.
month-peers-is = { $now } van de vragen met een reactie werd door leden beantwoord in plaats van het team.
month-yield-rose = { $now } van de onderwerpen bracht iets op gang; een kwartaal geleden { $before }.
month-yield-fell = { $now } van de onderwerpen bracht iets op gang; een kwartaal geleden nog { $before }.
month-yield-same = { $now } van de onderwerpen bracht iets op gang, net als een kwartaal geleden.
month-yield-is = { $now } van de onderwerpen bracht iets op gang.
month-lively = Er waren { $posts } bijdragen per week, over dertien weken.
month-bridges-more = { $share } van de banden verbindt mensen van verschillende afdelingen, meer dan toeval zou brengen.
month-bridges-less = { $share } van de banden verbindt mensen van verschillende afdelingen, minder dan toeval zou brengen.
month-bridges-chance = { $share } van de banden verbindt mensen van verschillende afdelingen, ongeveer zoveel als toeval zou brengen.
month-bridges-early = { $share } van de banden verbindt mensen van verschillende afdelingen; er zijn te weinig banden om met toeval te vergelijken.
month-next-newcomers = Antwoord nieuwkomers binnen een dag: wie een reactie krijgt, schrijft vaker opnieuw.
month-next-yield = Vraag meer dan je meedeelt: te weinig onderwerpen brengen iets op gang.
month-next-unanswered = Kijk naar wat wacht: te veel onderwerpen hebben na drie dagen geen reactie.
month-next-few = Verdeel de last: heel weinig mensen dragen de helft van wat er geschreven wordt.
month-next-churn = Zoek uit waarom mensen stilvallen: er gingen er meer dan er kwamen.
letter-report-kind = Verslag
letter-report-why = Je vroeg om dit verslag op { $forum }. Er staan cijfers in; geef het met zorg door.
done-report = Het verslag is naar je onderweg.
done-report-not = Er is geen adres waar het heen kan.
