BEGIN TRANSACTION;
CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);
INSERT INTO "_sqlite_migrations" VALUES(1,'risk','first','2026-11-30 02:30:53.937894+00:00');
CREATE TABLE "audit" (
   "seq" INTEGER PRIMARY KEY,
   "at" INTEGER,
   "account" INTEGER,
   "kind" TEXT,
   "body" TEXT,
   "hash" TEXT
) STRICT;
INSERT INTO "audit" VALUES(1,1,0,'rules','starter d1','9c455f27c3325951f3672699c423242e98e5d4c17769e7035e933de2915b2596');
INSERT INTO "audit" VALUES(2,1,7,'decision','{"id":"D1","kind":"lock","at":1,"rule":"r","lock":"L1"}','62dfa286dc7126dd41593f757931b26b15680de745bfbe711476a0b6d5a0d543');
INSERT INTO "audit" VALUES(3,1,7,'lock','{"id":"L1","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":1,"end":{"kind":"instant","at":101},"source":"r//account/","rule":"r","reason":"why"}','b24cd7e0dd2a80c25d7442486dbb6cfb4eb1b129cb5dd0ce51e76eafee8fbce3');
INSERT INTO "audit" VALUES(4,1,7,'command','{"is":"ClosePosition","id":"C1","enforcement":"E1","contract":"C"}','77c98e96c30e3ae269b9dc7a6967c4460c8b38a6a12017f76bfb5618b3a407d5');
INSERT INTO "audit" VALUES(5,2,7,'decision','{"id":"D2","kind":"lock","at":2,"rule":"r","lock":"L2"}','0af477db8741cca774b8c91b471f938181e7f4c9d2d08c0a2f8fff933010266b');
INSERT INTO "audit" VALUES(6,2,7,'lock','{"id":"L2","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":2,"end":{"kind":"instant","at":102},"source":"r//account/","rule":"r","reason":"why"}','9065663baf86131d18f1b5abf8494340167c5cbc72f5960165e67bb66e7e66df');
INSERT INTO "audit" VALUES(7,2,7,'command','{"is":"ClosePosition","id":"C2","enforcement":"E2","contract":"C"}','9972fa908328f9bf98c92efe0e001f2c75519622aae89a75c1ed02f4e9e826cb');
INSERT INTO "audit" VALUES(8,3,7,'decision','{"id":"D3","kind":"lock","at":3,"rule":"r","lock":"L3"}','e18acb18b0343861a0881aa9ce149318769c0d98ff8025b0d5893c741fcb4067');
INSERT INTO "audit" VALUES(9,3,7,'lock','{"id":"L3","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":3,"end":{"kind":"instant","at":103},"source":"r//account/","rule":"r","reason":"why"}','7a259fb9c7880b481c4bd4f3b8561b31deec17e6ae4f17c27b99776ce5bd10b1');
INSERT INTO "audit" VALUES(10,3,7,'command','{"is":"ClosePosition","id":"C3","enforcement":"E3","contract":"C"}','7b9da9790edf568aec58015db4f56d030b03a25e745ec4ec1bc62aff786ace4e');
INSERT INTO "audit" VALUES(11,4,7,'decision','{"id":"D4","kind":"lock","at":4,"rule":"r","lock":"L4"}','2f5bdcec1dd12044320608c8d917632572e724d564b8f0e0f0d81ecbad6e55d0');
INSERT INTO "audit" VALUES(12,4,7,'lock','{"id":"L4","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":4,"end":{"kind":"instant","at":104},"source":"r//account/","rule":"r","reason":"why"}','221d24d29af307b26779b073be436065f910ef524e7cce58820c6877789a10f5');
INSERT INTO "audit" VALUES(13,4,7,'command','{"is":"ClosePosition","id":"C4","enforcement":"E4","contract":"C"}','394d38d2633ba53ec3fe7eee0521e27d2bc397059fcc70035a3586742dffd6e4');
INSERT INTO "audit" VALUES(14,5,7,'decision','{"id":"D5","kind":"lock","at":5,"rule":"r","lock":"L5"}','2eb0814cb26c41e22f5d0a69204f3c425614e307535679088380ed9c1999bb02');
INSERT INTO "audit" VALUES(15,5,7,'lock','{"id":"L5","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":5,"end":{"kind":"instant","at":105},"source":"r//account/","rule":"r","reason":"why"}','3a357611b84ea93e003dc3163654509a2dbbf0171f234b62e040144c424e1a3f');
INSERT INTO "audit" VALUES(16,5,7,'command','{"is":"ClosePosition","id":"C5","enforcement":"E5","contract":"C"}','0f8ce1e4dd6c87146deb297a7212c5e6590a7e64e1c6e551e6266cdacc629d47');
INSERT INTO "audit" VALUES(17,6,7,'decision','{"id":"D6","kind":"lock","at":6,"rule":"r","lock":"L6"}','f8ccdeca7a31f76e7246cf6467c0c98ad30197a826284861e35c112365ef8a20');
INSERT INTO "audit" VALUES(18,6,7,'lock','{"id":"L6","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":6,"end":{"kind":"instant","at":106},"source":"r//account/","rule":"r","reason":"why"}','78df02140358dc55fd979dd0e962fc0027f73bbeea10d7fb5b53d3305e716017');
INSERT INTO "audit" VALUES(19,6,7,'command','{"is":"ClosePosition","id":"C6","enforcement":"E6","contract":"C"}','adb2bbd9f3eca4d9c9cbeb55f9a18a0756048b205bdf360d0a30e3e6a4153225');
INSERT INTO "audit" VALUES(20,7,7,'decision','{"id":"D7","kind":"lock","at":7,"rule":"r","lock":"L7"}','c93a0d69ec7bdd3a3f0973c0bc856f0079c1ad06b284fe106cfdc524e1c9c4a7');
INSERT INTO "audit" VALUES(21,7,7,'lock','{"id":"L7","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":7,"end":{"kind":"instant","at":107},"source":"r//account/","rule":"r","reason":"why"}','961b01422fd2ed4b3e000660e9158215990a15e8cd03f5fe1e022038ff62176c');
INSERT INTO "audit" VALUES(22,7,7,'command','{"is":"ClosePosition","id":"C7","enforcement":"E7","contract":"C"}','6cd1670b06442aa469a8779fbba617153cd089fd7f8a6fbbdbe73415fbc068c1');
INSERT INTO "audit" VALUES(23,8,7,'lock_ended','L2','f961364ad0832f4cc91a437ce73b9778092da16040b354fcb55b568c4a41995c');
INSERT INTO "audit" VALUES(24,9,7,'enforcement','{"id":"E1","reasons":[{"rule":"r","tier":"","text":"why"}],"targets":[["C",0]],"before":[["C",3]],"is_reentry":false,"detected_at":9}','bc5768de94b77186d910be337bf4190dc4c193e663f86b958f777a08b37e9e69');
INSERT INTO "audit" VALUES(25,12,0,'stop','','0aac29f340d6aa429005e472e9f5854296ce6440937b3dc21e76c8960b8f9275');
CREATE TABLE "decisions" (
   "seq" INTEGER,
   "account" INTEGER,
   "number" INTEGER,
   "at" INTEGER,
   "kind" TEXT,
   "rule" TEXT,
   "decision" TEXT,
   PRIMARY KEY ("seq", "account", "number")
) STRICT;
INSERT INTO "decisions" VALUES(1,7,0,1,'lock','r','{"id":"D1","kind":"lock","at":1,"rule":"r","lock":"L1"}');
INSERT INTO "decisions" VALUES(2,7,0,2,'lock','r','{"id":"D2","kind":"lock","at":2,"rule":"r","lock":"L2"}');
INSERT INTO "decisions" VALUES(3,7,0,3,'lock','r','{"id":"D3","kind":"lock","at":3,"rule":"r","lock":"L3"}');
INSERT INTO "decisions" VALUES(4,7,0,4,'lock','r','{"id":"D4","kind":"lock","at":4,"rule":"r","lock":"L4"}');
INSERT INTO "decisions" VALUES(5,7,0,5,'lock','r','{"id":"D5","kind":"lock","at":5,"rule":"r","lock":"L5"}');
INSERT INTO "decisions" VALUES(6,7,0,6,'lock','r','{"id":"D6","kind":"lock","at":6,"rule":"r","lock":"L6"}');
INSERT INTO "decisions" VALUES(7,7,0,7,'lock','r','{"id":"D7","kind":"lock","at":7,"rule":"r","lock":"L7"}');
CREATE TABLE "enforcements" (
   "account" INTEGER,
   "id" TEXT,
   "detected_at" INTEGER,
   "progress" TEXT,
   "enforcement" TEXT,
   PRIMARY KEY ("account", "id")
) STRICT;
INSERT INTO "enforcements" VALUES(7,'E1',9,'open','{"id":"E1","reasons":[{"rule":"r","tier":"","text":"why"}],"targets":[["C",0]],"before":[["C",3]],"is_reentry":false,"detected_at":9}');
CREATE TABLE "journal" (
   "seq" INTEGER PRIMARY KEY,
   "at" INTEGER NOT NULL,
   "origin" TEXT NOT NULL,
   "account" INTEGER,
   "kind" TEXT NOT NULL,
   "event" TEXT NOT NULL
) STRICT;
INSERT INTO "journal" VALUES(1,1,'main',7,'FillSeen','{"is":"FillSeen","at":1,"account":7,"fill":{"id":1,"order_id":1,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":1}}');
INSERT INTO "journal" VALUES(2,2,'main',7,'FillSeen','{"is":"FillSeen","at":2,"account":7,"fill":{"id":2,"order_id":2,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":2}}');
INSERT INTO "journal" VALUES(3,3,'main',7,'FillSeen','{"is":"FillSeen","at":3,"account":7,"fill":{"id":3,"order_id":3,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":3}}');
INSERT INTO "journal" VALUES(4,4,'main',7,'FillSeen','{"is":"FillSeen","at":4,"account":7,"fill":{"id":4,"order_id":4,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":4}}');
INSERT INTO "journal" VALUES(5,5,'main',7,'FillSeen','{"is":"FillSeen","at":5,"account":7,"fill":{"id":5,"order_id":5,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":5}}');
INSERT INTO "journal" VALUES(6,6,'main',7,'FillSeen','{"is":"FillSeen","at":6,"account":7,"fill":{"id":6,"order_id":6,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":6}}');
INSERT INTO "journal" VALUES(7,7,'main',7,'FillSeen','{"is":"FillSeen","at":7,"account":7,"fill":{"id":7,"order_id":7,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":7}}');
INSERT INTO "journal" VALUES(8,8,'main',7,'FillSeen','{"is":"FillSeen","at":8,"account":7,"fill":{"id":8,"order_id":8,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":8}}');
INSERT INTO "journal" VALUES(9,9,'main',7,'FillSeen','{"is":"FillSeen","at":9,"account":7,"fill":{"id":9,"order_id":9,"contract":"C","side":"buy","size":1,"price":1,"pnl":null,"costs":0,"executed_at":9}}');
CREATE TABLE "locks" (
   "account" INTEGER,
   "id" TEXT,
   "set_at" INTEGER,
   "ended_at" INTEGER,
   "lock" TEXT,
   PRIMARY KEY ("account", "id")
) STRICT;
INSERT INTO "locks" VALUES(7,'L1',1,NULL,'{"id":"L1","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":1,"end":{"kind":"instant","at":101},"source":"r//account/","rule":"r","reason":"why"}');
INSERT INTO "locks" VALUES(7,'L2',2,8,'{"id":"L2","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":2,"end":{"kind":"instant","at":102},"source":"r//account/","rule":"r","reason":"why"}');
INSERT INTO "locks" VALUES(7,'L3',3,NULL,'{"id":"L3","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":3,"end":{"kind":"instant","at":103},"source":"r//account/","rule":"r","reason":"why"}');
INSERT INTO "locks" VALUES(7,'L4',4,NULL,'{"id":"L4","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":4,"end":{"kind":"instant","at":104},"source":"r//account/","rule":"r","reason":"why"}');
INSERT INTO "locks" VALUES(7,'L5',5,NULL,'{"id":"L5","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":5,"end":{"kind":"instant","at":105},"source":"r//account/","rule":"r","reason":"why"}');
INSERT INTO "locks" VALUES(7,'L6',6,NULL,'{"id":"L6","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":6,"end":{"kind":"instant","at":106},"source":"r//account/","rule":"r","reason":"why"}');
INSERT INTO "locks" VALUES(7,'L7',7,NULL,'{"id":"L7","scope":{"kind":"account"},"kind":"lockout","state":"flat_only","set_at":7,"end":{"kind":"instant","at":107},"source":"r//account/","rule":"r","reason":"why"}');
CREATE TABLE "meta" (
   "key" TEXT PRIMARY KEY,
   "value" TEXT
) STRICT;
INSERT INTO "meta" VALUES('rules:7','d1');
INSERT INTO "meta" VALUES('last_seen','12');
CREATE TABLE "rulesets" (
   "digest" TEXT PRIMARY KEY,
   "kept_at" INTEGER,
   "body" TEXT
) STRICT;
INSERT INTO "rulesets" VALUES('d1',1,'{"name":"starter","files":{"ruleset.yaml":"ruleset: x\n"},"overrides":{},"mode":"ENFORCE","may_act_live":false}');
CREATE TABLE "snapshots" (
   "account" INTEGER,
   "seq" INTEGER,
   "at" INTEGER,
   "state" TEXT,
   PRIMARY KEY ("account", "seq")
) STRICT;
INSERT INTO "snapshots" VALUES(7,3,3,'{"account":7,"now":3,"serial":3,"digest":"d1"}');
INSERT INTO "snapshots" VALUES(7,6,6,'{"account":7,"now":6,"serial":6,"digest":"d1"}');
CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");
CREATE INDEX "idx_locks_account_ended_at"
    ON "locks" ("account", "ended_at");
CREATE INDEX "idx_enforcements_account_detected_at"
    ON "enforcements" ("account", "detected_at");
COMMIT;
PRAGMA user_version=1;
