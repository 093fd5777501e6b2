BEGIN TRANSACTION;
CREATE TABLE arrival (            -- a file that was sent
        number     INTEGER PRIMARY KEY,
        entry      INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        name       TEXT NOT NULL,      -- its name in what was given when it was first seen
        sha256     TEXT NOT NULL,      -- of its content, which lies in luu-tru under it
        size       INTEGER NOT NULL,
        modified   TEXT NOT NULL,      -- the file's own time
        first_seen TEXT,               -- when a run first met it
        container  TEXT NOT NULL,      -- the mail or archive that it lay in
        sender     TEXT,               -- NULL: it came without a mail
        sender_name TEXT,
        subject    TEXT,
        sent       TEXT,               -- the mail's own date, NULL when it cannot be read
        message_id TEXT,
        problem    TEXT NOT NULL,      -- why it cannot be used as it is, else empty
        detail     TEXT NOT NULL
    ) STRICT;
INSERT INTO "arrival" VALUES(1,1,'thư.eml/a.xlsx','bfeb762c04ba0930318eb0a63a215eead369e7c7f39392dcc32ab499deb3cb00',15,'2015-03-20T08:00:00','2015-03-25T14:05:00','thư.eml','a@b.vn','Xã A','BC','2015-03-20T09:00:00','<1@b>','','');
INSERT INTO "arrival" VALUES(2,1,'b.zip','cf41e189cdc819769f648a9719d25ddfb16e0583d1a9f9391c31378831eb4523',5,'2015-03-20T08:00:00','2015-03-25T14:05:00','',NULL,NULL,NULL,NULL,NULL,'encrypted_archive','x');
CREATE TABLE cache (              -- no facts: computed, and computed again when missing
        kind    TEXT NOT NULL,
        key     TEXT NOT NULL,         -- digest of all that the value depends on
        arrival INTEGER NOT NULL,      -- 0: of no one arrival
        month   TEXT NOT NULL,
        unit    TEXT NOT NULL,
        value   BLOB NOT NULL,
        PRIMARY KEY (kind, key)
    ) STRICT;
INSERT INTO "cache" VALUES('reading','k',1,'2015-03','LC01',X'0F0EB37ECAA2547E7801AB562A4ECD4B492D52B2524A7448D22BCB53D2818AC4E725E6A60285230E2F56700489962665A5269700459C9C218A406C230343535D03635D238310034B2B030320024AE6A6161727A6A7C667A60095D8183A24D929D50200D56C1F0E');
CREATE TABLE decision (           -- of the board; a later one of the same subject counts
        number      INTEGER PRIMARY KEY,
        entry       INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        kind        TEXT NOT NULL,     -- accepted, refused, corrected, excused, withdrawn
        unit        TEXT NOT NULL,
        month       TEXT NOT NULL,     -- from which month on
        code        TEXT NOT NULL,     -- of the finding
        field       TEXT NOT NULL,
        given       TEXT NOT NULL,     -- what the unit had reported
        value       TEXT NOT NULL,     -- the corrected figure as JSON
        explanation TEXT NOT NULL,
        reason      TEXT NOT NULL,
        approver    TEXT NOT NULL,
        clause      TEXT NOT NULL,
        decided     TEXT,
        until       TEXT               -- the last month in which it holds, NULL: to the end
    ) STRICT;
INSERT INTO "decision" VALUES(1,2,'corrected','LC01','2015-03','','ngay','?','["date", "2015-03-05"]','','','Bà B','','2015-03-26','2015-05');
CREATE TABLE entry (
        number    INTEGER PRIMARY KEY, -- in the order in which they were written down
        name      TEXT NOT NULL,       -- its file in luu-tru/su-kien, which the database follows
        recorded  TEXT NOT NULL,       -- when, by the office's clock
        operator  TEXT NOT NULL,       -- who ran the program
        content   BLOB NOT NULL,       -- the file itself, packed (zlib)
        seal      TEXT NOT NULL        -- SHA-256 over the rows of this entry
    ) STRICT;
INSERT INTO "entry" VALUES(1,'000001-5a5e3454c9b0a895.json','2015-03-25T14:05:00','an@may-01',X'789C95915D8ED3301485DFB38AC8CFD3E29F38892B840A6C611E9010AAAEED1B6A949FCA71ABCE8CBA1A36C01E90581776D232100482873C1C7DE7FADE93F394E5A43F761A3DD9E4EC2E2A8F66F0166DD48453265754ACB8BC67C586CA0DA5247986037A08439A21D06F3B7858513611F0DE9DA01D23799FE5F953FC160BA21E87A33718F58423872E2912F6DFBEACB16B5FC0FADC8E677237E3710F5C96C9A01BD455C90D2D345025A860356A0AA500CE242258512AAC4CD5082514B7C6080EBA50CAA21646CFC74F2FBAC7B490C9ABEE06EB1AB7C84CEF691D036F9EC7CCD00770FD14E5C7B137D86208139943C525D8DBD90A5BBD3EF557E30DEC6EA9DF7DFD9CBF7E8647FD094D48E0CDDB9F47C2F238F5CB7131048E237CC49D9B62BC645BFD8A4CE872BDB0717E0CBB11B1FF53B7C977C9AE138BEEF8DFBBD3EB4777F8BD31D3140C59AD8C35355355A99AB2A841554C592EAD6D342B91CA5A5806AA89A5312398A8EA5A30D485E462D1D87F16F68F89E764073FE816BBE4C4DEF8874340BB036FF6EE84F383C462ECBF4D8E739A8CBFEA4376C9BE033CB1D2CC','28d34175338e0cb8b5e46822d99cc8ad9481e877dd0e0b4ebcea63511807c3c1');
INSERT INTO "entry" VALUES(2,'000002-ea16319a32e8b3da.json','2015-03-25T14:05:00','binh@may-02',X'789C5D90B10E8320144577BE82306B82B676706963D78EDD1A07D4574BAA60104D8CF15FFA2FFDB10292DA7460B8E7F2EEE332234CC4D016A0488AE3C02805A554155446939846494877619C5CA37D4A93945262EFC80E14D3D2CE90828BC7A965534863E75550F29E4BD11BF386309ECDC1E4C9854B34D9668136F181E383E0DAF2CB99461EB552E8C7CF768FEF1C1A17216A367956F3118465470F46D60CE0171B59310DABB375A109B1205F0758D72939BAF6247BBF70E6836C8BFF4F387CDFAC79B3392E6F4138470BFA0075C55108','3e474320f9ef84ff7eeeb5faef587a964f781cb638f7aa69255d873a59f6067c');
INSERT INTO "entry" VALUES(3,'000003-88f614664ea207ac.json','2015-03-25T14:05:00','an@may-01',X'789C7D524B4EC33014DCE71496D74D64A7844F8550A15B965D202154B989494D6227B29DAA55D5D37001EE80C4B978B6139A4AC0C6D2FBCDCC9BE74384B0EAE49A6B3C43D309449AE78D2E7801314E09CD62328DD36C492F66249B11825D4FD372CD6CE366305373C9F631A1BEA23B05C9438446B074E242D928BB1981629F05362EB6BC5875CA8AFA8CF37A49AF80B0E7443867B265A274F838A721D7B2BC622577A9960E88A530D613E382A932AEF6C9AE36BB50DD726D44E33148D24FFCB90DC2C6326DFFF502E112F43BC0670850EA5288C2F31244C3D64C28601D3A9C37CE1D26BD6CBBF9FA48B8AC3D16E42BA13CDD2825B933D20C4E42A6E6366C18C0402757455899CDD7C956F5A3436135B03D7DBEA3FB53B15BBFF1DCBAC2C3623C62CF16264B72333A4490640CF8BE125EEB2D9DAFEFB02F1DA3FE09EB577CEF1AAADE4EC99478E5C6C34B0A1347F7679C46A1CAC121BFD3EFDF05E14E093FFDB8E84F74724C73DBE97EF31F7B5DDFE9FCC0B5616976E9CFEF0483D297E8187D03DB66BFC7','d76ae3b571e6da3580db1ab28e4525744ee9aa258404e7124c2238b2f99f9b52');
CREATE TABLE run (                -- a month's run that was completed
        number         INTEGER PRIMARY KEY,
        entry          INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        month          TEXT NOT NULL,
        received_until TEXT NOT NULL,  -- what arrived up to then counts
        campaign       TEXT NOT NULL,  -- digest of the campaign
        package        TEXT NOT NULL,  -- SHA-256 of the campaign as it lies in luu-tru
        register       TEXT NOT NULL,  -- file name of the board's own register
        version        TEXT NOT NULL,  -- of the program
        operator       TEXT NOT NULL,
        started        TEXT NOT NULL,
        key            TEXT NOT NULL,  -- digest of all that the result depends on
        manifest       TEXT NOT NULL   -- SHA-256 of the manifest
    ) STRICT;
INSERT INTO "run" VALUES(1,3,'2015-03','2015-03-28T17:00:00','c1','p1','dang-ky.xlsx','0.1','an@may-01','2015-03-25T14:05:00','k1','m1');
CREATE TABLE run_arrival (        -- which files went into a run
        run     INTEGER NOT NULL REFERENCES run DEFERRABLE INITIALLY DEFERRED,
        entry   INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        place   INTEGER NOT NULL,      -- in the order given, from 0
        arrival INTEGER NOT NULL,      -- stays known even when that arrival's entry is lost
        PRIMARY KEY (run, place)
    ) STRICT;
INSERT INTO "run_arrival" VALUES(1,3,0,2);
INSERT INTO "run_arrival" VALUES(1,3,1,1);
CREATE TABLE run_container (      -- what only held files
        run     INTEGER NOT NULL REFERENCES run DEFERRABLE INITIALLY DEFERRED,
        entry   INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        place   INTEGER NOT NULL,
        name    TEXT NOT NULL,
        kind    TEXT NOT NULL,
        members INTEGER NOT NULL,
        sender  TEXT,                  -- NULL: it is no mail
        sender_name TEXT,
        subject TEXT,
        sent    TEXT,
        message_id TEXT,
        PRIMARY KEY (run, place)
    ) STRICT;
INSERT INTO "run_container" VALUES(1,3,0,'thư.eml','eml',1,'a@b.vn','Xã A','BC','2015-03-20T09:00:00','<1@b>');
CREATE TABLE sending (            -- what was made to be sent
        number INTEGER PRIMARY KEY,
        entry  INTEGER NOT NULL REFERENCES entry DEFERRABLE INITIALLY DEFERRED,
        month  TEXT NOT NULL,
        unit   TEXT NOT NULL,
        kind   TEXT NOT NULL,
        name   TEXT NOT NULL,
        sha256 TEXT NOT NULL
    ) STRICT;
INSERT INTO "sending" VALUES(1,3,'2015-03','LC01','return','LC01.xlsx','0');
CREATE INDEX arrival_sha256 ON arrival (sha256);
CREATE TRIGGER entry_update BEFORE UPDATE ON entry BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER entry_delete BEFORE DELETE ON entry BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER arrival_update BEFORE UPDATE ON arrival BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER arrival_delete BEFORE DELETE ON arrival BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER decision_update BEFORE UPDATE ON decision BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER decision_delete BEFORE DELETE ON decision BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_update BEFORE UPDATE ON run BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_delete BEFORE DELETE ON run BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_arrival_update BEFORE UPDATE ON run_arrival BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_arrival_delete BEFORE DELETE ON run_arrival BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_container_update BEFORE UPDATE ON run_container BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER run_container_delete BEFORE DELETE ON run_container BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER sending_update BEFORE UPDATE ON sending BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE TRIGGER sending_delete BEFORE DELETE ON sending BEGIN SELECT RAISE(ABORT, 'facts are only added'); END;
CREATE INDEX arrival_entry ON arrival (entry);
CREATE INDEX decision_entry ON decision (entry);
CREATE INDEX run_entry ON run (entry);
CREATE INDEX run_arrival_entry ON run_arrival (entry);
CREATE INDEX run_container_entry ON run_container (entry);
CREATE INDEX sending_entry ON sending (entry);
COMMIT;
PRAGMA user_version = 1;
PRAGMA application_id = 1413761876;
