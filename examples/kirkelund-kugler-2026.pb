META
key;value
description;Kuglemøde i forsamlingshuset (opdigtet eksempel)
country;Denmark
unit;Kirkelund
instance;2026
num_projects;7
num_votes;41
budget;50000
vote_type;cumulative
rule;greedy
date_begin;10.03.2026
date_end;10.03.2026
min_length;1
max_length;3
min_points;1
max_points;3
min_sum_points;3
max_sum_points;3
neighborhoods;Kirkelund
categories;Idræt og leg,Mødesteder,Natur
language;da
currency;DKK
PROJECTS
project_id;cost;votes;score;name;category;beneficiaries;selected;neighborhood
1;18500;12;17;Petanquebane ved gadekæret;Idræt og leg;Seniorer;0;Kirkelund
2;24000;16;38;Gyngestativ og naturlegeplads;Idræt og leg;Børn;1;Kirkelund
3;9800;10;15;Bænke og borde langs kirkestien;Mødesteder;Alle;0;Kirkelund
4;15250;8;11;Projektor og lærred til forsamlingshuset;Mødesteder;Alle;0;Kirkelund
5;6400;4;7;Fuglekasser og vild blomstereng;Natur;Børn,Alle;0;Kirkelund
6;12750;3;3;Trailer til udlån;Mødesteder;Alle;0;Kirkelund
7;21300;15;32;Kajakker og redningsveste til møllesøen;Natur;Unge;1;Kirkelund
VOTES
voter_id;vote;points;voting_method
1;7,6;2,1;paper
2;2;3;paper
3;2,7;2,1;paper
4;2;3;paper
5;2,7;2,1;paper
6;4,3;2,1;paper
7;2;3;paper
8;2,5;2,1;paper
9;5,2;2,1;paper
10;7;3;paper
11;7;3;paper
12;7;3;paper
13;2;3;paper
14;3;3;paper
15;3,1;2,1;paper
16;1,3;2,1;paper
17;2;3;paper
18;7,2;2,1;paper
19;4,1,3;1,1,1;paper
20;2,7;2,1;paper
21;1;3;paper
22;3,4,1;1,1,1;paper
23;2,5;2,1;paper
24;4,1;2,1;paper
25;2,7;2,1;paper
26;2;3;paper
27;7;3;paper
28;7;3;paper
29;1;3;paper
30;3,4,1;1,1,1;paper
31;2;3;paper
32;3,1;2,1;paper
33;3,4,1;1,1,1;paper
34;7,6;2,1;paper
35;7,4,6;1,1,1;paper
36;2;3;paper
37;7;3;paper
38;4,1;2,1;paper
39;3,1;2,1;paper
40;5;3;paper
41;7;3;paper
