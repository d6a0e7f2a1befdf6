-- No two leaves have one place. Entries that wait for theirs are left out: all of them stand under NULL otherwise, and each pass of
-- the sequencer leaves as many dead ones there, which every look for those that wait then reads again. The index over all
-- entries goes once this one is there. Decisions wait while it is built: some seconds for ten million leaves.
CREATE UNIQUE INDEX ledger_entry_placed ON ledger_entry (leaf_index) WHERE leaf_index IS NOT NULL;
