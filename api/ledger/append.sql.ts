import type { DecisionEntry } from './decision-entry.js'
import { BYTEA, TEXT, UUID, binaryArray } from './binary-array.rules.js'
import { DECISION_COLUMNS } from './decision.columns.js'
import type { LedgerRow } from './entry.js'

const names = DECISION_COLUMNS.map(({ name }) => name)
const parameters = DECISION_COLUMNS.map(({ type }, at) => `$${at + 1}::${type}`)
const elements = names.map((_, at) => `e${at}`)
const values = DECISION_COLUMNS.map(({ from }, at) => (from ? from(`e${at}`) : `e${at}`))
const entryParameters = ['uuid[]', 'text[]', 'bytea[]', 'bytea[]'].map(
  (type, at) => `$${names.length + at + 1}::${type}`,
)

/** Decisions and their ledger entries in one statement, hence in one transaction: neither is ever there without the other. */
const APPEND = `
  WITH decided AS (
    INSERT INTO decision (${names.join(', ')})
    SELECT ${values.join(', ')} FROM unnest(${parameters.join(', ')}) AS row(${elements.join(', ')})
  )
  INSERT INTO ledger_entry (id, kind, leaf_hash, body)
  SELECT * FROM unnest(${entryParameters.join(', ')})`

/** Rows of one flush as one prepared statement with binary arrays. Raises TypeError where an id is not a UUID. */
export const appendStatement = (rows: readonly LedgerRow[]): { name: string; text: string; values: Buffer[] } => {
  const decisions = rows
    .map(({ decision }) => decision)
    .filter((decision): decision is DecisionEntry => decision !== null)
  return {
    name: 'ledger.append',
    text: APPEND,
    values: [
      ...DECISION_COLUMNS.map(({ encode }) => encode(decisions)),
      binaryArray(
        UUID,
        rows.map(({ id }) => id),
      ),
      binaryArray(
        TEXT,
        rows.map(({ kind }) => kind),
      ),
      binaryArray(
        BYTEA,
        rows.map((row) => row.leaf_hash),
      ),
      binaryArray(
        BYTEA,
        rows.map(({ body }) => body),
      ),
    ],
  }
}
