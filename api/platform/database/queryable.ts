import type { QueryConfig, QueryResult, QueryResultRow } from 'pg'

/** What can be asked: an open transaction, or a pool. Values are bound, never spliced into the text. */
export interface Queryable {
  query<Row extends QueryResultRow = QueryResultRow>(
    statement: string | QueryConfig,
    values?: unknown[],
  ): Promise<QueryResult<Row>>
}
