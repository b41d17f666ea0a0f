-- Tags are asked for, so they get rows; they compare by their bytes.
CREATE TABLE application_tags (
  tenant_id TEXT NOT NULL,
  tag       TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL REFERENCES applications (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, tag, object_id)
);
CREATE INDEX application_tags_by_object ON application_tags (object_id);
INSERT INTO application_tags (tenant_id, tag, object_id)
  SELECT tenant_id, t.value, object_id
  FROM applications, jsonb_array_elements_text(document::jsonb -> 'tags') t
  ON CONFLICT DO NOTHING;

CREATE TABLE service_principal_tags (
  tenant_id TEXT NOT NULL,
  tag       TEXT COLLATE "C" NOT NULL,
  object_id TEXT COLLATE "C" NOT NULL REFERENCES service_principals (object_id) ON DELETE CASCADE,
  PRIMARY KEY (tenant_id, tag, object_id)
);
CREATE INDEX service_principal_tags_by_object ON service_principal_tags (object_id);
INSERT INTO service_principal_tags (tenant_id, tag, object_id)
  SELECT tenant_id, t.value, object_id
  FROM service_principals, jsonb_array_elements_text(document::jsonb -> 'tags') t
  ON CONFLICT DO NOTHING;

CREATE INDEX applications_by_time ON applications (tenant_id, created_at, seq);
CREATE INDEX service_principals_by_time ON service_principals (tenant_id, created_at, seq);

CREATE TABLE permission_grants (
  seq         BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          TEXT NOT NULL UNIQUE,
  tenant_id   TEXT NOT NULL,
  client_id   TEXT COLLATE "C" NOT NULL
    REFERENCES service_principals (object_id) ON DELETE CASCADE,
  resource_id TEXT COLLATE "C" NOT NULL
    REFERENCES service_principals (object_id) ON DELETE CASCADE,
  scope       TEXT NOT NULL,
  created_at  BIGINT NOT NULL,
  UNIQUE (client_id, resource_id)
);
CREATE INDEX permission_grants_by_tenant ON permission_grants (tenant_id, seq);
CREATE INDEX permission_grants_by_resource ON permission_grants (resource_id, seq);
