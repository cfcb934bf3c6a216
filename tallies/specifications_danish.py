"""The specifications of rules and completions in Danish, step for step as in the docstrings of their modules.

The English text is the one that a bundle's hash names; a test holds the numbered steps and the formulas together.
"""

from __future__ import annotations

_IN_TURN = "Forslagene tages efter stemmetal, størst først; lige stemmetal i den rækkefølge, som planen siger."
_ASK = "Det, et forslag beder om, er dets pris, dog højst planens loft (cap)."
_LEAST = "mindste beløb (min_cost, ellers én øre)"

RULES: dict[str, str] = {
    "greedy": """Flest stemmer først.

Forslagene tages efter stemmetal, størst først.

(1) Et forslag får sin pris, når den højst er det, der er tilbage af puljen; ellers springes det over, og man går videre.
(2) Forslag med samme stemmetal får tur i den rækkefølge, som planen siger.

Reglen i de fleste polske byer og i Aarhus. Med en grænse (threshold) deltager kun forslag, hvis stemmetal når den.""",
    "greedy-stop": f"""Flest stemmer først, slut ved det første, der ikke kan være.

{_IN_TURN}

(1) Et forslag får sin pris, når den højst er det, der er tilbage af puljen.
(2) Ved det første, der koster mere, er det slut.""",
    "greedy-per-cost": """Flest stemmer pr. krone først.

Forslagene tages efter stemmetal delt med pris, størst først; lige tal i den rækkefølge, som planen siger.

(1) Et forslag får sin pris, når den højst er det, der er tilbage af puljen; ellers springes det over, og man går videre.""",
    "greedy-80": f"""Flest stemmer først, med 80 %-reglen fra Poznań.

{_IN_TURN} Et forslag deltager, når mindst 80 % af dets
pris er i puljen: 5 * pulje >= 4 * pris.

(1) Et forslag får sin pris, når den højst er det, der er tilbage af puljen.
(2) Det første, der koster mere, får også penge, når mindst 80 % af prisen er tilbage, 5 * tilbage >= 4 * pris: det får
    det, der er tilbage, og resten lægges til uden for puljen. I begge tilfælde er det slut.""",
    "equal-shares": """Lige andele (Method of Equal Shares).

Hver af n vælgere får den samme andel b_i = B/n af puljen (eller, med en fuldførelse af add1-slægten, en større andel).
Et forslag p med støtterne N(p), som det er u_i(p) værd for, kan købes til rho, det mindste tal, hvor

    summen over N(p) af min(b_i, rho * u_i(p)) = pris(p)                     (1)

(2) Det forslag, der har det mindste rho, får sine penge; lige tal i den rækkefølge, som planen siger. Hver støtte betaler
    min(b_i, rho * u_i(p)).
(3) Sådan fortsættes, til intet forslag kan købes: dets støtter har tilsammen mindre end prisen.

Nytte (utility) cost: u_i(p) = pris(p) (så er 1/rho det virksomme stemmetal, effective vote count); count: 1; points:
sedlens point. Det, der er tilbage, gives ud ved planens fuldførelse (completion); med en sammenligning (comparison)
gælder udfaldet af greedy i stedet, hvis flere vælgere foretrækker det, end der foretrækker dette.

Det, som kilderne lader stå åbent: forslag, der koster mere end puljen, ikke når grænsen eller er trukket tilbage, deltager
ikke fra begyndelsen; n tæller alle sedler, også blanke; om noget kan købes, regnes nøjagtigt ud; et forslag, som planens
betingelser spærrer for, er ikke længere med, og dets støtter beholder deres penge til andre.""",
    "phragmen": """Phragméns metode, ét forslag ad gangen.

Alle vælgere tjener penge i samme jævne takt og begynder med ingen. Når støtterne N(p) af et forslag p tilsammen har
pris(p), køber de det, og deres punge er tomme igen. Med x_i som det tidspunkt, hvor vælger i sidst betalte, kan p købes til
tiden

    t(p) = (pris(p) + summen af x_i over i i N(p)) / |N(p)|                  (1)

(2) Det forslag, der har den mindste tid t(p), købes; lige tider i den rækkefølge, som planen siger.
(3) Det er slut, når dette forslag, eller et med samme tid, koster mere, end der er tilbage af puljen.

Et forslag uden støtter købes aldrig, heller ikke et, som planens betingelser spærrer for. Kun for sedler uden rækkefølge
eller point.""",
    "residual": f"""Resten til den næste i rækken.

{_IN_TURN}
{_ASK}

(1) Et forslag får det, det beder om, når det er tilbage.
(2) Når det ikke er, men mindst forslagets {_LEAST} er, får det det, der er tilbage.
(3) Ellers springes det over, og man går videre.

Efter (2) er der ikke noget tilbage til andre, ud over det, som kvoter og øremærkning gemmer. Holbæk 2014: den sidste fik
49.300 af 70.000.""",
    "residual-last": f"""Resten til den sidste.

{_IN_TURN}
{_ASK}

(1) Et forslag får det, det beder om, når det er tilbage.
(2) Det første, som det ikke er tilbage til, får det, der er tilbage, hvis det er mindst dets {_LEAST}.
    I begge tilfælde er det slut.

Egedal: det sidste projekt får det, der er tilbage.""",
    "prize-ladder": f"""Præmiestige: faste beløb efter plads.

{_IN_TURN} Præmierne tages i planens rækkefølge.

(1) Et forslag får den næste præmie, der ikke er givet, dog højst det, det beder om (dets pris, højst planens loft). Den
    sidste præmie kan være rest: det, der er tilbage af puljen.
(2) Er det mindre end forslagets {_LEAST}, springes det over, og præmien går til det næste.
(3) Det er slut, når alle præmier er givet.

Beløbene er tilsammen højst puljen. Vester Hæsinge 2017: 12.000, 10.000 og resten, 6.534,61, af 28.534,61.""",
    "rate-bands": f"""Satser: små beløb fuldt ud, en del af det, der er over.

Det, et forslag beder om, følger af dets pris c og planens satser (bands), dog højst planens loft (cap):

    g(c) = summen over satserne af (den del af c, der falder i satsen) * satsen, rundet ned til hele øre  (1)

(2) {_IN_TURN} Et forslag får det,
    det beder om, når det er tilbage; ellers springes det over, og man går videre.

Svendborg 5700 Vest 2023: op til 15.000 med 100 %, over med 50 %, højst 100.000; mindst 10 % af sedlerne.""",
    "equal-split": f"""Ligedeling: alle, der deltager, får det samme, ingen mere, end de beder om.

R er de forslag, der deltager; med winners kun så mange, de første efter stemmetal, lige stemmetal i den rækkefølge, som planen
siger. Beløb er hele gange unit; det, et forslag beder om (dets pris, højst planens loft), rundes ned til sådan et.

(1) T er puljen, dog højst det, som R beder om tilsammen, rundet ned til hele unit. Niveauet er sådan, at
    summen over R af min(beder om, niveau) = T; hver får min(beder om, niveauet rundet ned til hele unit).
(2) De, for hvem det er mindre end deres {_LEAST}, går ud af R, alle på én gang, og (1) gøres forfra, til ingen
    går ud.
(3) De unit, der ikke går op, gives én til hver, til de første efter stemmetal af dem, der fik mindre, end de beder om; med
    remainder = leave bliver de i puljen.

Med recipients = all har mødet afgjort, hvem der får; der spørges ikke om støtte. Hånden under Midtfyn 2017: fire gange
13.853 af 55.414,96.""",
    "everyones-share": f"""Alles andel: en stemmeseddel læst som beløb.

Hver af n vælgere har den samme andel B/n af puljen og fordeler den på de forslag R, der står på hendes seddel: efter deres
priser (knapsack) eller efter hendes point. Med S_i som summen af s_i over R får forslag p

    x(p) = summen over vælgerne i af (B/n) * s_i(p) / S_i                    (1)

dog højst det, det beder om (dets pris, højst planens loft, rundet ned til hele unit): y(p) = min(beder om, x(p)).

(2) De, for hvem y(p), rundet ned til hele unit, er mindre end deres {_LEAST}, går ud af R, alle på én
    gang, og (1) gøres forfra. En seddel, hvor ingen af R står, lader sin andel blive i puljen.
(3) Summen af alle y(p) rundes ned til hele unit, og det gør hver y(p) også; de unit, der mangler, gives én til hver, til dem,
    hvor den største del blev skåret af, lige store efter stemmetal og så i den rækkefølge, som planen siger; med
    remainder = leave bliver de i puljen.""",
    "acclamation": """Akklamation: alt kan være i puljen, så ingen behøver at stemme.

(1) Der er ingen stemmesedler, og det, alle deltagende forslag koster tilsammen, er højst puljen; ellers bliver tællingen afvist.
(2) Alle får deres penge.

Slagelse (Eggeslevmagle): to forslag kostede tilsammen puljen på 50.000 og fik pengene uden afstemning.""",
}

_ADD1 = """Add1-slægten: lige andele gentaget med stadig større andele.

    E_k = E_0 + k * increment,   k = 0, 1, 2, ...                            (1)

E_0 er B/n, eller de hele kroner i det (start = integral). Omgangen med E_k er lige andele forfra med denne andel til hver
vælger; priserne holdes stadig op mod den virkelige pulje B:

(2) Koster omgangen med E_k mere end B, gælder omgangen med E_(k-1).
(3) add1e og add1eu: er der ellers intet deltagende forslag med støtte, som ikke har fået penge og kan være i det, der er
    tilbage, gælder den.
(4) Giver den ellers penge til alle deltagende forslag med støtte, gælder den. I (3) og (4) tæller forslag ikke, som planens
    betingelser spærrer for, når disse har fået penge.
(5) add1u og add1eu: derefter de øvrige forslag efter stemmetal, som i fuldførelsen utilitarian.

Intet på denne vej er jævnt stigende (den samlede pris falder et sted på 15 % af virkelige veje), så hvert k tæller. De regnes
ikke alle ud: to omgange med samme rækkefølge af køb beviser, hvor rivalerne med sikkerhed er dyrere hele vejen imellem, at
hver andel imellem giver den samme rækkefølge (docs/exactness.md)."""

COMPLETIONS: dict[str, str] = {
    "none": "Ingen fuldførelse: lige andele med nøjagtigt B/n til hver; det, der er tilbage, er tilbage.",
    "utilitarian": """Fuldførelse efter stemmer: lige andele med nøjagtigt B/n til hver, derefter de øvrige forslag.

(1) De øvrige deltagende forslag efter stemmetal, lige stemmetal i den rækkefølge, som planen siger: hvert, der kan være i det,
    der er tilbage, og som ingen betingelse holder tilbage, får sin pris.""",
    **dict.fromkeys(("add1", "add1e", "add1u", "add1eu"), _ADD1),
}
