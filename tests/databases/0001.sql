BEGIN TRANSACTION;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0001');
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
INSERT INTO "ballots" VALUES('lillevig-2026','0a9fcef55be32bc1c0b443c328e54be9b9fd40682173bdbd046e6363ebc582c4','93fd32323a2a35ef1315c96e5c84af86008bc81622454c769244eb9d5aa71ba8','','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','c2b8aa863d575f49850190c0c46251373a65c4a87f0c9fc0af79e326fabb3378','1269c3232651aa83f1dce2353c5e2a4f9a42a3d0e3518bae1952c77e447022ca','p1,p3','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','d97b86f8cb2d088b23a2d10c95058a149f73af4db7e69c3cb1c1b3a1e6bcf409','36181e9781fa3f744a09041efb52141911b8c3c32538c840671cacc015238ee8','p1,p3','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','e1717ab5524d67808f3af470aa304ed3c29f074049d30356e20daf771cd69f49','d21f75824dce3ed96110555660e78c1e0725774dd8d6094f1b2f8304b7e5d58a','p3','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','eb02ff20de4aed236598394b1eee7fc8e13ecb5d5f7c326a12c86eb88e0d92f1','703c3a08517a211ba187f4face19b46b9bc1854fa28f246805e5ab52296dc404','p2,p3','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','ec825747f1e11db5590da4ce6a079250a51d4e62b003dec7de451f3e78a8a4d7','ade2068b890ab59fc33feaea647a98b3d74870da9a889afc3ade4b379f48a5ec','p1,p4','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','fc4395d04ab1383cb7eef5f4f0576f615aa98b64b9415c3376774e869c930a62','448dd6b2558d7253a35e5aed16a33665eba5b8abfb38def64bfda93fe516f6f3','p3,p4','accepted');
INSERT INTO "ballots" VALUES('lillevig-2026','fd6521780a9b024f435a2e8145e05a8ff806d76275ab39b8d7f368d0baa9c1e6','2d5fb2d01115e24740206fe1c8cb8efd3cb128790aa7986872b88bf683f7f7fc','p1,p2','accepted');
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
INSERT INTO "codes" VALUES('lillevig-2026','34c08513c11ef481ad3cb9a4dcd4892a08c1bd27641f12ec88a436e56f092d41','v002',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','421b3c2d12f5fab093fb5718614a0b34fed5accdf8348df4b714cb146c25ffe2','v005',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','4d3476a05e67e193f922d95a3ef51d607d8023c8f04e42eec8dcadb175c41c4f','v003',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','58f3668aaf886d9ea6bede47530b1f1b3703da46413fd6b44a6992a654c44bd9','v000',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','603b82b49950cdb2217b6f2b14ff4a2533c259af4db1a5876285d6a701e9b290','v011',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','9c3f179e247d98817300ea13d6c509f2bee2d1a299d85f769a78ca22d2d4d015','v001',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','a9ee7ab681da1b35277cad7314b8a9aff8b4f2ba1c8fc08e8dea82bdb2c57704','v007',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','c26d454ad90f4f12c2dc24248e7ceaa7b74e756be1ec7d840727ca1e172a1060','v008',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','c65833b955d7342a66435643b5cd8c9a0f05ff19e5ce296fad810f61e34b2d6c','v006',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','d8ad90c7d0b00bc51b77b0cca77a56172d57af6639a585569eaca301853204af','v009',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','e0db3087ca915a8a6a3147030500ec56da5b0950ed4ff21e2bde871c54e8e33a','v004',1,'issued');
INSERT INTO "codes" VALUES('lillevig-2026','f5504be210802d28235064cec8443f0509e117cbe12d51eda2c4774d03f8fa9e','v010',1,'issued');
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
INSERT INTO "events" VALUES('lillevig-2026',1,'{"day":"2026-03-01","freeze_hash":null,"from":null,"payload":{},"payload_sha256":"2c351f1e4f87dffe3d9117936e4ec2a139e3837fc48d2d1c9518bf2f415f3337","prev":"0000000000000000000000000000000000000000000000000000000000000000","seq":1,"to":"draft","type":"created"}');
INSERT INTO "events" VALUES('lillevig-2026',2,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"policies"},"payload_sha256":"87e2467836a9e1e55240e01f0d36420c3f32460d25952512530f34f8576ed291","prev":"6011c91e3945266007a65b3c65cbc6b5a3c99f692111be4ab35e8df6c14da99e","seq":2,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',3,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"pool"},"payload_sha256":"faec532445230c35b92d7e8ce7de4aa2c6c7857844eb363fd9a703b3b3305df4","prev":"dd38cb4a80840f888b147696ecafc8ce0762fa1040dfb412c4e484de7356814d","seq":3,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',4,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"dates"},"payload_sha256":"fde96c7b76d3b239befe57a15bf0420e9a866abe0612decac55e2b620979a07b","prev":"f1b69cf976873bc84d0882b1ddc3b99ecb2ce3b33f8a1eb91c678436aa79ab0c","seq":4,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',5,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"5960a5afa929597ca969f8db6a57f48ce245746fabb40bc9a77c41eb7feaa02f","prev":"5ff89afc972edbee535c022beca63c0a0c476212d3c53d92ee20454425b7956e","seq":5,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',6,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"312bb65ff96022c92b15189bcfa6a2344f09899fc042ffa53f4010d672ace66a","prev":"a22b4a1e4f1a5c43bcf80f51917e8815bc6ff2d9d5106395323b492ae2a455e7","seq":6,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',7,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"157cf8d787c935c2821b0a3d16634c30a2571b9f1609a17c4fdf707a34b0b3bb","prev":"6ba0f5b38cf6f5e18d635401d4102c917436a867226f01bfc8089f749fc67aee","seq":7,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',8,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"62d63a8d446a52eacdfde23e061eb890b41f626cb164c187f903f98307e38efe","prev":"2fb555b32ae1cf692a0a4e14ff3bfa7d94c0b129cc4ae4cd91760a38b410ea88","seq":8,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',9,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"6d64d2ed57eb427aec670f56d063f765913ec6271b068329e3530a1276cc8357","prev":"5241582f6b56eab2cb8a1fbf8fa8982dd9c4599cbc7be73d2e74ae37e1be9ef3","seq":9,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',10,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"7422a09ad4bd08526ca0b2b5120ad86a607cd40ec441e46da6ee3774fd9fd774","prev":"68236fbd31983abe5579fd0bf15847bf8c901ad7b96802460eb9afdb10684525","seq":10,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',11,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"proposals"},"payload_sha256":"4895eeafe738ece65d740967807a23fffe8a59b6c410cc95a89405445286d8e1","prev":"0250f914f6da35bf55d137d99e160a12fb41847ddcb61e1e43989b5c221767ff","seq":11,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',12,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"verdict"},"payload_sha256":"5d96657d157350f8cc4a6ebb616edc4452cc114163211e93c112e5f74141cc7f","prev":"b1985961032d8088eed9decd11099a3de419c89ecd0187328bbdf112f277f85f","seq":12,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',13,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"numbers"},"payload_sha256":"346f296d86e74c3059f59cbe0aa4e0b34fbfa30d01a7aa16a8b8b4df7c30b53e","prev":"41f4ca47642b3b85584155650ca4d8eefa01e49883319120b6586b9794ed6a5d","seq":13,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',14,'{"day":"2026-03-01","freeze_hash":null,"from":"draft","payload":{"what":"roll"},"payload_sha256":"2eb0c3c37292d140ede67b57986b43f1b10ef2923e2cb409c1d29e74a0b84a64","prev":"1f6e58aafb81c0cd0d206a48c0f5a801ce64ae33aaf3934cb5423a1399579e50","seq":14,"to":"draft","type":"amended"}');
INSERT INTO "events" VALUES('lillevig-2026',15,'{"day":"2026-03-01","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"draft","payload":{},"payload_sha256":"7a4bd7247755da8f7d3ffd5a76fb6c1a1742250afaff5353cb8b2fdf4155c95b","prev":"b9ff5cd9ec132f4cd7636a7789aafc536e2548690d2a664d10d4eb0e8f70a88a","seq":15,"to":"ready","type":"frozen"}');
INSERT INTO "events" VALUES('lillevig-2026',16,'{"day":"2026-03-01","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"ready","payload":{"number":12},"payload_sha256":"a207684a4bee1ba664b047cdd8747f20893452b3693e801c2691e38534dd935e","prev":"3cc9dc7fbb509c5956ce57dc4df02cf72351784fd84cc22a253c1b97d324f3fd","seq":16,"to":"ready","type":"codes-issued"}');
INSERT INTO "events" VALUES('lillevig-2026',17,'{"day":"2026-03-03","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"ready","payload":{},"payload_sha256":"20ec414973c3fba84781e75dd131f6168e14b7dba1cdf90c678be5360aa9adf9","prev":"6b12f28abbabd9649e3906fd16fb65d8d3c0689ce570b714a0f024b071482d23","seq":17,"to":"open","type":"opened"}');
INSERT INTO "events" VALUES('lillevig-2026',18,'{"day":"2026-03-11","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"open","payload":{"codes":12,"roll":12,"withdrawn":[]},"payload_sha256":"3dfe22ddf0217538fe9ffe450e799891d9d35cd182ef5e09551e4b7cfa3e7e1f","prev":"8c0f649e8b08934d6613f41ac8cd59e3ba1f9d6cc751c58c931410906ca5720c","seq":18,"to":"closed","type":"closed"}');
INSERT INTO "events" VALUES('lillevig-2026',19,'{"day":"2026-03-11","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"closed","payload":{"batch":1,"leaves":["0a9fcef55be32bc1c0b443c328e54be9b9fd40682173bdbd046e6363ebc582c4","c2b8aa863d575f49850190c0c46251373a65c4a87f0c9fc0af79e326fabb3378","d97b86f8cb2d088b23a2d10c95058a149f73af4db7e69c3cb1c1b3a1e6bcf409","e1717ab5524d67808f3af470aa304ed3c29f074049d30356e20daf771cd69f49","eb02ff20de4aed236598394b1eee7fc8e13ecb5d5f7c326a12c86eb88e0d92f1","ec825747f1e11db5590da4ce6a079250a51d4e62b003dec7de451f3e78a8a4d7","fc4395d04ab1383cb7eef5f4f0576f615aa98b64b9415c3376774e869c930a62","fd6521780a9b024f435a2e8145e05a8ff806d76275ab39b8d7f368d0baa9c1e6"]},"payload_sha256":"feb70b0b81ca2957c36ef5c4bd7d54bcc1d1d5c608c8e6107cce03acf4799ed8","prev":"45c933615980b1500533cb3f7466a289284cc607aa7bfffd161a89febed77f73","seq":19,"to":"closed","type":"batch-added"}');
INSERT INTO "events" VALUES('lillevig-2026',20,'{"day":"2026-03-11","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"closed","payload":{"link":"destroyed"},"payload_sha256":"505c741d46c8b61b35d07a7e2f811567df8a53c7c7fdde53290ff67df0e8db7c","prev":"7f20139f7e0b08c4168adfa333a89fba419dcac557e3031b005a255a4e34c7f5","seq":20,"to":"closed","type":"adjudicated"}');
INSERT INTO "events" VALUES('lillevig-2026',21,'{"day":"2026-03-11","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"closed","payload":{"accepted":8,"ballots_root":"42055e2ddf3af790bcb6813e06b0f8244c1dfe2a80e8a92290147b5a9c4c71c8","rejected":0},"payload_sha256":"526e6a4354f54921cde8b0b28bb63d72b7de8f731483c701a884635b794ea497","prev":"c92e1bd690e2e1420010def70d708dcea8f498d344852d5b67ab98c42acc4bdc","seq":21,"to":"closed","type":"box-sealed"}');
INSERT INTO "events" VALUES('lillevig-2026',22,'{"day":"2026-03-11","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"closed","payload":{"funded_sha256":"7420e3a59a1a5a1297b97130e6e207f7226a87c9a2d87c3ec442633b4c8c3d74"},"payload_sha256":"e50e57b009cd9f7327c48dbeeb08229c3f499c00abc56e6867b1f0426d0d8503","prev":"877f6b44c04e5f334b26927315505fd5a0fede1d601c433a9e6af20ac4518a7d","seq":22,"to":"counted","type":"counted"}');
INSERT INTO "events" VALUES('lillevig-2026',23,'{"day":"2026-03-11","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"counted","payload":{},"payload_sha256":"555f318040204884070c3caf43158f9366ab81189fbf36051057c7da38a30690","prev":"2bc1a2462d1d0cf0c3d9519f36c2e68be7646486722d953d13ea5169cd8638d5","seq":23,"to":"provisional","type":"published"}');
INSERT INTO "events" VALUES('lillevig-2026',24,'{"day":"2026-03-20","freeze_hash":"fd592f0f79fb93d15eb500b95808d37af10e9740db5c3e9b755c5157163b4692","from":"provisional","payload":{"amounts":[["p1",4000000],["p3",3000000],["p4",2000000]],"day":"2026-03-11","decision":"confirm","reference":"punkt 4"},"payload_sha256":"5617d6151b7bb2d68dcc81d38f88bf6b8ee7d661d8e455001de2302a052ef927","prev":"89b253f075b9d4477b0e9a9990c8ac63b16890c59f3f7efe2ee61bc863a75ec4","seq":24,"to":"final","type":"finalised"}');
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
INSERT INTO "frozen" VALUES('lillevig-2026',15,X'7B2261726561223A7B226964223A226C696C6C65766967222C226E616D65223A224C696C6C65766967222C22706F70756C6174696F6E223A3132307D2C2262616C6C6F74223A7B2264656661756C745F73636F7265223A302C226C696D697473223A7B226D61785F6C656E677468223A6E756C6C2C226D61785F706F696E7473223A6E756C6C2C226D61785F73756D5F636F7374223A6E756C6C2C226D61785F73756D5F706F696E7473223A6E756C6C2C226D696E5F6C656E677468223A6E756C6C2C226D696E5F706F696E7473223A6E756C6C2C226D696E5F73756D5F636F7374223A6E756C6C2C226D696E5F73756D5F706F696E7473223A6E756C6C7D2C226D6574686F64223A22617070726F76616C227D2C22656C696769626C65223A31322C22706C616E223A7B226C6566746F766572223A2263617272792D6F766572222C2272756C65223A22677265656479222C227468726573686F6C64223A6E756C6C2C2274696573223A5B226368656170657374222C226D6F73742D766F746573222C226C6F74225D2C2276657273696F6E223A317D2C22706F6F6C223A7B22616D6F756E74223A31303030303030302C2263757272656E6379223A22444B4B222C226D696E6F725F756E697473223A322C22736F7572636573223A5B7B22616D6F756E74223A31303030303030302C226E616D65223A22427972C3A5646574222C227265666572656E6365223A227361672031227D5D7D2C22726F756E64223A226C696C6C657669672D32303236222C22736368656D61223A22626F726765726275646765742E726F756E642F31222C227369676E657273223A5B5D2C22736F75726365223A7B226B696E64223A22726F756E64222C22736861323536223A6E756C6C7D2C227468726573686F6C64223A302C2274696572223A22746F74616C73222C22746965725F726561736F6E223A6E756C6C7D0A',X'7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A343030303030302C22676F616C73223A5B5D2C226964223A227031222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A312C227469746C65223A22466F72736C6167207031222C2277697468647261776E223A66616C73657D0A7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A333530303030302C22676F616C73223A5B5D2C226964223A227032222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A322C227469746C65223A22466F72736C6167207032222C2277697468647261776E223A66616C73657D0A7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A333030303030302C22676F616C73223A5B5D2C226964223A227033222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A332C227469746C65223A22466F72736C6167207033222C2277697468647261776E223A66616C73657D0A7B2261726561223A6E756C6C2C2263617465676F7279223A5B5D2C22636F7374223A323030303030302C22676F616C73223A5B5D2C226964223A227034222C226D696E5F636F7374223A6E756C6C2C226E756D626572223A342C227469746C65223A22466F72736C6167207034222C2277697468647261776E223A66616C73657D0A');
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
INSERT INTO "private" VALUES('lillevig-2026',1,'425ada77b153e32938d8aaf9517264394af268479fbd473144d58dd6c6e7a6aa','{"actor":"anna","changes":[["rounds","[\"lillevig-2026\"]","40cf7b0ab309470e8555944a1b9844349bde78d6d6ce70ea993f7b7e5a9622ab"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',2,'7fad999be2ef4b70e80cdbf74a1997caf5725d3d39bda157a7ffd068b8b0bd11','{"actor":"anna","changes":[["policies","[\"lillevig-2026\",\"eligibility\"]","ed834cd765575401aafc7ec7332db5f906b2185ed74f152c1a9b9c84980e2783"],["policies","[\"lillevig-2026\",\"secrecy\"]","a6f7979e3775439e8a85e017ba6d40ff680c379f7a6f9c6dabbeb73771e36d6f"],["policies","[\"lillevig-2026\",\"ballot\"]","ff33644978038b25392e2e62e317ebbff57bcca0d830071ada1e6efd118c60d8"],["policies","[\"lillevig-2026\",\"plan\"]","13e08eb6a439bfc51abefd8cdfaccc0c6e8235cad6f1cde442ec600fd526306c"],["policies","[\"lillevig-2026\",\"ties\"]","4cf3ea47d006e594116cf1691ae02c0490f1c1093d9157e0b8572af1981472c0"],["policies","[\"lillevig-2026\",\"leftover\"]","dd1c07599d9d893643a088472c80587fe85515774e1003ec07832c3a6f742a10"],["policies","[\"lillevig-2026\",\"double_vote\"]","75b5dff28568b6c3e36e13c0dc206a009b26118ba5934f37bf24559b50210e27"],["policies","[\"lillevig-2026\",\"withdrawal\"]","5590383d46035b3c24ae5d30e403822e4e825ecad02e7a2115fad9ca70b73193"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',3,'0fdfd0adb27b48e065f37d7746d6af05675a14b2bcaf52f87e132a5a1d65e7b9','{"actor":"anna","changes":[["sources","[\"lillevig-2026\",1]","01617a78e8cc0146fa382d8a8a6645badd4a5a42fd8d4164b3145399bdf387ec"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',4,'5b91727c01e4a8993f55cca8627dfb49997f428db0fcb3a3a052171457ba010a','{"actor":"anna","changes":[["dates","[\"lillevig-2026\",\"opens\"]","11f9c173460d1ed8dd89ab7572d3f8b75e548439f901ebbad7b2e1d867040de0"],["dates","[\"lillevig-2026\",\"closes\"]","ca21f737baf69c7aea4e6cf286bf54f0d5b61d388fc4095528afeee77d466e40"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',5,'e69d57d9a972e8c715d9947d98cbc37bdb978961705cecafc413fe5c395b7e93','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p1\",1]","f536a0ab4f3306bdb5bb6fd460dec0d358eccfcaa21e64616410465f0ecd9999"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',6,'6ec3381740474da735c173dbef03a325ed22fd55b0ed67a3ad1ed3a12ef63bd1','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p1\",2]","7ca0325f216f3c8bce764df86c69784933541b7f916342f41015aeb923d0fb40"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',7,'6be40bfe183278c1d8e9650e4a8d13b89100b8f47948621e8cc3b3ee1f1da1a6','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p2\",1]","b8f2fc72965b7a2412db757767acc31165dceb1732c270795f595f15f910c97a"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',8,'2ada520227b90b9fec6ab79356efae87c9bccb0fb6dc8d7a9cb4941735ffe153','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p2\",2]","8244eb75315594bceeb0beee5117030d52ade1c5b520f337361396dfbbbb3088"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',9,'6d9d1d0af3ba0e1e167806bffa64066db0b69cd6ce93115d7de23fc0653db6aa','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p3\",1]","741496a3b12569cc1ad9138acc81bf6d16c022c55d6df6b364633451ffefb7be"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',10,'0c4bbeedecfe020e1810d593c4aa035bf488eb7bda66ba7eae73c79e4f992065','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p3\",2]","afb3752d27ba470620d99ab83d39814ff924cc65c2e634ee607610baace000dd"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',11,'8b5f597de891a40ef379449ee8051d98017cc49d7e02c87ea1277fc8f6f4e5de','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p4\",1]","fb7db59d50155ad95eb95956a4e8de20fa4c89c05827b848215c44f8f6307567"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',12,'4d10b2b438396ea1a6c32a049ef3647017956b33caaa28328a77df43f6bde232','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p4\",2]","83389be29e1199967b5faaed7509d242e8ec645932827b8642b51ff10e80586a"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',13,'2e1db99bb3c891effce3400d05c239b05e43dd19db32793e96e50f243b6ddc20','{"actor":"anna","changes":[["proposals","[\"lillevig-2026\",\"p1\",3]","b7f6daa22c9873ef1db1327b5a8b3216f54989ab597b92be479e4a0846a678b7"],["proposals","[\"lillevig-2026\",\"p2\",3]","d4ecaca453c8b5553073cccf5c437e99dc8aff4f702073f9f0b04c6f6b257aad"],["proposals","[\"lillevig-2026\",\"p3\",3]","28ce882e93a2905f2e4823d70730bc7a81bf6263c829cbd3f504691c14c828c4"],["proposals","[\"lillevig-2026\",\"p4\",3]","fd878b38caffb207865493627980c4d5493daa7ae425f22f8c8bc886de1c98c6"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',14,'786197cad6b53cc43e6871d5bcd809fd02bed42c239fb189472b4c2e2e462644','{"actor":"anna","changes":[["roll","[\"lillevig-2026\",\"v000\"]","babb0b9922ff1356154a66322e14170df2ae46a89f4c6ae833e13338fbaf749c"],["roll","[\"lillevig-2026\",\"v001\"]","4c476303245894d0a5a1e5a36636dc83bd189ca009e45ded30c6534856bf1dfd"],["roll","[\"lillevig-2026\",\"v002\"]","97d9e09584707b085ebfbd1697a44a3c77c926ca8e233fe5102794f9d11ee351"],["roll","[\"lillevig-2026\",\"v003\"]","60c342f8af364913251ae83df902813e0211fbc8de3bdca3c60c6909f2e25a44"],["roll","[\"lillevig-2026\",\"v004\"]","32814dff6af38683cbbc5f6511cc88052969125f59ed6df02a629820760d1d9f"],["roll","[\"lillevig-2026\",\"v005\"]","982dfd36a692d2938ebfee1d840212d242b6a2db0717c9ce41103dc1d371716e"],["roll","[\"lillevig-2026\",\"v006\"]","b367efa04e15543de936ef6bc9261df45a1138ac7b0a6dac961acccec7af179a"],["roll","[\"lillevig-2026\",\"v007\"]","ebc0051ab9dc80604a343d6c3b72f6f5ebfe20a29623603a166e9a259fb102c0"],["roll","[\"lillevig-2026\",\"v008\"]","1a0ab76c3e8912135dc12627c8a168ec412d1d50e200427597f15a63771c7230"],["roll","[\"lillevig-2026\",\"v009\"]","971b521dab0ed5589165ee22c52741f7e570c33681278980838dd22d05204b36"],["roll","[\"lillevig-2026\",\"v010\"]","f251068921906aae7b8af799584161aa3441cb14e95e8a414c64f2a3f965683d"],["roll","[\"lillevig-2026\",\"v011\"]","8755a271898d8a0a14516f2b0a6f5daf05a26341adbbd44675a11a66aa6587ee"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',15,'994f63e7ae6b2577a944a4db7733d656e78fc17b211ab113aedc7851ec44d035','{"actor":"anna","backup":["lillevig-2026-00015-frozen.db","23ac5c85c4d914e15a0e39778e70b0ce20d0b43acbf861338e65d80e1a912020"],"changes":[],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":"bo"}');
INSERT INTO "private" VALUES('lillevig-2026',16,'a5665d06915e64b6a3a832c162291748403bc34427055227d75d62421b5800d5','{"actor":"anna","changes":[["codes","[\"lillevig-2026\",\"58f3668aaf886d9ea6bede47530b1f1b3703da46413fd6b44a6992a654c44bd9\"]","9faf521f6f7f8daeeb62851676fec9a0ac141cde24e38b5eeeb03238e1707cb9"],["codes","[\"lillevig-2026\",\"9c3f179e247d98817300ea13d6c509f2bee2d1a299d85f769a78ca22d2d4d015\"]","7695dfba4dc87ca0176143a6517aa1259c90510ab749d212294800cc7d7cb892"],["codes","[\"lillevig-2026\",\"34c08513c11ef481ad3cb9a4dcd4892a08c1bd27641f12ec88a436e56f092d41\"]","cbd2debd5f1cd75b8417ce81f281a2f5b607768c4c185d256b76d09f73f66ef1"],["codes","[\"lillevig-2026\",\"4d3476a05e67e193f922d95a3ef51d607d8023c8f04e42eec8dcadb175c41c4f\"]","748cf6adbf0620f91fb35981dd9c28e67346dd86578680bfd48858abefc0a567"],["codes","[\"lillevig-2026\",\"e0db3087ca915a8a6a3147030500ec56da5b0950ed4ff21e2bde871c54e8e33a\"]","66ec2bca2a5bc074118da82d12213d9cf1340ef117bea9973ee66c0b35a901f8"],["codes","[\"lillevig-2026\",\"421b3c2d12f5fab093fb5718614a0b34fed5accdf8348df4b714cb146c25ffe2\"]","b506525edd6c286e3fc3115ce4162c38faee9098b50e1f0d9da43fea2c2b5082"],["codes","[\"lillevig-2026\",\"c65833b955d7342a66435643b5cd8c9a0f05ff19e5ce296fad810f61e34b2d6c\"]","a925e46737e300fdbd8b4c130396a82f0f63d2bd66b8b05ad42998a95b683f87"],["codes","[\"lillevig-2026\",\"a9ee7ab681da1b35277cad7314b8a9aff8b4f2ba1c8fc08e8dea82bdb2c57704\"]","c8a120a7da3119c797f4c1ed9e3813a2a7dafe24a9a5127de693a6fa74389475"],["codes","[\"lillevig-2026\",\"c26d454ad90f4f12c2dc24248e7ceaa7b74e756be1ec7d840727ca1e172a1060\"]","2a0a4d6a1d3296bdc0bba9b8af0b7bf6805282896624abea84ceb76614d0f248"],["codes","[\"lillevig-2026\",\"d8ad90c7d0b00bc51b77b0cca77a56172d57af6639a585569eaca301853204af\"]","067bf72cfc9128e6fcf517c9b80f297b7bbd5890b5cd53267923b2a6ff5dc10a"],["codes","[\"lillevig-2026\",\"f5504be210802d28235064cec8443f0509e117cbe12d51eda2c4774d03f8fa9e\"]","2d40e15e5ad211f012970990b1c4570ee752bcb51c41a8c706c009c24e74ef7d"],["codes","[\"lillevig-2026\",\"603b82b49950cdb2217b6f2b14ff4a2533c259af4db1a5876285d6a701e9b290\"]","3e2e962ba588f4c8f91c96f413535f31f9f03674f48f6935c65895c9e5371b86"]],"moment":"2026-03-01T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',17,'167537423129ed0cebdf942e7e8daeda403bd4e6d701a81d9883c40637c5176d','{"actor":"anna","backup":["lillevig-2026-00017-opened.db","ec63e40f56534134c74978fb6a6359983c0f632dfe7b973efe52f40382c1f954"],"changes":[],"moment":"2026-03-03T12:00:00+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',18,'778acc92bd5bdbc46fd2be59363aae6594f96e56ee920ce3ca3829e1c8d1b823','{"actor":"anna","backup":["lillevig-2026-00018-closed.db","3ff7dd977c467ee28fdf6e7c11a835484a5eb9cbae79a0156ca073ce4450a1ba"],"changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',19,'9f9b5593fc94cca432327c0ddde8a6b2ed3fdd9079f70d41526d59d32ac3ba1e','{"actor":"anna","changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',20,'d7cf917ac214102ebb0a25098515db51a55bc632224643dc4bb174de687e6ede','{"actor":"anna","backup":["lillevig-2026-00019-box-sealed.db","b73f504e518ec5386cd0f93a0162f19bff61eac54a32d9d17d804cbd997a6d9b"],"changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"rejected":[],"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',21,'abf27dcf24b0b5d0bc25a84ba6125df0b1f97fdd97d85f3148ed7b73811b7007','{"actor":"anna","changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',22,'a25e79c043c4ad77e9d1a66cf10a433feb9787a864f92122fd6fb0f9c7e7c36a','{"actor":"anna","backup":["lillevig-2026-00022-counted.db","bb0db3d476e60b65ac501271cc466a0390c362ee9836ccbd9d5ca1a0505d5930"],"changes":[["results","[\"lillevig-2026\",1]","0b8048a32952c7aa721b5e82c0dd5973c5f7310ae40aecc247b97a3a99501cca"]],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',23,'2f6f6600d5fc3cf80a250e136d8608f569432bdac1d9fa96913311fe2b99cb0c','{"actor":"anna","backup":["lillevig-2026-00023-published.db","ffc3a5f02b99755ac5d629e5ccfb905635801d1021984b3f911960aa27c7754c"],"changes":[],"moment":"2026-03-11T12:00:08+00:00","reason":null,"second":null}');
INSERT INTO "private" VALUES('lillevig-2026',24,'d4032b04d81fafbf955618d1a6095918fe977b4f8795a32176a104963f014d9e','{"actor":"anna","backup":["lillevig-2026-00024-finalised.db","0608ac96fea10f7c31fa816cde30454a2f54c67296bc82aad090f9d157284af6"],"changes":[],"moment":"2026-03-20T12:00:08+00:00","reason":null,"second":"bo"}');
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
INSERT INTO "results" VALUES('lillevig-2026',1,'{"ballots":{"blank":1,"distinct":7,"valid":8},"currency":"DKK","endowment":null,"funded":[{"amount":3000000,"proposal":"p3","step":1},{"amount":4000000,"proposal":"p1","step":2},{"amount":2000000,"proposal":"p4","step":3}],"input_sha256":null,"leftover":{"amount":1000000,"policy":"carry-over"},"minor_units":2,"not_funded":[{"proposal":"p2","reason":"does-not-fit"}],"plan":{"leftover":"carry-over","rule":"greedy","threshold":null,"ties":["cheapest","most-votes","lot"],"version":1},"pool":10000000,"schema":"borgerbudget.outcome/1","spent":9000000,"ties":[{"chosen":"p4","decided_by":"cheapest","step":3,"tied":["p2","p4"]}]}',X'7B2262616C6C6F7473223A7B22626C616E6B223A312C2264697374696E6374223A372C2276616C6964223A387D2C2262616C6C6F74735F726F6F74223A2234323035356532646466336166373930626362363831336530366230663832343463316466653261383065386139323239303134376235613963346337316338222C226B696E64223A22686561646572222C226C6F74223A6E756C6C2C22706C616E223A7B226C6566746F766572223A2263617272792D6F766572222C2272756C65223A22677265656479222C227468726573686F6C64223A6E756C6C2C2274696573223A5B226368656170657374222C226D6F73742D766F746573222C226C6F74225D2C2276657273696F6E223A317D2C22706F6F6C223A31303030303030302C2270726F706F73616C73223A5B7B22636F7374223A343030303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227031222C2273636F7265223A342C22737570706F7274657273223A347D2C7B22636F7374223A333530303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227032222C2273636F7265223A322C22737570706F7274657273223A327D2C7B22636F7374223A333030303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227033222C2273636F7265223A352C22737570706F7274657273223A357D2C7B22636F7374223A323030303030302C226F7574223A6E756C6C2C2270726F706F73616C223A227034222C2273636F7265223A322C22737570706F7274657273223A327D5D2C22736368656D61223A22626F726765726275646765742E74726163652F31227D0A7B22616D6F756E74223A333030303030302C22646563696465645F6279223A6E756C6C2C226B696E64223A2266756E646564222C226C656674223A373030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227033222C2273746570223A312C2274696564223A5B5D2C2276616C7565223A22352F31227D0A7B22616D6F756E74223A343030303030302C22646563696465645F6279223A6E756C6C2C226B696E64223A2266756E646564222C226C656674223A333030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227031222C2273746570223A322C2274696564223A5B5D2C2276616C7565223A22342F31227D0A7B22616D6F756E74223A323030303030302C22646563696465645F6279223A226368656170657374222C226B696E64223A2266756E646564222C226C656674223A313030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227034222C2273746570223A332C2274696564223A5B227032222C227034225D2C2276616C7565223A22322F31227D0A7B22646563696465645F6279223A6E756C6C2C226B696E64223A22736B6970706564222C226C656674223A313030303030302C227068617365223A2272756C65222C2270726F706F73616C223A227032222C2273746570223A342C2274696564223A5B5D2C2276616C7565223A22322F31227D0A','');
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
