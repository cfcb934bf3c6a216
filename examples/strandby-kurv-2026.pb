META
key;value
description;Borgerbudget på nettet: fyld kurven (opdigtet eksempel)
country;Denmark
unit;Strandby
instance;2026
num_projects;9
num_votes;96
budget;81125.50
vote_type;approval
rule;greedy
date_begin;02.05.2026
date_end;17.05.2026
min_length;1
max_sum_cost;81125.50
neighborhoods;Strandby Havn,Strandby
categories;Kyst,Idræt,Mødesteder,Kultur,Natur,Grøn omstilling
language;da
currency;DKK
PROJECTS
project_id;cost;votes;name;category;beneficiaries;selected;neighborhood
S1;32000;34;Vinterbadning: trappe og læskærm;Kyst;Alle;1;Strandby Havn
S2;58400;31;Pumptrackbane ved hallen;Idræt;Unge;0;Strandby
S3;20450.75;27;Udekøkken på havnen;Mødesteder;Alle;1;Strandby Havn
S4;11900;18;Lokalhistoriske skilte på ruten rundt;Kultur;Alle;1;Strandby
S5;17600;18;Indhegnet hundeskov: hegn og låger;Natur;Alle;0;Strandby
S6;8350;24;Legekasser til stranden;Kyst;Børn;1;Strandby Havn
S7;41250;16;Ny scene til havnedagen;Kultur;Alle;0;Strandby Havn
S8;26300;2;Ladestander til elcykler;Grøn omstilling;Alle;0;Strandby
S9;14125.50;18;Sankthansplads og bålsted;Kultur;Alle;0;Strandby
VOTES
voter_id;vote;voting_method
1;S4,S9;internet
2;S3,S6;internet
3;S2;internet
4;S1,S3;internet
5;S1,S7;internet
6;S4,S5,S7;internet
7;S1,S3,S6;internet
8;S4,S7,S9;internet
9;S7,S9;paper
10;S2,S5;paper
11;S2;internet
12;S9;internet
13;S4,S8;internet
14;S2,S5;paper
15;S2;internet
16;S5,S9;internet
17;S1,S6;internet
18;S7,S9;internet
19;S3,S6;internet
20;S2;paper
21;S2;paper
22;S4,S9;internet
23;S1;internet
24;S3,S7;internet
25;S2,S4;internet
26;S1,S3,S6;internet
27;S4,S5,S7;paper
28;S2;internet
29;S1,S7;internet
30;S3;internet
31;S1,S3,S6;internet
32;S1;internet
33;S2,S5;internet
34;S2,S5;internet
35;S2,S4;internet
36;S1;paper
37;S4,S7,S9;internet
38;S1;internet
39;S2,S5;internet
40;S1,S6;internet
41;S2;internet
42;S3,S6,S7;internet
43;S4;internet
44;S1,S3;internet
45;S2,S5;internet
46;S1,S3,S6;internet
47;S2,S5;internet
48;S1,S3,S6;internet
49;S1,S3,S6;internet
50;S2;internet
51;S1,S9;internet
52;S1,S3,S6;internet
53;S2;internet
54;S1,S3,S6;internet
55;S4,S7,S9;internet
56;S2;internet
57;S1,S6;paper
58;S5;internet
59;S2;internet
60;S4,S5,S9;internet
61;S1,S3,S9;internet
62;S1,S6;internet
63;S4,S8;internet
64;S1,S3;internet
65;S2;internet
66;S1,S3,S9;internet
67;S1,S6;internet
68;S2;internet
69;S2,S5;internet
70;S2,S5;internet
71;S1,S6;internet
72;S9;paper
73;S3;paper
74;S4,S7,S9;internet
75;S1,S3;internet
76;S1,S3,S6;internet
77;S6;internet
78;S1,S3,S6,S9;internet
79;S4,S7;internet
80;S3,S4;internet
81;S1,S6;internet
82;S2,S5;internet
83;S7;internet
84;S1,S3,S6;internet
85;S2;internet
86;S4,S7,S9;internet
87;S4;internet
88;S1,S3;internet
89;S2;internet
90;S2;internet
91;S2,S5;internet
92;S5,S7,S9;paper
93;S2;internet
94;S1,S3,S6;internet
95;S2,S5;internet
96;S1,S3,S6;internet
