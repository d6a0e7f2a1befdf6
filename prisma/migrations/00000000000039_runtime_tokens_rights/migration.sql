-- A runtime token is governed. Old ones of an install go when the next one is minted, and all of them with the install.
CREATE TRIGGER governed BEFORE INSERT OR UPDATE OR DELETE ON runtime_token FOR EACH ROW EXECUTE FUNCTION governed_write();
ALTER TABLE runtime_token ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON runtime_token TO gatehouse_reader;
GRANT SELECT, INSERT, UPDATE, DELETE ON runtime_token TO gatehouse_governed;
CREATE POLICY own_tenant ON runtime_token TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
ALTER TABLE runtime_token ADD CONSTRAINT runtime_token_life CHECK (expires_at <= created_at + interval '1 hour 1 minute');

-- That one was used is a record.
ALTER TABLE runtime_token_use ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE ON runtime_token_use TO gatehouse_records;
CREATE POLICY recorder ON runtime_token_use TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON runtime_token_use TO gatehouse_reader, gatehouse_governed;
CREATE POLICY own_tenant ON runtime_token_use FOR SELECT TO gatehouse_reader, gatehouse_governed
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));

-- Deliveries of events are records. They go with their install.
ALTER TABLE extension_event_delivery ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT, UPDATE, DELETE ON extension_event_delivery TO gatehouse_records;
CREATE POLICY recorder ON extension_event_delivery TO gatehouse_records USING (true) WITH CHECK (true);
GRANT SELECT ON extension_event_delivery TO gatehouse_reader;
CREATE POLICY own_tenant ON extension_event_delivery FOR SELECT TO gatehouse_reader
  USING ((SELECT scope_is_platform()) OR tenant_id = (SELECT scope_tenant()));
GRANT SELECT, DELETE ON extension_event_delivery TO gatehouse_governed;
CREATE POLICY uninstall ON extension_event_delivery TO gatehouse_governed USING (tenant_id = (SELECT scope_tenant()));
ALTER TABLE extension_event_delivery ADD CONSTRAINT extension_event_delivery_state CHECK (state IN ('waiting', 'delivered', 'dead'));
CREATE INDEX extension_event_subscription_type ON extension_event_subscription (tenant_id, event_type);

-- Whoever delivers reads them, and old events and metrics go in batches.
GRANT SELECT, DELETE ON extension_event TO gatehouse_records;
CREATE POLICY recorder ON extension_event FOR SELECT TO gatehouse_records USING (true);
CREATE POLICY retention ON extension_event FOR DELETE TO gatehouse_records USING (true);
GRANT DELETE ON extension_metric TO gatehouse_records;
CREATE INDEX extension_event_at ON extension_event (at);
CREATE INDEX extension_metric_period ON extension_metric (period);
GRANT SELECT (tenant_id, install_id, event_type) ON extension_event_subscription TO gatehouse_records;
CREATE POLICY recorder ON extension_event_subscription FOR SELECT TO gatehouse_records USING (true);
