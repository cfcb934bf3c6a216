"""The problems that a description of an electorate can have: EL-."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

PROBLEMS = Catalogue(
    {
        "EL-001": Entry(
            Text("der er ingen vælgermodel, der hedder “{name}”", "there is no electorate model called “{name}”"),
            Text("vælg en af: {known}", "choose one of: {known}"),
        ),
        "EL-002": Entry(
            Text("modellen {model} har ingen indstilling “{name}”", "the model {model} has no setting “{name}”"),
            Text("den har disse: {known}", "it has these: {known}"),
        ),
        "EL-003": Entry(
            Text("{name} = {value} kan ikke bruges i {model}", "{name} = {value} cannot be used in {model}"),
            Text("skriv {allowed}", "write {allowed}"),
        ),
        "EL-004": Entry(
            Text(
                "{groups} grupper, der hver synes om {p} af forslagene, kan ikke være adskilte",
                "{groups} groups that each approve of {p} of the proposals cannot be apart from each other",
            ),
            Text(
                "lad p gange groups være højst 1, fx p = {most}",
                "let p times groups be at most 1, for example p = {most}",
            ),
        ),
        "EL-005": Entry(
            Text(
                "der er {parties} partier, men kun {proposals} forslag",
                "there are {parties} parties but only {proposals} proposals",
            ),
            Text("skriv parties = {proposals} eller færre", "write parties = {proposals} or fewer"),
        ),
        "EL-006": Entry(
            Text(
                "runden har ingen stemmesedler, som vælgere kan efterlignes ud fra",
                "the round has no ballots from which voters could be imitated",
            ),
            Text(
                "vælg en runde, hvor stemmesedlerne er kendt, eller en af modellerne: {known}",
                "choose a round whose ballots are known, or one of the models: {known}",
            ),
        ),
        "EL-007": Entry(
            Text(
                "stemmesedlerne vejer ikke en pr. person, så det kan ikke siges, hvem der trækkes igen",
                "the ballots do not weigh one for each person, so that nobody can say who is drawn again",
            ),
            Text(
                "brug runden uden vægte efter område",
                "use the round without weights by area",
            ),
        ),
        "EL-008": Entry(
            Text(
                "der er kun {people} stemmesedler; {asked} kan ikke tages ud",
                "there are only {people} ballots; {asked} cannot be taken out",
            ),
            Text("skriv et tal fra 0 til {most}", "write a number from 0 to {most}"),
        ),
        "EL-009": Entry(
            Text("least = {least} er mere end most = {most}", "least = {least} is more than most = {most}"),
            Text("byt om på de to tal", "exchange the two numbers"),
        ),
        "EL-011": Entry(
            Text("{key} mangler i scenariefilen", "{key} is missing in the scenario file"),
            Text("skriv det, eller giv en rigtig runde som source", "write it, or give a real round as the source"),
        ),
        "EL-012": Entry(
            Text(
                "forslaget “{proposal}” hører til “{area}”, som ikke er blandt områderne",
                "the proposal “{proposal}” belongs to “{area}”, which is not among the areas",
            ),
            Text(
                "skriv et af områderne ({known}), eller lad area være ude",
                "write one of the areas ({known}), or leave area out",
            ),
        ),
        "EL-013": Entry(
            Text("“{name}” står to gange under {key}", "“{name}” stands twice under {key}"),
            Text("giv hver sit eget navn", "give each a name of its own"),
        ),
        "EL-014": Entry(
            Text("beløbet for “{name}” skal være over 0", "the amount for “{name}” must be above 0"),
            Text("skriv et beløb i hele kroner", "write an amount in whole units"),
        ),
        "EL-015": Entry(
            Text("runden har sine egne forslag", "the round has proposals of its own"),
            Text(
                "lad proposals være ude, eller lad source være ude",
                "leave out proposals, or leave out source",
            ),
        ),
        "EL-016": Entry(
            Text("der står både proposals og costs", "there are both proposals and costs"),
            Text("lad costs være ude, når forslagene er kendt", "leave out costs when the proposals are known"),
        ),
        "EL-017": Entry(
            Text("der står både electorate og like", "there are both electorate and like"),
            Text("vælg en model eller en tidligere runde", "choose a model or a past round"),
        ),
        "EL-018": Entry(
            Text(
                "{source} havde {then:forslag|forslag}, og der er {now} her",
                "{source} had {then:proposal|proposals}, and there are {now} here",
            ),
            Text(
                "vælg en runde med mindst lige så mange forslag, eller en model (electorate)",
                "choose a round with at least as many proposals, or a model (electorate)",
            ),
        ),
        "EL-019": Entry(
            Text("vælgerne ligner allerede dem i {source}", "the voters are like those of {source} already"),
            Text(
                "lad like være ude, eller brug en scenariefil med sine egne forslag",
                "leave out like, or use a scenario file with proposals of its own",
            ),
        ),
        "EL-010": Entry(
            Text("der er ingen prismodel, der hedder “{name}”", "there is no cost model called “{name}”"),
            Text("vælg en af: {known}", "choose one of: {known}"),
        ),
    }
)
