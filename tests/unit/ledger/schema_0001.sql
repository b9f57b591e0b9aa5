-- The tables of a ledger as the first release made them. Never changed: migrations are tested against it.
CREATE TABLE conflicts (
    id VARCHAR(32) NOT NULL,
    event_id VARCHAR(32) NOT NULL,
    slot VARCHAR(32) NOT NULL,
    sides JSON NOT NULL,
    note TEXT NOT NULL,
    CONSTRAINT pk_conflicts PRIMARY KEY (id)
);
CREATE INDEX ix_conflicts_event_id ON conflicts (event_id);
CREATE TABLE documents (
    id INTEGER NOT NULL,
    name TEXT NOT NULL,
    root TEXT NOT NULL,
    digest TEXT NOT NULL,
    version TEXT NOT NULL,
    gone BOOLEAN NOT NULL,
    media_type TEXT,
    page JSON,
    main JSON,
    text TEXT,
    CONSTRAINT pk_documents PRIMARY KEY (id),
    CONSTRAINT uq_documents_name UNIQUE (name)
);
CREATE INDEX ix_documents_digest ON documents (digest);
CREATE TABLE events (
    id VARCHAR(32) NOT NULL,
    type VARCHAR(32) NOT NULL,
    subject TEXT,
    when_first DATE,
    when_last DATE,
    when_precision VARCHAR(32),
    when_text TEXT,
    when_basis VARCHAR(32),
    status VARCHAR(32) NOT NULL,
    stage VARCHAR(32),
    sources INTEGER NOT NULL,
    actors JSON NOT NULL,
    stages JSON NOT NULL,
    CONSTRAINT pk_events PRIMARY KEY (id)
);
CREATE INDEX ix_events_when ON events (when_first, when_last);
CREATE TABLE meta (
    "key" VARCHAR(64) NOT NULL,
    value TEXT NOT NULL,
    CONSTRAINT pk_meta PRIMARY KEY ("key")
);
CREATE TABLE reprints (
    document TEXT NOT NULL,
    article INTEGER NOT NULL,
    original_document TEXT NOT NULL,
    original_article INTEGER NOT NULL,
    CONSTRAINT pk_reprints PRIMARY KEY (document, article)
);
CREATE TABLE runs (
    id INTEGER NOT NULL,
    version TEXT NOT NULL,
    jobs INTEGER NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    new INTEGER,
    changed INTEGER,
    gone INTEGER,
    interrupted BOOLEAN,
    CONSTRAINT pk_runs PRIMARY KEY (id)
);
CREATE TABLE articles (
    document_id INTEGER NOT NULL,
    number INTEGER NOT NULL,
    title TEXT,
    title_start INTEGER,
    title_end INTEGER,
    publisher TEXT,
    author TEXT,
    language VARCHAR(16) NOT NULL,
    published_first DATE,
    published_last DATE,
    published_precision VARCHAR(32),
    published_text TEXT,
    published_basis VARCHAR(32),
    spans JSON NOT NULL,
    CONSTRAINT pk_articles PRIMARY KEY (document_id, number),
    CONSTRAINT fk_articles_documents FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);
CREATE INDEX ix_articles_published_last ON articles (published_last);
CREATE TABLE event_actors (
    code TEXT NOT NULL,
    event_id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_event_actors PRIMARY KEY (code, event_id),
    CONSTRAINT fk_event_actors_events FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
CREATE INDEX ix_event_actors_event_id ON event_actors (event_id);
CREATE TABLE event_claims (
    event_id VARCHAR(32) NOT NULL,
    position INTEGER NOT NULL,
    claim_id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_event_claims PRIMARY KEY (event_id, position),
    CONSTRAINT fk_event_claims_events FOREIGN KEY(event_id) REFERENCES events (id) ON DELETE CASCADE
);
CREATE INDEX ix_event_claims_claim_id ON event_claims (claim_id);
CREATE TABLE problems (
    id INTEGER NOT NULL,
    document_id INTEGER,
    root TEXT NOT NULL,
    item TEXT NOT NULL,
    step VARCHAR(32) NOT NULL,
    code TEXT NOT NULL,
    message TEXT NOT NULL,
    CONSTRAINT pk_problems PRIMARY KEY (id),
    CONSTRAINT fk_problems_documents FOREIGN KEY(document_id) REFERENCES documents (id) ON DELETE CASCADE
);
CREATE INDEX ix_problems_document_id ON problems (document_id);
CREATE INDEX ix_problems_root ON problems (root);
CREATE TABLE claims (
    id VARCHAR(32) NOT NULL,
    document_id INTEGER NOT NULL,
    article INTEGER NOT NULL,
    position INTEGER NOT NULL,
    type VARCHAR(32) NOT NULL,
    stage VARCHAR(32),
    plover VARCHAR(32) NOT NULL,
    status VARCHAR(32) NOT NULL,
    subject TEXT,
    when_first DATE,
    when_last DATE,
    when_precision VARCHAR(32),
    when_text TEXT,
    when_basis VARCHAR(32),
    attributed_to TEXT,
    recurrence TEXT,
    confidence FLOAT NOT NULL,
    evidence_start INTEGER NOT NULL,
    evidence_end INTEGER NOT NULL,
    quote TEXT NOT NULL,
    actors JSON NOT NULL,
    agents JSON NOT NULL,
    place JSON NOT NULL,
    via JSON NOT NULL,
    quantities JSON NOT NULL,
    spans JSON NOT NULL,
    CONSTRAINT pk_claims PRIMARY KEY (id),
    CONSTRAINT fk_claims_articles FOREIGN KEY(document_id, article) REFERENCES articles (document_id, number) ON DELETE CASCADE
);
CREATE UNIQUE INDEX ix_claims_place ON claims (document_id, article, position);
CREATE INDEX ix_claims_when ON claims (when_first, when_last);
CREATE TABLE claim_actors (
    code TEXT NOT NULL,
    claim_id VARCHAR(32) NOT NULL,
    CONSTRAINT pk_claim_actors PRIMARY KEY (code, claim_id),
    CONSTRAINT fk_claim_actors_claims FOREIGN KEY(claim_id) REFERENCES claims (id) ON DELETE CASCADE
);
CREATE INDEX ix_claim_actors_claim_id ON claim_actors (claim_id);
CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num));
