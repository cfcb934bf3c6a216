META
key;value
description;Borgerbudget på generalforsamlingen: en lodtrækning mangler (opdigtet eksempel)
country;Denmark
unit;Åby Bylaug
instance;2026
num_projects;4
num_votes;24
budget;30000
vote_type;approval
rule;greedy
date_begin;14.02.2026
date_end;14.02.2026
min_length;1
max_length;2
neighborhoods;Åby
categories;Kultur,Natur,Idræt,Tryghed
language;da
currency;DKK
PROJECTS
project_id;cost;votes;name;category;beneficiaries;neighborhood
bogskab;12500;15;Bogskab og læsehjørne i busskuret;Kultur;Alle;Åby
drivhus;15000;11;Fælles drivhus;Natur;Alle;Åby
fodboldmål;15000;11;Fodboldmål og net;Idræt;Børn;Åby
gadespejl;9500;4;Gadespejl ved det skæve sving;Tryghed;Alle;Åby
VOTES
voter_id;vote;voting_method
1;bogskab,drivhus;paper
2;bogskab,drivhus;paper
3;bogskab,drivhus;paper
4;bogskab,drivhus;paper
5;bogskab,drivhus;paper
6;bogskab,drivhus;paper
7;bogskab,drivhus;paper
8;bogskab,fodboldmål;paper
9;bogskab,fodboldmål;paper
10;bogskab,fodboldmål;paper
11;bogskab,fodboldmål;paper
12;bogskab,fodboldmål;paper
13;bogskab,fodboldmål;paper
14;fodboldmål;paper
15;fodboldmål;paper
16;fodboldmål;paper
17;fodboldmål;paper
18;drivhus;paper
19;drivhus;paper
20;drivhus;paper
21;bogskab,gadespejl;paper
22;bogskab,gadespejl;paper
23;drivhus,gadespejl;paper
24;fodboldmål,gadespejl;paper
