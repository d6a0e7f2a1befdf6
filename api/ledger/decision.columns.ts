import { BYTEA, INT4, INT8, TEXT, TIMESTAMPTZ, UUID, binaryArray } from './binary-array.rules.js'
import type { DecisionEntry } from './decision-entry.js'

interface Column {
  readonly name: keyof DecisionEntry
  /** Type of the parameter: an array with one element a row. */
  readonly type: string
  readonly encode: (rows: readonly DecisionEntry[]) => Buffer
  /** Turns the element into the column's value where that is not the element itself. */
  readonly from?: (element: string) => string
}

type NameOf<T> = { [K in keyof DecisionEntry]: DecisionEntry[K] extends T ? K : never }[keyof DecisionEntry]

const uuid = (name: NameOf<string | null>): Column => ({
  name,
  type: 'uuid[]',
  encode: (rows) =>
    binaryArray(
      UUID,
      rows.map((row) => row[name]),
    ),
})
const text = (name: NameOf<string | null>): Column => ({
  name,
  type: 'text[]',
  encode: (rows) =>
    binaryArray(
      TEXT,
      rows.map((row) => row[name]),
    ),
})
const bytes = (name: NameOf<Uint8Array | null>): Column => ({
  name,
  type: 'bytea[]',
  encode: (rows) =>
    binaryArray(
      BYTEA,
      rows.map((row) => row[name]),
    ),
})
const moment = (name: NameOf<number>): Column => ({
  name,
  type: 'timestamptz[]',
  encode: (rows) =>
    binaryArray(
      TIMESTAMPTZ,
      rows.map((row) => row[name]),
    ),
})
/** An array of arrays would be flattened by `unnest`; ids have no comma, so a list travels joined by it. */
const ids = (name: NameOf<readonly string[]>): Column => ({
  name,
  type: 'text[]',
  encode: (rows) =>
    binaryArray(
      TEXT,
      rows.map((row) => row[name].join(',')),
    ),
  from: (element) => `string_to_array(${element}, ',')`,
})

/** Every column of table `decision` with the way its values travel. */
export const DECISION_COLUMNS: readonly Column[] = [
  uuid('id'),
  uuid('tenant_id'),
  uuid('workspace_id'),
  uuid('publisher_id'),
  text('instance'),
  text('gate'),
  text('action'),
  text('outcome'),
  text('decided_by'),
  text('cause'),
  text('actor'),
  text('resource_kind'),
  text('resource_id'),
  text('extension'),
  uuid('install_id'),
  uuid('execution_id'),
  ids('reasons'),
  ids('rules'),
  text('revision'),
  text('engine'),
  text('tenant_module'),
  bytes('input'),
  bytes('answer'),
  text('input_digest'),
  {
    name: 'fuel',
    type: 'bigint[]',
    encode: (rows) =>
      binaryArray(
        INT8,
        rows.map((row) => row.fuel),
      ),
  },
  {
    name: 'count',
    type: 'int[]',
    encode: (rows) =>
      binaryArray(
        INT4,
        rows.map((row) => row.count),
      ),
  },
  text('correlation_id'),
  moment('at'),
  moment('expires_at'),
]
