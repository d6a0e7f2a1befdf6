import { randomUUID } from 'node:crypto'
import { Client, Pool } from 'pg'

const TABLE = `CREATE TABLE bench_user (id uuid PRIMARY KEY, name text NOT NULL UNIQUE, body jsonb NOT NULL, at timestamptz NOT NULL DEFAULT now())`

/** People that PostgreSQL alone takes in a second: one row each in a transaction, over so many connections; and by the hundred. */
export const rawPerSecond = async (
  ownerUrl: string,
  { connections, body, milliseconds }: { connections: number; body: object; milliseconds: number },
) => {
  const owner = new Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query(TABLE)
  const pool = new Pool({ connectionString: ownerUrl, max: connections })
  const measured = async (rows: number): Promise<number> => {
    const start = performance.now()
    let added = 0
    const line = async (): Promise<void> => {
      while (performance.now() - start < milliseconds) {
        const ids = Array.from({ length: rows }, () => randomUUID())
        await pool.query({
          name: 'bench_user',
          text: 'INSERT INTO bench_user (id, name, body) SELECT id, id::text, $2 FROM unnest($1::uuid[]) AS new(id)',
          values: [ids, JSON.stringify(body)],
        })
        added += rows
      }
    }
    await Promise.all(Array.from({ length: connections }, line))
    return added / ((performance.now() - start) / 1_000)
  }
  try {
    return { single: await measured(1), hundred: await measured(100) }
  } finally {
    await pool.end()
    await owner.query('DROP TABLE bench_user')
    await owner.end()
  }
}
