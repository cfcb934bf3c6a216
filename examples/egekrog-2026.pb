META
key;value
description;Udvalgets håndsoprækning, kun summerne (opdigtet eksempel)
country;Denmark
unit;Egekrog
instance;2026
num_projects;5
num_votes;9
budget;500000
vote_type;hand-count
rule;greedy
date_begin;15.04.2026
date_end;15.04.2026
max_length;3
neighborhoods;Egekrog
categories;Fællesskab,Natur,Tryghed,Kultur
language;da
currency;DKK
PROJECTS
project_id;cost;min_cost;votes;name;category;beneficiaries;neighborhood
D1;180000;;8;Grejbank;Fællesskab;Unge;Egekrog
D2;145000;;7;Udeklasse;Natur;Børn;Egekrog
D3;120000;;6;Belysning på stien;Tryghed;Alle;Egekrog
D4;90000;50000;4;Amfiteater;Kultur;Alle;Egekrog
D5;40000;;2;Køkkenhaver;Natur;Alle;Egekrog
VOTES
voter_id;vote;voting_method
