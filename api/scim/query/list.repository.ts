import { hash } from 'node:crypto'
import type { Queryable } from '../../platform/database/queryable.js'
import type { SqlCondition } from '../protocol/filter/sql.js'

/** Where resources of a kind are read from. `from` and `columns` call the row `s`. */
export interface ListSource {
  /** The table alone, for counting. */
  readonly table: string
  readonly from: string
  readonly columns: string
  readonly id: string
}

/** What is read: rows of an organisation that fulfil a condition, whose parameters begin at $2. */
export interface ListPage {
  readonly tenantId: string
  readonly condition: SqlCondition | null
  readonly count: number
  /** SQL of a key to sort by; the id comes after it, and alone where there is none. */
  readonly sortKey: string | null
  readonly descending: boolean
  readonly offset: number
  /** Only what comes after this id. */
  readonly after: string | null
  /** It is asked again and again in the same words, so that PostgreSQL may keep its plan. */
  readonly usual: boolean
}

const whereOf = ({ condition }: Pick<ListPage, 'condition'>): string =>
  `s.tenant_id = $1${condition ? ` AND ${condition.text}` : ''}`

/** How many there are. */
export const countListed = async (tx: Queryable, { table }: ListSource, page: ListPage): Promise<number> =>
  (
    await tx.query<{ total: number }>(`SELECT count(*)::int AS total FROM ${table} s WHERE ${whereOf(page)}`, [
      page.tenantId,
      ...(page.condition?.values ?? []),
    ])
  ).rows[0]!.total

/** The rows of a page. */
export const readListed = async <Row extends object>(
  tx: Queryable,
  { from, columns, id }: ListSource,
  page: ListPage,
): Promise<Row[]> => {
  const values = [page.tenantId, ...(page.condition?.values ?? [])]
  const bind = (value: unknown): string => `$${values.push(value)}`
  const after = page.after === null ? '' : ` AND ${id} > ${bind(page.after)}::uuid`
  const direction = page.descending ? 'DESC' : 'ASC'
  const order = page.sortKey === null ? `${id} ${direction}` : `${page.sortKey} ${direction}, ${id} ${direction}`
  const text = `SELECT ${columns} FROM ${from} WHERE ${whereOf(page)}${after} ORDER BY ${order}
    LIMIT ${bind(page.count)} OFFSET ${bind(page.offset)}`
  const name = page.usual ? { name: `scim_list_${hash('sha256', text, 'base64url').slice(0, 32)}` } : {}
  const found = await tx.query<Row>({ ...name, text, values })
  return found.rows
}
