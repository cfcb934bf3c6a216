META
key;value
description;Borgerbudget 2026: udbyttet fra Lillevig Vindmøllelaug (opdigtet eksempel)
country;Denmark
unit;Lillevig Landsbylaug
instance;2026
num_projects;11
num_votes;117
budget;150000
vote_type;approval
rule;equalshares/add1
date_begin;17.01.2026
date_end;31.01.2026
min_length;1
max_length;5
neighborhoods;Lillevig Kirkeby,Nordstrand,Skovhuse
categories;Idræt og leg,Fællesskab,Natur og kyst,Tryghed,Grøn omstilling
language;da
currency;DKK
PROJECTS
project_id;cost;votes;name;category;beneficiaries;neighborhood
L01;78500;60;Multibane bag skolen;Idræt og leg;Børn,Unge;Lillevig Kirkeby
L02;64900;48;Nyt køkken i forsamlingshuset;Fællesskab;Alle;Lillevig Kirkeby
L03;38750;29;Badebro ved Nordstranden;Natur og kyst;Alle;Nordstrand
L04;31200;21;Shelterplads og bålhytte i Skovhuse;Natur og kyst;Børn,Unge;Skovhuse
L05;16480.50;21;Hjertestarter ved busskuret i Skovhuse;Tryghed;Alle;Skovhuse
L06;22600;25;Fælles ladcykel og værktøjsbibliotek;Grøn omstilling;Alle;Lillevig Kirkeby
L07;14750;18;Frugtlund og højbede på den gamle losseplads;Grøn omstilling;Alle;Nordstrand
L08;27900;25;Ungeklub i brugsens kælder: lyd, lys og sofaer;Fællesskab;Unge;Lillevig Kirkeby
L09;12300;20;Fællesspisning og sprogcafé for nye naboer;Fællesskab;Tilflyttere;Nordstrand
L10;52400;30;"Lys på stien ""Æblerenden""; Kirkeby–Nordstrand";Tryghed;Alle;Nordstrand
L11;999999999;10;Sommerfest med fyrværkeri (trukket tilbage);Fællesskab;Alle;Skovhuse
VOTES
voter_id;vote;voting_method
1;L09,L05;paper
2;L02,L10,L06;internet
3;L03,L10,L07;internet
4;L08,L01,L04;paper
5;L05,L04;internet
6;L07,L03;internet
7;L01;internet
8;L04;internet
9;L02,L01;paper
10;L05;paper
11;L06;internet
12;L01,L02;internet
13;L02,L01,L06;internet
14;L01,L02,L10;paper
15;L03,L10,L11;internet
16;L01,L02,L10,L08;internet
17;L01,L08,L09,L04;paper
18;L02,L01,L06,L11;internet
19;L08,L01;internet
20;L02,L01;paper
21;L09,L03;paper
22;L01,L02;internet
23;L09,L10,L03;internet
24;L01,L02,L06,L08;paper
25;L02,L01,L10;paper
26;L04,L05;internet
27;L04,L05,L11;paper
28;L08,L01;paper
29;L02,L06,L10,L01;internet
30;L08,L09,L06;internet
31;L01,L02;paper
32;L05,L04;paper
33;L07,L09,L10,L03;paper
34;L02,L01,L08;internet
35;L08,L01;paper
36;L02;paper
37;L06,L10;internet
38;L06,L01,L10,L02,L05;internet
39;L01,L02,L08;internet
40;L02,L01,L06;paper
41;L02,L01;internet
42;L03,L09,L07;internet
43;L04,L05;paper
44;L01,L02;paper
45;L03,L10,L09;internet
46;L02,L06,L01;internet
47;L02,L08,L01,L11,L06;internet
48;L03,L10,L09;internet
49;L05,L04;internet
50;L01,L02;internet
51;L03,L07,L09;paper
52;L02,L01,L10,L05;internet
53;L02,L01,L08;internet
54;L01,L02,L06,L10;internet
55;L07,L03,L10,L09;internet
56;L04,L05;internet
57;L06,L02;paper
58;L02,L01,L08;paper
59;L08,L01,L09,L04;internet
60;L09,L10,L03;internet
61;L03,L09,L05,L11,L10;paper
62;L01;internet
63;L01,L02;internet
64;L05,L04,L03;internet
65;L02,L08,L01;paper
66;L04,L05,L03;internet
67;L01,L08;internet
68;L02,L08;internet
69;L03,L07;internet
70;L10,L09;paper
71;L02,L10,L01;internet
72;L04;paper
73;L01,L08,L06,L10;paper
74;L01,L06,L10,L02,L05;internet
75;L04;internet
76;L05,L04,L07;internet
77;L07,L04,L03,L11,L05;paper
78;L03,L09,L10;paper
79;L02,L08,L01;internet
80;L02,L01,L10;internet
81;L01,L02,L06;internet
82;L07,L03;internet
83;L01,L06;internet
84;L01,L02;paper
85;L02,L08;internet
86;L07,L10,L03;internet
87;L08,L04,L01;internet
88;L01;internet
89;L01;paper
90;L05,L11,L03,L04;internet
91;L08,L01,L06;internet
92;L05,L04;paper
93;L03;internet
94;L01,L06;internet
95;L02;internet
96;L01,L02,L10;internet
97;L03,L07;internet
98;L03,L05,L07;internet
99;L01,L02,L06;internet
100;L01,L02;internet
101;L01,L08,L06;paper
102;L02,L06,L01;internet
103;L01,L10,L06,L11,L08;internet
104;L09;paper
105;L02,L01;internet
106;L07,L09,L10,L03;internet
107;L03,L07,L11;paper
108;L03,L07,L10;paper
109;L08,L09;internet
110;L02,L01;internet
111;L01,L02;internet
112;L02,L01;internet
113;L01,L02,L06,L10;paper
114;L07,L03,L09,L11;paper
115;L04,L07;paper
116;L05;internet
117;L03;internet
