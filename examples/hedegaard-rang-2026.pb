META
key;value
description;Prioritering af landdistriktsmidler (opdigtet eksempel)
country;Denmark
unit;Hedegård Sogn
instance;2026
num_projects;8
num_votes;58
budget;100000
vote_type;ordinal
rule;greedy
date_begin;19.09.2026
date_end;04.10.2026
min_length;1
max_length;4
neighborhoods;Hedegård,Hedegård Mejeriby
categories;Idræt,Kultur,Natur,Tryghed
language;da
currency;DKK
PROJECTS
project_id;cost;votes;score;name;category;beneficiaries;selected;neighborhood
H1;36000;23;44;Overdækning ved sportspladsen;Idræt;Alle;1;Hedegård
H2;27500;15;33;Renovering af mejerigavlen: stort vægmaleri;Kultur;Alle;0;Hedegård Mejeriby
H3;19950;19;39;Hedevandring: bro over Grøften;Natur;Alle;1;Hedegård
H4;44800;14;39;Elektronisk lås og booking af hallen;Idræt;Alle;0;Hedegård
H5;13400;17;26;Høstmarked med lokale fødevarer;Kultur;Alle;0;Hedegård Mejeriby
H6;22750;17;34;Samkørselsbænk og læskur;Tryghed;Unge,Seniorer;1;Hedegård Mejeriby
H7;8900;21;35;Førstehjælpskurser for hele sognet;Tryghed;Alle;1;Hedegård
H8;31600;16;25;Skøjtebane og opvarmet bænk;Idræt;Børn;0;Hedegård
VOTES
voter_id;vote;voting_method
1;H3,H6,H7,H5;paper
2;H1;internet
3;H4,H1;internet
4;H1;paper
5;H7,H3,H6;paper
6;H1,H8;paper
7;H3,H7;paper
8;H4,H1,H8,H3;internet
9;H2;paper
10;H3,H7,H6,H5;paper
11;H1,H7,H3;internet
12;H6;paper
13;H1,H8,H7;internet
14;H4,H1,H8;paper
15;H4,H3,H7,H8;paper
16;H3,H6,H7;internet
17;H4,H7,H3,H8;paper
18;H7,H1;internet
19;H1,H4,H7;internet
20;H2,H6,H3,H5;paper
21;H6;paper
22;H2,H7,H5;paper
23;H3,H6;internet
24;H5,H2,H6;paper
25;H8,H4,H3;paper
26;H1;paper
27;H1,H8;paper
28;H2,H7;paper
29;H7,H3;paper
30;H6,H2,H5;paper
31;H8;paper
32;H3,H7,H6;paper
33;H2,H5,H6,H7;paper
34;H6;paper
35;H4,H1;paper
36;H2,H6;paper
37;H1;internet
38;H5;paper
39;H4,H8,H1;paper
40;H4,H1;paper
41;H4,H1,H7;internet
42;H6,H1,H3,H7;internet
43;H8,H1;paper
44;H6,H2,H5;paper
45;H5,H2;internet
46;H1,H8;internet
47;H2,H5,H3;internet
48;H2,H3,H5;paper
49;H4,H8;internet
50;H3,H7;paper
51;H2,H5;paper
52;H5;paper
53;H5,H2;internet
54;H8,H1;internet
55;H5;paper
56;H1,H4,H8,H7;paper
57;H6,H5,H7,H2;paper
58;H1,H4,H8,H3;paper
