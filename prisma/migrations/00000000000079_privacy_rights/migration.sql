-- A person's pseudonym is made by a key of their own; whoever was erased has neither that key nor anything else of theirs.
ALTER TABLE principal ADD CONSTRAINT principal_pseudonym_key CHECK (octet_length(pseudonym_key) = 32);
ALTER TABLE principal ADD CONSTRAINT principal_erased CHECK (erased_at IS NULL OR (
  pseudonym_key IS NULL AND email IS NULL AND disabled_at IS NOT NULL AND roles = '{}' AND custom_roles = '{}'));
CREATE FUNCTION principal_stays_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'principal % was erased', OLD.id USING ERRCODE = 'GH078';
END $$;
-- Named so that it comes before what asks for a decision.
CREATE TRIGGER erased_stays BEFORE UPDATE ON principal FOR EACH ROW
  WHEN (OLD.erased_at IS NOT NULL) EXECUTE FUNCTION principal_stays_erased();

-- Who holds which role, since when and by which decision: kept with every change of roles, whoever makes it.
CREATE FUNCTION principal_roles_kept() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public AS $$
DECLARE held record;
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND NEW.id IS DISTINCT FROM OLD.id) THEN
    DELETE FROM principal_role WHERE principal_id = OLD.id;
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN NULL;
  END IF;
  DELETE FROM principal_role WHERE principal_id = NEW.id
    AND NOT role = ANY (CASE WHEN custom THEN NEW.custom_roles ELSE NEW.roles END);
  SELECT id, action, actor INTO held FROM decision WHERE id = NEW.decision_id;
  INSERT INTO principal_role (principal_id, tenant_id, role, custom, action, given_by, given_under)
  SELECT NEW.id, NEW.tenant_id, given.role, given.custom, held.action, held.actor, held.id
  FROM (SELECT unnest(NEW.roles), false UNION SELECT unnest(NEW.custom_roles), true) AS given (role, custom)
  ON CONFLICT DO NOTHING;
  RETURN NULL;
END $$;
CREATE TRIGGER roles_kept AFTER INSERT OR DELETE OR UPDATE OF roles, custom_roles ON principal
  FOR EACH ROW EXECUTE FUNCTION principal_roles_kept();
-- Of roles that are there already it is known since when where nothing about their holder was changed.
INSERT INTO principal_role (principal_id, tenant_id, role, custom, since, action, given_by, given_under)
SELECT p.id, p.tenant_id, given.role, given.custom, CASE WHEN p.version = 1 THEN p.created_at END, d.action, d.actor, d.id
FROM principal p
CROSS JOIN LATERAL (SELECT unnest(p.roles), false UNION SELECT unnest(p.custom_roles), true) AS given (role, custom)
LEFT JOIN decision d ON d.id = p.decision_id AND p.version = 1;
ALTER TABLE principal_role ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON principal_role TO gatehouse_reader;
CREATE POLICY own_tenant ON principal_role FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- That a key was used is a record.
ALTER TABLE api_key_use ENABLE ROW LEVEL SECURITY;
GRANT SELECT (key_id), INSERT, UPDATE ON api_key_use TO gatehouse_records;
CREATE POLICY recorder ON api_key_use TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON api_key_use TO gatehouse_reader;
CREATE POLICY own_tenant ON api_key_use FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- ── erasing a person ────────────────────────────────────────────────────────────────────────────────────────────────

-- A text as words alone, so that Ada is not found in Adam, nor in the digits of an id.
CREATE FUNCTION as_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT ' ' || lower(regexp_replace(said, '[^[:alnum:]]+', ' ', 'g')) || ' ' $$;
CREATE FUNCTION mentions(said text, words text[]) RETURNS boolean LANGUAGE sql STABLE SET search_path = public AS
$$ SELECT EXISTS (SELECT FROM unnest(words) AS word WHERE position(as_words(word) IN as_words(said)) > 0) $$;

-- What records and other organisations' rows hold of a person, under the decision that lets this person be erased and in its
-- transaction. `stub` is the id that their row has afterwards. Gives how many sessions ended.
CREATE FUNCTION erase_traces(person uuid, stub uuid) RETURNS int
  LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public AS $$
DECLARE
  current_decision uuid := nullif(current_setting('gatehouse.decision', true), '')::uuid;
  subject principal;
  words text[];
  ended int;
BEGIN
  SELECT * INTO subject FROM principal WHERE id = person FOR UPDATE;
  PERFORM FROM decision WHERE id = current_decision AND action = 'person.erase' AND outcome = 'allow'
    AND resource_id = subject.pseudonym AND tenant_id = subject.tenant_id AND expires_at > clock_timestamp();
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no decision lets this person be erased' USING ERRCODE = 'GH006';
  END IF;
  -- All that calls them by name, wherever it is said.
  SELECT array_agg(DISTINCT word) INTO words FROM (
    SELECT unnest(ARRAY[subject.name, subject.email])
    UNION ALL
    SELECT unnest(ARRAY[user_name, external_id, attributes->>'displayName', attributes->>'nickName',
      attributes->'name'->>'formatted']) FROM scim_user WHERE principal_id = person
    UNION ALL
    SELECT address->>'value' FROM scim_user, jsonb_path_query(attributes, '$.emails[*]') AS address WHERE principal_id = person
    UNION ALL
    SELECT unnest(ARRAY[email, name]) FROM invitation WHERE principal_id = person
  ) AS said (word) WHERE word ~ '[[:alnum:]]';
  words := coalesce(words, '{}');

  SELECT count(*) INTO ended FROM session WHERE principal_id = person AND ended_at IS NULL;
  DELETE FROM sign_in_grant WHERE session_id IN (SELECT id FROM session WHERE principal_id = person);
  DELETE FROM sign_in_attempt WHERE session_id IN (SELECT id FROM session WHERE principal_id = person);
  DELETE FROM session WHERE principal_id = person;
  DELETE FROM recovery_code_use WHERE code_id IN (SELECT id FROM recovery_code WHERE principal_id = person);
  DELETE FROM passkey_use WHERE passkey_id IN (SELECT id FROM passkey WHERE principal_id = person);
  DELETE FROM totp_use WHERE principal_id = person;
  DELETE FROM local_sign_in WHERE principal_id = person;
  -- What a brake held off was agreed to by people: the list stays, without who it was.
  UPDATE scim_brake_change SET principal_id = stub, name = 'Erased', path = '/Users', decision_id = current_decision
    WHERE principal_id = person;
  DELETE FROM api_key_use WHERE key_id IN (SELECT id FROM api_key WHERE principal_id = person);
  -- What an extension answered to them is kept for them alone; a call that runs is let end.
  DELETE FROM kept_call WHERE caller = subject.pseudonym AND state <> 'running';
  UPDATE kept_call SET expires_at = now() WHERE caller = subject.pseudonym;
  -- Mail to them, and what was said about them and has been delivered.
  DELETE FROM outbox WHERE payload->>'principal_id' = person::text
    OR (delivered_at IS NOT NULL AND mentions(payload::text, words));
  UPDATE scim_log SET
    detail = CASE WHEN resource_id = person::text OR mentions(detail, words) THEN NULL ELSE detail END,
    effects = (
      SELECT coalesce(jsonb_agg(CASE
        WHEN effect->'resource'->>'id' = person::text OR mentions(concat_ws(' | ', effect->'resource'->>'display', effect->>'detail'), words)
          THEN jsonb_set(effect - 'detail', '{resource,display}', '"erased"')
        ELSE effect END ORDER BY place), '[]')
      FROM jsonb_array_elements(effects) WITH ORDINALITY AS listed (effect, place))
  WHERE tenant_id = subject.tenant_id AND (resource_id = person::text OR mentions(detail, words) OR mentions(effects::text, words)
    OR effects @> jsonb_build_array(jsonb_build_object('resource', jsonb_build_object('id', person::text))));
  -- Votes and consents stay, as theirs who is named by the pseudonym; some are of other organisations.
  UPDATE approval_vote SET principal_id = stub, decision_id = current_decision WHERE principal_id = person;
  UPDATE install_consent SET given_by = stub, decision_id = current_decision WHERE given_by = person;
  RETURN ended;
END $$;
REVOKE EXECUTE ON FUNCTION erase_traces(uuid, uuid), mentions(text, text[]), as_words(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase_traces(uuid, uuid) TO gatehouse_governed;
