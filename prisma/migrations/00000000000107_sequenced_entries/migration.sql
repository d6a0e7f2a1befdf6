-- DropIndex
DROP INDEX "ledger_entry_leaf_index_key";
