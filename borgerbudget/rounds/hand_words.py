"""What is said about ballots that are counted by hand: the figures of a tally sheet, and what stands in the way."""

from __future__ import annotations

from borgerbudget.words import Catalogue, Entry, Text

VALID = Text("gyldige sedler", "valid ballots")
VOID = Text("ugyldige sedler", "void ballots")
VOTES = Text("stemmer på {number} {title}", "votes for {number} {title}")

PROBLEMS = Catalogue(
    {
        "HND-001": Entry(
            Text("i denne runde tælles sedlerne i hånden, og kun tallene tastes ind",
                 "the ballots of this round are counted by hand, and only the figures are entered"),
            Text("borgerbudget hand-count enter {round} --urn URNE --actor NAVN",
                 "borgerbudget hand-count enter {round} --urn URN --actor NAME"),
        ),
        "HND-002": Entry(
            Text("i denne runde tælles sedlerne ikke i hånden", "the ballots of this round are not counted by hand"),
            Text("sedler på papir tastes én for én: borgerbudget ballot batch {round} --urn URNE --sheets N; "
                 "er runden ikke låst: rules set {round} ballot=hand-count",
                 "ballots on paper are keyed one by one: borgerbudget ballot batch {round} --urn URN --sheets N; "
                 "before the round is frozen: rules set {round} ballot=hand-count"),
        ),
        "HND-003": Entry(
            Text('urnen "{urn}" mangler tal for: {missing}', 'the urn "{urn}" lacks figures for: {missing}'),
            Text("giv alle på én gang, også nuller, i den rækkefølge", "give all of them at once, zeros too, in that order"),
        ),
        "HND-004": Entry(
            Text('{what}: "{value}" er ikke et antal', '{what}: "{value}" is no number of ballots or votes'),
            Text("skriv et helt tal, 0 eller flere, uden punktum", "write a whole number, 0 or more, without marks"),
        ),
        "HND-005": Entry(
            Text("{votes:stemme|stemmer} i alt, men {ballots:gyldig seddel|gyldige sedler} med højst "
                 "{most:stemme|stemmer} på hver kan højst give {bound}",
                 "{votes:vote|votes} in all, but {ballots:valid ballot|valid ballots} of {most:vote|votes} at most "
                 "can give no more than {bound}"),
            Text("tæl urnen igen, og tast tallene, som de er", "count the urn again, and enter the figures as they are"),
        ),
        "HND-006": Entry(
            Text("{votes:stemme|stemmer} på {title}, men kun {ballots:gyldig seddel|gyldige sedler}",
                 "{votes:vote|votes} for {title}, but only {ballots:valid ballot|valid ballots}"),
            Text("tæl urnen igen; må en vælger give et forslag flere stemmer, skal rundens regler sige hvor mange "
                 "(ballot.max_length)",
                 "count the urn again; if a voter may give a proposal several votes the round's rules must say how many "
                 "(ballot.max_length)"),
        ),
        "HND-007": Entry(
            Text('urnen "{urn}" er talt', 'the urn "{urn}" was counted'),
            Text("er tallene forkerte, så tag dem ud: "
                 "borgerbudget hand-count drop {round} --urn {urn} --second NAVN --reason GRUND",
                 "if the figures are wrong take them out: "
                 "borgerbudget hand-count drop {round} --urn {urn} --second NAME --reason WHY"),
        ),
        "HND-008": Entry(
            Text('urnen "{urn}" er ikke talt', 'the urn "{urn}" is not counted'),
            Text("to personer taster dens tal hver for sig: borgerbudget hand-count enter {round} --urn {urn} --actor NAVN, "
                 "og så hand-count compare {round} --urn {urn}",
                 "two people enter its figures, each alone: borgerbudget hand-count enter {round} --urn {urn} --actor NAME, "
                 "then hand-count compare {round} --urn {urn}"),
        ),
        "HND-009": Entry(
            Text('tallene fra urnen "{urn}" er tastet af to andre, eller du har tastet alle dine',
                 'the figures of the urn "{urn}" were entered by two other people, or you have entered all of yours'),
            Text("sammenlign: borgerbudget hand-count compare {round} --urn {urn}; den anden, der taster, er en anden person end "
                 "den første",
                 "compare: borgerbudget hand-count compare {round} --urn {urn}; the second who enters is another person than the "
                 "first"),
        ),
        "HND-010": Entry(
            Text('urnen "{urn}" mangler tal fra {missing}', 'the urn "{urn}" lacks the figures of {missing}'),
            Text("to personer taster hver for sig: borgerbudget hand-count enter {round} --urn {urn} --actor NAVN",
                 "two people enter them, each alone: borgerbudget hand-count enter {round} --urn {urn} --actor NAME"),
        ),
        "HND-011": Entry(
            Text("{what} er ikke til afgørelse", "{what} is not to be decided"),
            Text("de to er uenige om: {known}", "the two differ on: {known}"),
        ),
        "HND-012": Entry(
            Text('"{actor}" har selv tastet urnen "{urn}"', '"{actor}" entered the urn "{urn}"'),
            Text("en tredje person afgør (--actor)", "a third person decides (--actor)"),
        ),
        "HND-013": Entry(
            Text('urnen "{urn}" er ikke talt endnu', 'the urn "{urn}" is not counted yet'),
            Text("der er intet at tage ud; tast tallene: borgerbudget hand-count enter {round} --urn {urn}",
                 "there is nothing to take out; enter the figures: borgerbudget hand-count enter {round} --urn {urn}"),
        ),
        "HND-014": Entry(
            Text("tallet {figure} findes ikke", "there is no figure {figure}"),
            Text("1 er gyldige sedler, 2 ugyldige, 3 og op forslagene efter nummer: borgerbudget hand-count show {round}",
                 "1 is valid ballots, 2 void ones, 3 and up the proposals by number: borgerbudget hand-count show {round}"),
        ),
    }
)  # fmt: skip
