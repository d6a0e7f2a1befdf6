-- No two leaves have one place. Entries that wait for theirs are left out: all of them stand under NULL otherwise, and each pass of
-- the sequencer leaves as many dead ones there, which every look for those that wait then reads again.
CREATE UNIQUE INDEX ledger_entry_leaf_index_key ON ledger_entry (leaf_index) WHERE leaf_index IS NOT NULL;
