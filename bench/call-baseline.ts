import { randomBytes, randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import Fastify from 'fastify'
import { Client, Pool } from 'pg'

/** A bare route: parses what it gets, inserts one row, answers. */
export interface Baseline {
  readonly port: number
  close(): Promise<void>
}

interface BaselineOptions {
  readonly ownerUrl: string
  readonly connections: number
  /** Bytes of the row it inserts. */
  readonly rowBytes: number
  readonly answer: string
}

/** Starts the bare route on a free port of loopback, with a table of its own. */
export const startBaseline = async (options: BaselineOptions): Promise<Baseline> => {
  const owner = new Client({ connectionString: options.ownerUrl })
  await owner.connect()
  await owner.query('CREATE TABLE bench_row (id uuid PRIMARY KEY, body bytea NOT NULL, at timestamptz NOT NULL)')
  await owner.end()
  const pool = new Pool({ connectionString: options.ownerUrl, max: options.connections })
  const body = randomBytes(options.rowBytes)
  const fastify = Fastify()
  fastify.post('/call', async (_request, reply) => {
    const values = [randomUUID(), body]
    await pool.query({ name: 'bench_row', text: 'INSERT INTO bench_row VALUES ($1, $2, now())', values })
    return reply.type('application/json').send(options.answer)
  })
  await fastify.listen({ port: 0, host: '127.0.0.1' })
  return {
    port: (fastify.server.address() as AddressInfo).port,
    close: async () => {
      await fastify.close()
      await pool.end()
    },
  }
}
