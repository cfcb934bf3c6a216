META
key;value
description;Tre kugler til hver på mødet (opdigtet eksempel)
country;Denmark
unit;Kuglebjerg
instance;2026
num_projects;4
num_votes;26
budget;75000
vote_type;cumulative
rule;greedy
date_begin;11.03.2026
date_end;11.03.2026
min_length;1
max_length;3
min_points;1
max_points;3
min_sum_points;3
max_sum_points;3
neighborhoods;Kuglebjerg
categories;Natur,Leg,Fællesskab
language;da
currency;DKK
PROJECTS
project_id;cost;votes;score;name;category;beneficiaries;neighborhood
K1;30000;14;26;Bålplads ved skoven;Natur;Alle;Kuglebjerg
K2;28000;11;19;Legehus i børnehaven;Leg;Børn;Kuglebjerg
K3;35000;8;13;Madpakkehus på ruten;Natur;Alle;Kuglebjerg
K4;20000;12;20;Byfest i august;Fællesskab;Alle;Kuglebjerg
VOTES
voter_id;vote;points;voting_method
1;K1;3;paper
2;K1;3;paper
3;K1;3;paper
4;K1;3;paper
5;K1;3;paper
6;K1;3;paper
7;K2,K4;2,1;paper
8;K2,K4;2,1;paper
9;K2,K4;2,1;paper
10;K2,K4;2,1;paper
11;K2,K4;2,1;paper
12;K2,K4;2,1;paper
13;K2,K4;2,1;paper
14;K2,K4;2,1;paper
15;K3,K1;2,1;paper
16;K3,K1;2,1;paper
17;K3,K1;2,1;paper
18;K3,K1;2,1;paper
19;K3,K1;2,1;paper
20;K4;3;paper
21;K4;3;paper
22;K4;3;paper
23;K4;3;paper
24;K1,K2,K3;1,1,1;paper
25;K1,K2,K3;1,1,1;paper
26;K1,K2,K3;1,1,1;paper
