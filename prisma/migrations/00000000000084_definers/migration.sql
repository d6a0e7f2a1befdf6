-- Functions that run as their owner look at no temporary table, whatever whoever calls them has made.
DO $$
DECLARE name regprocedure;
BEGIN
  FOR name IN SELECT oid::regprocedure FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace LOOP
    EXECUTE format('ALTER FUNCTION %s SET search_path = public, pg_temp', name);
  END LOOP;
END $$;
