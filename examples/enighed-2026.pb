META
key;value
description;To forslag, og begge kan være (opdigtet eksempel)
country;Denmark
unit;Enighed
instance;2026
num_projects;2
num_votes;0
budget;50000
vote_type;approval
rule;greedy
date_begin;12.03.2026
date_end;12.03.2026
neighborhoods;Enighed
categories;Tryghed,Idræt
language;da
currency;DKK
PROJECTS
project_id;cost;votes;name;category;beneficiaries;neighborhood
E1;29500;0;Hjertestarter og kursus;Tryghed;Alle;Enighed
E2;20500;0;Petanquebane;Idræt;Seniorer;Enighed
VOTES
voter_id;vote;voting_method
