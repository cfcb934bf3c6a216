META
key;value
description;Mødet delte lige (opdigtet eksempel)
country;Denmark
unit;Ligevad
instance;2026
num_projects;4
num_votes;0
budget;55414.96
vote_type;approval
rule;greedy
date_begin;18.11.2026
date_end;18.11.2026
neighborhoods;Ligevad
categories;Leg,Kultur,Natur,Fællesskab
language;da
currency;DKK
PROJECTS
project_id;cost;votes;name;category;beneficiaries;neighborhood
L1;20000;0;Naturlegeplads;Leg;Børn;Ligevad
L2;18400.50;0;Højtalere til foredrag;Kultur;Alle;Ligevad
L3;25000;0;Shelter ved åen;Natur;Unge;Ligevad
L4;14000;0;Fælles frugtpresse;Fællesskab;Alle;Ligevad
VOTES
voter_id;vote;voting_method
