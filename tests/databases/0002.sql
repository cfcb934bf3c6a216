BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE appeals (
	round TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	words TEXT NOT NULL, 
	verdict TEXT, 
	grounds TEXT, 
	PRIMARY KEY (round, number), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE areas (
	id TEXT NOT NULL, 
	name TEXT NOT NULL, 
	grouping TEXT, 
	population INTEGER, 
	statutes TEXT, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "areas" VALUES('lillevig','Lillevig',NULL,120,NULL,'7f568edd1ad0d932991382c0b9d5c366e26f7c46d296a441f6c8be70145a30fa');
CREATE TABLE awards (
	round TEXT NOT NULL, 
	proposal TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	day TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	PRIMARY KEY (round, proposal), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE ballots (
	round TEXT NOT NULL, 
	leaf TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	content TEXT NOT NULL, 
	verdict TEXT NOT NULL, 
	PRIMARY KEY (round, leaf), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "ballots" VALUES('lillevig-2026','3637effe2fc5cd963885c437f9d824f0133ce76b8a1cb235e4ae1ab88a33b690','0c1f8cab6aa27cd77653e8b2b582ec1b1d6f4a7198d0051635bc4e9004ee6f69','p3','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','3f97ccc227200c376156be204ba845bb09689a4001e4cad2db650e4ee27b6c49','88999c0d460566a06038cae3a0fb5aa21c29e5bc949cbaceba54fdfe5d6defa7','p2,p3','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','4d179992bbdff6a031fed81451f178a07a59463492a6dea2959f0baa1d785baa','3fc09cde29a69ae0a60fd9fb2b0db80c2475cdda3ea547108f787beb17d6e036','p3,p4','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','ab918738d45443f4539653253dbd051c76b336c0ce37d39752221c99d3211b99','ab26384907f089cc8154002ab701f82d56494e3757236a3f585677c0145e7cda','','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','b0e62a630125b5679072462bf49164fd005a0a105b988ead5add2dbebd66dba6','3d4489512da83a462a1128bf5bfbdce548f1623cc966f36623a8f4a63c889180','p1,p2','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','b2456947a238cd2c1ccc538b975834612a7e04eeae27988ba9f3e6f26b4e720b','e494adaf4984e747cb75ee526426cb7446ce5df6bcdefe60efc5d016550344a8','p1,p4','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','b635913e646f89997100b8a0d2e31419487daf3066f716d8b37ed4e9233780cc','3f0a328a33c1e70528c9f1dc168cd9fe08d09bb95624a09639d6f3ea3ea635b6','p1,p3','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','bc0dc1b340434fd1956ba8bc120387c8d1e893d0fb2a7ed3c995c07e147e7b3b','0073e928570975ebd780d540973c859f5502082321f91d8f728fe28163768f11','p1,p3','accepted');
CREATE TABLE batches (
	round TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	urn TEXT NOT NULL, 
	sheets INTEGER NOT NULL, 
	first TEXT, 
	second TEXT, 
	disputed TEXT NOT NULL, 
	status TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (round, number), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE codes (
	round TEXT NOT NULL, 
	mac TEXT NOT NULL, 
	roll_id TEXT NOT NULL, 
	issue INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	PRIMARY KEY (round, mac), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "codes" VALUES('lillevig-2026','3423c73b90c9fcbed8da65228b3cda27b685d3cc98189beb23cedada287eb58b','v010',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','83de71a30ee1b3ef6014bfbc0a723d7f3a40dffe67d26b9c3233074d23667663','v008',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','979a5283131c0c52e9039d340922e2a9b7825f719a4c28fe19266b98101bc2cb','v005',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','a443fb6e1dc3ca8f2be1fd44253af0c211c0ce5851009d9d28023fd2a924017b','v004',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','a87954db010f91b9a2b57f2e2f4bd252b254d239603719c350e21c6b4d775546','v003',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','b4125165ee606d8bd260c0a13842e17a51f2e61d850b5954561fefcab879e69e','v002',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','b9a33692b4751b09f64edb2e8e9bef3a894e163049992a1292f8b2246ce01d53','v007',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','beb3c1f3d1c7c4bff33557450baa79902deb8e2592b0f174b5b3fc37fea0aaf5','v000',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','e81849fbbaa22475486288976f1fbba9096aeb6e2c0f2c2d2561661b3316d3cb','v001',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','eae8ef18e1595c66dec2da57ced3c1396214b13c97245cdcc60d17952effa598','v006',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','f25ce656ef8629ae0903d707c8112f21f5f08e00b108930ed4b7b933290cc93d','v011',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','f2d526b934522f6124e5fd307f6b5da8d05c33e8f56bd7bbb3ac7ebe550dec6e','v009',1,'issued');
CREATE TABLE dates (
	round TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	moment TEXT NOT NULL, 
	PRIMARY KEY (round, kind), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "dates" VALUES('lillevig-2026','closes','2026-03-09T12:00:00+00:00');
INSERT INTO "dates" VALUES('lillevig-2026','opens','2026-03-02T12:00:00+00:00');
CREATE TABLE decisions (
	round TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	day TEXT NOT NULL, 
	decider TEXT NOT NULL, 
	reference TEXT NOT NULL, 
	grounds TEXT NOT NULL, 
	amounts TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (round, number), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "decisions" VALUES('lillevig-2026',1,'confirm','2026-03-11','byrådet','punkt 4','','{"p1": 4000000, "p3": 3000000, "p4": 2000000}','2c151d7788e96a79ea77c561957d2b21511d78e9e47c06e0e0e75030a3a7b75e');
CREATE TABLE events (
	round TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	line TEXT NOT NULL, 
	PRIMARY KEY (round, seq), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "events" VALUES('lillevig-2026',1,'{"day":"2026-03-01","freeze_hash":null,"from":null,"payload":{},"payload_sha256":"1ef8b5b747a30171959600785668f62819fa50badb35b8049100f58c22a7e854","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"to":"draft","type":"created"}');
INSERT INTO "events" VALUES('lillevig-2026',2,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"policies"},"payload_sha256":"65496500b5f577e90cd24c3bbc41810a5173916c9aaf16e6c7dd501e405d9e9e","prev":"d375de50f557ebc048504cef9a0f882e5e62a6d5153c779674341adfb6303608","seq":2,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',3,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"pool"},"payload_sha256":"510300eed67e06c89bdd80f39d4bf56c3d410b5f3b4ef0bd86dd775578019e01","prev":"c6e390aea2b82f5b941e5e06dcf177dd83348a49a443f649185a1abe4288562d","seq":3,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',4,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"dates"},"payload_sha256":"84afb4624f3970b1ec1a3515c2e26b0a263e0607c436425d8ecd2246ca20cd47","prev":"55525bed41709839eddec2be8b55370c47a2f3a2aa94965803f8856ab25af355","seq":4,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',5,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"9275cadfa9ee1bded6cf6ba2266d0f179c52af5c3a2aec06df98bb9a6647026e","prev":"4b9f1844640e459fcf65536b795e0f192f9f11e02d611d40db10a49b1ce137ae","seq":5,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',6,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"5c78e309bb90ce5aaaaace4119bb943d8592afd704d2576ca55f3528eb6d59bb","prev":"5655b7e1ba3d80adfa63b563a795166227847ff202b502d72ef761c471c656e0","seq":6,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',7,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"e8dca4417db6962daa422259fc7627e183abc26bb337109e6fff497bb951fd8e","prev":"469c3d2e2d3a4748441f77b04565dce43321619fee19008b40d40994f0b36ec0","seq":7,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',8,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"b619c0a3e20c1066bd1b369af3b8949d655f0abdda1eeee5727b61b033322b3a","prev":"b4e6e5757c2b62a918fe72ef1587dceb04be576ca17aee724bc7a76f8777fcf3","seq":8,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',9,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"3291ad346b1479bc3cdd2491fcbf6957b79609f7267dc7f367bcb566b5dac593","prev":"a9bc7310f1ac9b38786b784d886e1b6198a1dac42761f8a12f415a20db8b49ca","seq":9,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',10,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"7042133c3359e4f3fcc8a14a6c421178c037ef11edc9679e4810a5d526b113e1","prev":"a44b6dfe90d5f0e65f438df985e154821a2bc9838be500d911c0da29ac2e5bc2","seq":10,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',11,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"ba7b0ea1b0de0cb1e1a96b26210a9a6e3496c1e54a3276b442f5f623d24d5e8e","prev":"375580365776906f025fb8a2339ec36055632b48f8a340fa3750008df2e1b57a","seq":11,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',12,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"ed642edc79fe64e1945c16028dbad79402008b42fde54f856fefcd35fabd9088","prev":"445d892ea68ebff11bdd457a784092186edfb4dbf8cdc3a210d339101d3e6192","seq":12,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',13,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"numbers"},"payload_sha256":"4f67c6a3e5a90e171f47729ac716690720eb55cd4f272e17d9ac69fa24078186","prev":"9cc491f43b06c2fd4c62954701d30ae3bf65d05513f498a25437a113876da788","seq":13,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',14,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"roll"},"payload_sha256":"127e77f617f738f4d19c2af206b78b46716577f3b8cb95dd5ee2b6ded9320b0e","prev":"09d26a710b2e9b923f2362e895baba4a50d55a0ec1afc9be5518dbdf890120e7","seq":14,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',15,'{"day":"2026-03-01","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"draft","payload":{},"payload_sha256":"0c3d4ebf4a64de4b8c4a44766f9db72806084c3172fd76cc0c83f1b6308e950b","prev":"c6917542c7a754d55d7487327a98e9c96988ea38795d4028898b3d63d9496005","seq":15,"to":"ready","type":"frozen"}');
INSERT INTO "events" VALUES('lillevig-2026',16,'{"day":"2026-03-01","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"ready","payload":{"number":12},"payload_sha256":"b3d3f640cffc5a5c64b2dbe39db0f4b1465a75260b7bde90d8f2f2caefbea6e4","prev":"61600c355e0c559298d436335c59bf0ce2e7e50922568b9078d4c07a5d5f466b","seq":16,"to":"ready","type":"codes-issued"}');
INSERT INTO "events" VALUES('lillevig-2026',17,'{"day":"2026-03-03","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"ready","payload":{},"payload_sha256":"8a9c793298270f0dafcb8e925ae9fa278ecdec1c069fae8d706c03e363330a37","prev":"4ce4dd95b52bb5bf9a4094e4e239679fb225db4e4b57ef2b17e22fa16b31c79f","seq":17,"to":"open","type":"opened"}');
INSERT INTO "events" VALUES('lillevig-2026',18,'{"day":"2026-03-11","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"open","payload":{"codes":12,"roll":12,"withdrawn":[]},"payload_sha256":"9c8734bf5553b6c657aef4ec86a1b56723f381cff5542391fec89decbd9db54b","prev":"5fcc5404258727c95580b72f96588605de2e9423e5b32c15a4fef786679b1fc7","seq":18,"to":"closed","type":"closed"}');
INSERT INTO "events" VALUES('lillevig-2026',19,'{"day":"2026-03-11","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"closed","payload":{"batch":1,"leaves":["3637effe2fc5cd963885c437f9d824f0133ce76b8a1cb235e4ae1ab88a33b690","3f97ccc227200c376156be204ba845bb09689a4001e4cad2db650e4ee27b6c49","4d179992bbdff6a031fed81451f178a07a59463492a6dea2959f0baa1d785baa","ab918738d45443f4539653253dbd051c76b336c0ce37d39752221c99d3211b99","b0e62a630125b5679072462bf49164fd005a0a105b988ead5add2dbebd66dba6","b2456947a238cd2c1ccc538b975834612a7e04eeae27988ba9f3e6f26b4e720b","b635913e646f89997100b8a0d2e31419487daf3066f716d8b37ed4e9233780cc","bc0dc1b340434fd1956ba8bc120387c8d1e893d0fb2a7ed3c995c07e147e7b3b"]},"payload_sha256":"d24876b1fabd2c9ccb09f2822ce1c381741424a61114c21b989d0a27da9cf789","prev":"c586dce0ccab36aecf7e1b9c20c637ef80a0089167cefd1d90fd5e6a299c30d9","seq":19,"to":"closed","type":"batch-added"}');
INSERT INTO "events" VALUES('lillevig-2026',20,'{"day":"2026-03-11","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"closed","payload":{"link":"destroyed"},"payload_sha256":"3120528eee214b10bd87bdb4593793a18bad3742f41f3a6e281021b2d6a3ef68","prev":"1306bf4b65545559059ab19d43710cce666771c3082d5875e409aa9b303fced4","seq":20,"to":"closed","type":"adjudicated"}');
INSERT INTO "events" VALUES('lillevig-2026',21,'{"day":"2026-03-11","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"closed","payload":{"accepted":8,"ballots_root":"4093ff672ef9f525c488d751f48b0d4b8a924b378e1b42e7b3535db00b5e9501","rejected":0},"payload_sha256":"9fd3352bf0c16b16858dae4ea195a77bef12b70d8c394056d4de6e1c0bfb58bf","prev":"07d295603fd0e8ec6eb3fdb025de8778fca5a45dc4eb628d7c8f9c7953994da4","seq":21,"to":"closed","type":"box-sealed"}');
INSERT INTO "events" VALUES('lillevig-2026',22,'{"day":"2026-03-11","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"closed","payload":{"funded_sha256":"7420e3a59a1a5a1297b97130e6e207f7226a87c9a2d87c3ec442633b4c8c3d74"},"payload_sha256":"1d07b7168a83fcbc92b6f2d728510b7d191a88b80e86cc78e89124f5b0021248","prev":"1c086da385e715570407656820f4ae3e05c0e86ce6e0ee4630618eeda5448dde","seq":22,"to":"counted","type":"counted"}');
INSERT INTO "events" VALUES('lillevig-2026',23,'{"day":"2026-03-11","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"counted","payload":{},"payload_sha256":"d0a6f8e16d715c17f3f38774ab9b7cf7acd5a751135a9058676f746e31a2de7c","prev":"e461c12aed00a870f0320f615337038680612f3bffde0efa05a45f9d910a86a0","seq":23,"to":"provisional","type":"published"}');
INSERT INTO "events" VALUES('lillevig-2026',24,'{"day":"2026-03-20","freeze_hash":"988f5e52e5bba279e86d2c5d73fd159cc624629cb66934960a92def411c44c55","from":"provisional","payload":{"amounts":[["p1",4000000],["p3",3000000],["p4",2000000]],"day":"2026-03-11","decision":"confirm","reference":"punkt 4"},"payload_sha256":"521cc8fa7b09e8619977862533955946b1a9b511a8e6854a90898608973fbd43","prev":"f3f87c95325d363faf3a0cdcf4e1ae0445d354d429592b832b0a1cd06c0a6919","seq":24,"to":"final","type":"finalised"}');
CREATE TABLE frozen (
	round TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	round_json BLOB NOT NULL, 
	proposals_jsonl BLOB NOT NULL, 
	PRIMARY KEY (round, seq), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "frozen" VALUES('lillevig-2026',15,X'7B2261726561223A7B226964223A226C696C6C65766967222C226E616D65223A224C696C6C65766967222C22706F70756C6174696F6E223A3132307D2C2262616C6C6F74223A7B22627265616B696E67223A6E756C6C2C2264656661756C745F73636F7265223A302C226C696D697473223A7B226D61785F6C656E677468223A6E756C6C2C226D61785F706F696E7473223A6E756C6C2C226D61785F73756D5F636F7374223A6E756C6C2C226D61785F73756D5F706F696E7473223A6E756C6C2C226D696E5F6C656E677468223A6E756C6C2C226D696E5F706F696E7473223A6E756C6C2C226D696E5F73756D5F636F7374223A6E756C6C2C226D696E5F73756D5F706F696E7473223A6E756C6C7D2C226D6574686F64223A22617070726F76616C227D2C22656C696769626C65223A31322C22706C616E223A7B226C6566746F766572223A2263617272792D6F766572222C2272756C65223A22677265656479222C227468726573686F6C64223A6E756C6C2C2274696573223A5B226368656170657374222C226D6F73742D766F746573222C226C6F74225D2C2276657273696F6E223A317D2C22706F6F6C223A7B22616D6F756E74223A31303030303030302C2263757272656E6379223A22444B4B222C226D696E6F725F756E697473223A322C22736F7572636573223A5B7B22616D6F756E74223A31303030303030302C226E616D65223A22427972C3A5646574222C227265666572656E6365223A227361672031227D5D7D2C22726F756E64223A226C696C6C657669672D32303236222C22736368656D61223A22626F726765726275646765742E726F756E642F31222C227369676E657273223A5B5D2C22736F75726365223A7B226B696E64223A22726F756E64222C22736861323536223A6E756C6C7D2C227468726573686F6C64223A302C2274696572223A22746F74616C73222C22746965725F726561736F6E223A6E756C6C7D0A',X'7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A343030303030302C22676F616C73223A5B5D2C226964223A227031222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A312C227469746C65223A22466F72736C6167207031222C2277697468647261776E223A66616C73657D0A7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A333530303030302C22676F616C73223A5B5D2C226964223A227032222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A322C227469746C65223A22466F72736C6167207032222C2277697468647261776E223A66616C73657D0A7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A333030303030302C22676F616C73223A5B5D2C226964223A227033222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A332C227469746C65223A22466F72736C6167207033222C2277697468647261776E223A66616C73657D0A7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A323030303030302C22676F616C73223A5B5D2C226964223A227034222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A342C227469746C65223A22466F72736C6167207034222C2277697468647261776E223A66616C73657D0A');
CREATE TABLE intake (
	round TEXT NOT NULL, 
	voters INTEGER NOT NULL, 
	envelopes INTEGER NOT NULL, 
	batch INTEGER NOT NULL, 
	day TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (round), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "intake" VALUES('lillevig-2026',8,8,2,'2026-03-03','e672d121020e5690ea99c970b77198f6824b4203b6768a906689bedf105f7d6c');
CREATE TABLE participation (
	round TEXT NOT NULL, 
	roll_id TEXT NOT NULL, 
	channel TEXT NOT NULL, 
	day TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (round, roll_id, channel), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "participation" VALUES('lillevig-2026','v000','code/1','2026-03-03','0fc4f06b128ae33188929a35e15dbdaa19062a708a6732ebd92db092b6111b8b');
INSERT INTO "participation" VALUES('lillevig-2026','v001','code/1','2026-03-03','a14c1cace22d2fd592e8d89140fba17434f3409edf8672ab4f555e5b976399c9');
INSERT INTO "participation" VALUES('lillevig-2026','v002','code/1','2026-03-03','29354bb5c4afc03182a9d80a4a9652ad4fedf2527316a2076699366ce10eec81');
INSERT INTO "participation" VALUES('lillevig-2026','v003','code/1','2026-03-03','25bd8652e67706ab61c96308532b40d3d84e85877944ca2831e13c3c684ec2d5');
INSERT INTO "participation" VALUES('lillevig-2026','v004','code/1','2026-03-03','854569b3696a2f6ab9e20e9a0e901be6cc0ca1401717d3c00ca93d0310870902');
INSERT INTO "participation" VALUES('lillevig-2026','v005','code/1','2026-03-03','35d8b740324a2eed882a1ae1c475f9185d7c533ae4aac3f3d1a92e34bc9d9367');
INSERT INTO "participation" VALUES('lillevig-2026','v006','code/1','2026-03-03','632c4952f7b6fe0c1522ee9fb3de6e21501206e07c072f855af6ae69fbbc3b73');
INSERT INTO "participation" VALUES('lillevig-2026','v007','code/1','2026-03-03','739af30f1829ccd69d70d07dbf8321c7a2478af827b3d704caf78fd811b66243');
CREATE TABLE policies (
	round TEXT NOT NULL, 
	"key" TEXT NOT NULL, 
	value TEXT NOT NULL, 
	PRIMARY KEY (round, "key"), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "policies" VALUES('lillevig-2026','ballot','approval');
INSERT INTO "policies" VALUES('lillevig-2026','double_vote','first');
INSERT INTO "policies" VALUES('lillevig-2026','eligibility','residents');
INSERT INTO "policies" VALUES('lillevig-2026','leftover','carry-over');
INSERT INTO "policies" VALUES('lillevig-2026','plan','greedy');
INSERT INTO "policies" VALUES('lillevig-2026','secrecy','pseudonymous');
INSERT INTO "policies" VALUES('lillevig-2026','ties','cheapest,most-votes,lot');
INSERT INTO "policies" VALUES('lillevig-2026','withdrawal','keep-votes');
CREATE TABLE private (
	round TEXT NOT NULL, 
	seq INTEGER NOT NULL, 
	salt TEXT NOT NULL, 
	words TEXT NOT NULL, 
	PRIMARY KEY (round, seq), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "private" VALUES('lillevig-2026',1,'b6c4dcc07772300efdb2c6d8c0a4ca34633ea7f591bedb43890e756f1fbc698e','{"actor":"anna","changes":[["rounds","[\"lillevig-2026\"]","40cf7b0ab309470e8555944a1b9844349bde78d6d6ce70ea993f7b7e5a9622ab"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',2,'17d56b2d964d30c7e8ea67f0b5b9a18d7767a10acc53dc2b2b9e26adf8d243ea','{"actor":"anna","changes":[["policies","[\"lillevig-2026\",\"eligibility\"]","ed834cd765575401aafc7ec7332db5f906b2185ed74f152c1a9b9c84980e2783"],["policies","[\"lillevig-2026\",\"secrecy\"]","a6f7979e3775439e8a85e017ba6d40ff680c379f7a6f9c6dabbeb73771e36d6f"],["policies","[\"lillevig-2026\",\"ballot\"]","ff33644978038b25392e2e62e317ebbff57bcca0d830071ada1e6efd118c60d8"],["policies","[\"lillevig-2026\",\"plan\"]","13e08eb6a439bfc51abefd8cdfaccc0c6e8235cad6f1cde442ec600fd526306c"],["policies","[\"lillevig-2026\",\"ties\"]","4cf3ea47d006e594116cf1691ae02c0490f1c1093d9157e0b8572af1981472c0"],["policies","[\"lillevig-2026\",\"leftover\"]","dd1c07599d9d893643a088472c80587fe85515774e1003ec07832c3a6f742a10"],["policies","[\"lillevig-2026\",\"double_vote\"]","75b5dff28568b6c3e36e13c0dc206a009b26118ba5934f37bf24559b50210e27"],["policies","[\"lillevig-2026\",\"withdrawal\"]","5590383d46035b3c24ae5d30e403822e4e825ecad02e7a2115fad9ca70b73193"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',3,'d45de01f22061114af1311406b3df976a47c5b7ddd1e9a7d3c2da982ca5d4a91','{"actor":"anna","changes":[["sources","[\"lillevig-2026\",1]","01617a78e8cc0146fa382d8a8a6645badd4a5a42fd8d4164b3145399bdf387ec"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',4,'90862b68ce19b3c17e12801dbdd00f10ea62a96a1e66ba9b47a4bbfb275e6939','{"actor":"anna","changes":[["dates","[\"lillevig-2026\",\"opens\"]","11f9c173460d1ed8dd89ab7572d3f8b75e548439f901ebbad7b2e1d867040de0"],["dates","[\"lillevig-2026\",\"closes\"]","ca21f737baf69c7aea4e6cf286bf54f0d5b61d388fc4095528afeee77d466e40"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',5,'1e03533d732aeb69b712a7349c67a9e0acd54b445066da75f019bb3fc975b2a7','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p1\",1]","f536a0ab4f3306bdb5bb6fd460dec0d358eccfcaa21e64616410465f0ecd9999"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',6,'3e253e77e9008b83d1fc0f626734be74181df8303dc5d93ebbc69f57b07e45f3','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p1\",2]","7ca0325f216f3c8bce764df86c69784933541b7f916342f41015aeb923d0fb40"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',7,'8ed8f6e5a42b3c257867a9da0d3a9d91191c55ce9a866d561b6c1202af6a9a38','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p2\",1]","b8f2fc72965b7a2412db757767acc31165dceb1732c270795f595f15f910c97a"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',8,'b74bc2f31c40002a618133bf78fc0c433644e8e55a54fd07ef2a0b8fdb691a89','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p2\",2]","8244eb75315594bceeb0beee5117030d52ade1c5b520f337361396dfbbbb3088"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',9,'83044de9c3f73683d54045f8c943b5b1ecfe6011e5b4c69aa1559a55fd162b57','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p3\",1]","741496a3b12569cc1ad9138acc81bf6d16c022c55d6df6b364633451ffefb7be"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',10,'8df9664b264ef24c843994d070782f1b85a0a88979fb0d3baac0f8f10aa3e273','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p3\",2]","afb3752d27ba470620d99ab83d39814ff924cc65c2e634ee607610baace000dd"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',11,'f793b6d15444a8aa78f38a3dbf72a9db9c72aa56c689fa41e8783dcda6834a83','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p4\",1]","fb7db59d50155ad95eb95956a4e8de20fa4c89c05827b848215c44f8f6307567"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',12,'bb5675227fa6f18e6e941a2202f95446e9095269ce1b12906516a1cfb2fd3f8d','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p4\",2]","83389be29e1199967b5faaed7509d242e8ec645932827b8642b51ff10e80586a"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',13,'3e791b84dbd4647712635bbb34564d5bb14198eaf05804139b41d489371f8b4e','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p1\",3]","b7f6daa22c9873ef1db1327b5a8b3216f54989ab597b92be479e4a0846a678b7"],["proposals","[\"lillevig-2026\",\"p2\",3]","d4ecaca453c8b5553073cccf5c437e99dc8aff4f702073f9f0b04c6f6b257aad"],["proposals","[\"lillevig-2026\",\"p3\",3]","28ce882e93a2905f2e4823d70730bc7a81bf6263c829cbd3f504691c14c828c4"],["proposals","[\"lillevig-2026\",\"p4\",3]","fd878b38caffb207865493627980c4d5493daa7ae425f22f8c8bc886de1c98c6"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',14,'c3d4587d8642360140bd00ac0e40af115182cd3a0c292b092525fbe28a5a0375','{"actor":"anna","changes":[["roll","[\"lillevig-2026\",\"v000\"]","babb0b9922ff1356154a66322e14170df2ae46a89f4c6ae833e13338fbaf749c"],["roll","[\"lillevig-2026\",\"v001\"]","4c476303245894d0a5a1e5a36636dc83bd189ca009e45ded30c6534856bf1dfd"],["roll","[\"lillevig-2026\",\"v002\"]","97d9e09584707b085ebfbd1697a44a3c77c926ca8e233fe5102794f9d11ee351"],["roll","[\"lillevig-2026\",\"v003\"]","60c342f8af364913251ae83df902813e0211fbc8de3bdca3c60c6909f2e25a44"],["roll","[\"lillevig-2026\",\"v004\"]","32814dff6af38683cbbc5f6511cc88052969125f59ed6df02a629820760d1d9f"],["roll","[\"lillevig-2026\",\"v005\"]","982dfd36a692d2938ebfee1d840212d242b6a2db0717c9ce41103dc1d371716e"],["roll","[\"lillevig-2026\",\"v006\"]","b367efa04e15543de936ef6bc9261df45a1138ac7b0a6dac961acccec7af179a"],["roll","[\"lillevig-2026\",\"v007\"]","ebc0051ab9dc80604a343d6c3b72f6f5ebfe20a29623603a166e9a259fb102c0"],["roll","[\"lillevig-2026\",\"v008\"]","1a0ab76c3e8912135dc12627c8a168ec412d1d50e200427597f15a63771c7230"],["roll","[\"lillevig-2026\",\"v009\"]","971b521dab0ed5589165ee22c52741f7e570c33681278980838dd22d05204b36"],["roll","[\"lillevig-2026\",\"v010\"]","f251068921906aae7b8af799584161aa3441cb14e95e8a414c64f2a3f965683d"],["roll","[\"lillevig-2026\",\"v011\"]","8755a271898d8a0a14516f2b0a6f5daf05a26341adbbd44675a11a66aa6587ee"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',15,'3ae17f202beb14380bef2f570e9e87ee459386e853c2b2b4822ab260e6742812','{"actor":"anna","backup":["lillevig-2026-00015-frozen.db","b168ba5b178602754447a2596e264bfae51df37fb312e72ed941cfd5ea3cd549"],"changes":[],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":"bo"}');
INSERT INTO "private" VALUES('lillevig-2026',16,'98bbc8dafe5f10644fb7b0913ad4ffc2e3c94135979bed12e912923266f4ea7f','{"actor":"anna","changes":[["codes","[\"lillevig-2026\",\"beb3c1f3d1c7c4bff33557450baa79902deb8e2592b0f174b5b3fc37fea0aaf5\"]","c85f9ddc2a0c55524c55dbe10b404306a9e31431702158c6071b2327414c3f1a"],["codes","[\"lillevig-2026\",\"e81849fbbaa22475486288976f1fbba9096aeb6e2c0f2c2d2561661b3316d3cb\"]","9055948b9620093dc204930a925fb7cd8ba293b5d6eefc1f10bc2b0325b940be"],["codes","[\"lillevig-2026\",\"b4125165ee606d8bd260c0a13842e17a51f2e61d850b5954561fefcab879e69e\"]","a81a9bc4cf714029629c395ad1e91eb75257fb7fc550b18aadc297c813cd42f1"],["codes","[\"lillevig-2026\",\"a87954db010f91b9a2b57f2e2f4bd252b254d239603719c350e21c6b4d775546\"]","4629e30ebcaec391efdfc21da46ee7e0fd16c52c37555438cd9d072695e545d7"],["codes","[\"lillevig-2026\",\"a443fb6e1dc3ca8f2be1fd44253af0c211c0ce5851009d9d28023fd2a924017b\"]","945daec59dfa0048ec4932fd91c55d0f88c63a0f0431eb78073fab80e47db0ec"],["codes","[\"lillevig-2026\",\"979a5283131c0c52e9039d340922e2a9b7825f719a4c28fe19266b98101bc2cb\"]","ad622b6e5d9de892aea7fb6f40081aef7fc76d54d1a7f7a5c2185373c7da6c15"],["codes","[\"lillevig-2026\",\"eae8ef18e1595c66dec2da57ced3c1396214b13c97245cdcc60d17952effa598\"]","167a76d40dc638bf3e68d97ec35df82f4711ee70285bc25d7cbfc65faf26d71e"],["codes","[\"lillevig-2026\",\"b9a33692b4751b09f64edb2e8e9bef3a894e163049992a1292f8b2246ce01d53\"]","cf50acbf17a58e1ae14bcb256df88189f28cd51d5a7d27c94bea09e76c4feb11"],["codes","[\"lillevig-2026\",\"83de71a30ee1b3ef6014bfbc0a723d7f3a40dffe67d26b9c3233074d23667663\"]","99ba87055b35e921a8ec48455f9d030b8f18ca1e55a7bfbb3599b22f9ea01c54"],["codes","[\"lillevig-2026\",\"f2d526b934522f6124e5fd307f6b5da8d05c33e8f56bd7bbb3ac7ebe550dec6e\"]","99835954b1f7c235bfbbc45dc630cc7279c4b08408c5a493d51e26e0e25be35e"],["codes","[\"lillevig-2026\",\"3423c73b90c9fcbed8da65228b3cda27b685d3cc98189beb23cedada287eb58b\"]","dfc0a5d79a0a97355f67ae612a52813d8b46975787311621e4f74f5952662445"],["codes","[\"lillevig-2026\",\"f25ce656ef8629ae0903d707c8112f21f5f08e00b108930ed4b7b933290cc93d\"]","3f855d09e6eafce643e486a3fe66da1fe6aba5fefe8a301ae59d3a49fa4d57e4"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',17,'5a1e68f8402a55a7cf74db3d4c05d85b73bed45612f1dd63847d2bb6ff5e0016','{"actor":"anna","backup":["lillevig-2026-00017-opened.db","7feb90674c873529621c2050d701aac795b969e1b3902a6ee3c6bb7b5caa744e"],"changes":[],"moment":"2026-03-03T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',18,'6419f8cdeb9d53f7b4a53d17fb364a9311ef32681301f6be1f8450a5a5065c4e','{"actor":"anna","backup":["lillevig-2026-00018-closed.db","b0960129db20e4d0bbaf16bb49e13babd814d083f3f80a7e98ba9c4b9cd28cca"],"changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',19,'534cc8b9674221b5d57d97a59a6b1845604c64b26957ecdbfdf107df55038e8c','{"actor":"anna","changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',20,'13b559351b8c6f451255245a331f6c20264fa861bcf7621f9278ff9fe6163da9','{"actor":"anna","backup":["lillevig-2026-00019-box-sealed.db","c856e76d50f67350a7d5e05b99b2775557af5877999e7eeef052c7a7b8d48737"],"changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"rejected":[],"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',21,'2feb4e4c0562c2e77f396a574d7516da51898eeb8afc386891961d2f3e8b8112','{"actor":"anna","changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',22,'d099d507cb71ecb28a6cd653adfbae64dcb5c97cbc3031a180f9d504e3e7d7be','{"actor":"anna","backup":["lillevig-2026-00022-counted.db","8c53ee8260d7b5cba4be845e2ee996c4c4c4b7f4f043799522917322ad41acd9"],"changes":[["results","[\"lillevig-2026\",1]","426378921ccbc93f88039a75e13122cda7b5a0d408e88755a251dd2cbef7b763"]],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',23,'afbd2975c3c30e667665c77f4375e0d74075340e7fbfbb4ab35ffdf5ef0a7e4a','{"actor":"anna","backup":["lillevig-2026-00023-published.db","785667f854e9280d7d511358344206bc08d965ab9e14f17adceb615e7b43c2a7"],"changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',24,'ce0a9d5e07aad173c7255d57b4b70c83a362ae8c18ac2758ece32cc5ac03ac8c','{"actor":"anna","backup":["lillevig-2026-00024-finalised.db","66e1204b30f9b9ad1d783aacc560f50cadaca4f7bdaa6bef18e7e701e26ecb3b"],"changes":[],"moment":"2026-03-20T12:00:08+00:00","reason":null,"second":"bo"}');
CREATE TABLE proposals (
	round TEXT NOT NULL, 
	id TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	status TEXT NOT NULL, 
	title TEXT NOT NULL, 
	summary TEXT NOT NULL, 
	cost INTEGER NOT NULL, 
	min_cost INTEGER, 
	total_price INTEGER, 
	own_financing INTEGER, 
	other_financing INTEGER, 
	vat TEXT, 
	quote TEXT, 
	responsible TEXT, 
	area TEXT, 
	category TEXT NOT NULL, 
	goals TEXT NOT NULL, 
	ballot_number INTEGER, 
	merged_into TEXT, 
	PRIMARY KEY (round, id, version), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "proposals" VALUES('lillevig-2026','p1',1,'proposed','Forslag p1','',4000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p1',2,'accepted','Forslag p1','',4000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p1',3,'accepted','Forslag p1','',4000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',1,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p2',1,'proposed','Forslag p2','',3500000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p2',2,'accepted','Forslag p2','',3500000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p2',3,'accepted','Forslag p2','',3500000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',2,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p3',1,'proposed','Forslag p3','',3000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p3',2,'accepted','Forslag p3','',3000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p3',3,'accepted','Forslag p3','',3000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',3,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p4',1,'proposed','Forslag p4','',2000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p4',2,'accepted','Forslag p4','',2000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',NULL,NULL);
INSERT INTO "proposals" VALUES('lillevig-2026','p4',3,'accepted','Forslag p4','',2000000,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'[]','[]',4,NULL);
CREATE TABLE readings (
	round TEXT NOT NULL, 
	batch INTEGER NOT NULL, 
	sheet INTEGER NOT NULL, 
	reading INTEGER NOT NULL, 
	content TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (round, batch, sheet, reading), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE reconciliations (
	round TEXT NOT NULL, 
	urn TEXT NOT NULL, 
	issued INTEGER NOT NULL, 
	handed_out INTEGER NOT NULL, 
	counted INTEGER NOT NULL, 
	void INTEGER NOT NULL, 
	spoiled INTEGER NOT NULL, 
	unused INTEGER NOT NULL, 
	reasons TEXT NOT NULL, 
	PRIMARY KEY (round, urn), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE results (
	round TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	outcome TEXT NOT NULL, 
	trace BLOB NOT NULL, 
	reason TEXT NOT NULL, 
	PRIMARY KEY (round, version), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "results" VALUES('lillevig-2026',1,'{"ballots":{"blank":1,"distinct":7,"valid":8},"currency":"DKK","endowment":null,"funded":[{"amount":3000000,"proposal":"p3","step":1},{"amount":4000000,"proposal":"p1","step":2},{"amount":2000000,"proposal":"p4","step":3}],"input_sha256":null,"leftover":{"amount":1000000,"policy":"carry-over"},"minor_units":2,"not_funded":[{"proposal":"p2","reason":"does-not-fit"}],"plan":{"leftover":"carry-over","rule":"greedy","threshold":null,"ties":["cheapest","most-votes","lot"],"version":1},"pool":10000000,"schema":"borgerbudget.outcome/1","spent":9000000,"ties":[{"chosen":"p4","decided_by":"cheapest","step":3,"tied":["p2","p4"]}]}',X'7B2262616C6C6F7473223A7B22626C616E6B223A312C2264697374696E6374223A372C2276616C6964223A387D2C2262616C6C6F74735F726F6F74223A2234303933666636373265663966353235633438386437353166343862306434623861393234623337386531623432653762333533356462303062356539353031222C226B696E64223A22686561646572222C226C6F74223A6E756C6C2C22706C616E223A7B226C6566746F766572223A2263617272792D6F766572222C2272756C65223A22677265656479222C227468726573686F6C64223A6E756C6C2C2274696573223A5B226368656170657374222C226D6F73742D766F746573222C226C6F74225D2C2276657273696F6E223A317D2C22706F6F6C223A31303030303030302C2270726F706F73616C73223A5B7B22636F7374223A343030303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227031222C2273636F7265223A342C22737570706F7274657273223A347D2C7B22636F7374223A333530303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227032222C2273636F7265223A322C22737570706F7274657273223A327D2C7B22636F7374223A333030303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227033222C2273636F7265223A352C22737570706F7274657273223A357D2C7B22636F7374223A323030303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227034222C2273636F7265223A322C22737570706F7274657273223A327D5D2C22736368656D61223A22626F726765726275646765742E74726163652F31227D0A7B22616D6F756E74223A333030303030302C22646563696465645F6279223A6E756C6C2C226B696E64223A2266756E646564222C226C656674223A373030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227033222C2273746570223A312C2274696564223A5B5D2C2276616C7565223A22352F31227D0A7B22616D6F756E74223A343030303030302C22646563696465645F6279223A6E756C6C2C226B696E64223A2266756E646564222C226C656674223A333030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227031222C2273746570223A322C2274696564223A5B5D2C2276616C7565223A22342F31227D0A7B22616D6F756E74223A323030303030302C22646563696465645F6279223A226368656170657374222C226B696E64223A2266756E646564222C226C656674223A313030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227034222C2273746570223A332C2274696564223A5B227032222C227034225D2C2276616C7565223A22322F31227D0A7B22646563696465645F6279223A6E756C6C2C226B696E64223A22736B6970706564222C226C656674223A313030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227032222C2273746570223A342C2274696564223A5B5D2C2276616C7565223A22322F31227D0A','');
CREATE TABLE roll (
	round TEXT NOT NULL, 
	id TEXT NOT NULL, 
	area TEXT, 
	status TEXT NOT NULL, 
	PRIMARY KEY (round, id), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "roll" VALUES('lillevig-2026','v000',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v001',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v002',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v003',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v004',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v005',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v006',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v007',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v008',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v009',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v010',NULL,'on');
INSERT INTO "roll" VALUES('lillevig-2026','v011',NULL,'on');
CREATE TABLE rounds (
	id TEXT NOT NULL, 
	area TEXT NOT NULL, 
	area_name TEXT NOT NULL, 
	area_population INTEGER, 
	title TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	currency TEXT NOT NULL, 
	rerun_of TEXT, 
	PRIMARY KEY (id), 
	FOREIGN KEY(area) REFERENCES areas (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "rounds" VALUES('lillevig-2026','lillevig','Lillevig',120,'Lillevig 2026','Europe/Copenhagen','DKK',NULL);
CREATE TABLE signers (
	round TEXT NOT NULL, 
	fingerprint TEXT NOT NULL, 
	public_key TEXT NOT NULL, 
	role TEXT NOT NULL, 
	PRIMARY KEY (round, fingerprint), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE sources (
	round TEXT NOT NULL, 
	number INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	amount INTEGER NOT NULL, 
	reference TEXT, 
	carried_over INTEGER NOT NULL, 
	earmark TEXT, 
	PRIMARY KEY (round, number), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
INSERT INTO "sources" VALUES('lillevig-2026',1,'Byrådet',10000000,'sag 1',0,NULL);
CREATE TABLE spool (
	round TEXT NOT NULL, 
	leaf TEXT NOT NULL, 
	token TEXT NOT NULL, 
	turn INTEGER NOT NULL, 
	channel TEXT NOT NULL, 
	content TEXT NOT NULL, 
	salt TEXT NOT NULL, 
	late INTEGER NOT NULL, 
	batch INTEGER NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (round, leaf), 
	FOREIGN KEY(round) REFERENCES rounds (id)
)
 WITHOUT ROWID,
 STRICT

;
CREATE TABLE templates (
	name TEXT NOT NULL, 
	policies TEXT NOT NULL, 
	seal TEXT NOT NULL, 
	PRIMARY KEY (name)
)
 WITHOUT ROWID,
 STRICT

;
CREATE UNIQUE INDEX spool_by_token ON spool (round, token, turn);
CREATE TRIGGER events_no_update BEFORE UPDATE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;
CREATE TRIGGER frozen_no_update BEFORE UPDATE ON frozen BEGIN SELECT RAISE(ABORT, 'frozen is append-only'); END;
CREATE TRIGGER results_no_update BEFORE UPDATE ON results BEGIN SELECT RAISE(ABORT, 'results is append-only'); END;
CREATE TRIGGER decisions_no_update BEFORE UPDATE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
CREATE TRIGGER ballots_no_update BEFORE UPDATE ON ballots BEGIN SELECT RAISE(ABORT, 'ballots is append-only'); END;
CREATE TRIGGER proposals_no_update BEFORE UPDATE ON proposals BEGIN SELECT RAISE(ABORT, 'proposals is append-only'); END;
CREATE TRIGGER private_no_update BEFORE UPDATE ON private BEGIN SELECT RAISE(ABORT, 'private is append-only'); END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events BEGIN SELECT RAISE(ABORT, 'events is append-only'); END;
CREATE TRIGGER frozen_no_delete BEFORE DELETE ON frozen BEGIN SELECT RAISE(ABORT, 'frozen is append-only'); END;
CREATE TRIGGER results_no_delete BEFORE DELETE ON results BEGIN SELECT RAISE(ABORT, 'results is append-only'); END;
CREATE TRIGGER decisions_no_delete BEFORE DELETE ON decisions BEGIN SELECT RAISE(ABORT, 'decisions is append-only'); END;
CREATE TRIGGER ballots_no_delete BEFORE DELETE ON ballots BEGIN SELECT RAISE(ABORT, 'ballots is append-only'); END;
CREATE TRIGGER proposals_no_delete BEFORE DELETE ON proposals BEGIN SELECT RAISE(ABORT, 'proposals is append-only'); END;
COMMIT;
