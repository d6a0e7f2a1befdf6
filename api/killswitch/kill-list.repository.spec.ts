import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { Client } from 'pg'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { KillListRepository } from './kill-list.repository.js'

let postgres: TestDatabase
let owner: Client
let list: KillListRepository
let stops: (() => void)[]

beforeEach(async () => {
  stops = []
  postgres = await testDatabase()
  owner = await postgres.owner()
  list = new KillListRepository(postgres.database.records)
}, 60_000)
afterEach(async () => {
  for (const stop of stops) stop()
  await postgres.drop()
})

/** Listens; gives promises of the first notice and of the end of the connection. */
const listening = async () => {
  const { promise: noticed, resolve: onNotice } = Promise.withResolvers<void>()
  const { promise: lost, resolve: onLost } = Promise.withResolvers<void>()
  stops.push(await list.listen(onNotice, onLost))
  return { noticed, lost }
}

describe('the kill list in PostgreSQL', () => {
  it('pushes what moved', async () => {
    const { noticed } = await listening()
    await owner.query(`SELECT pg_notify('gatehouse_kill', '1')`)
    await noticed
  })

  it('tells when the connection that listens is lost', async () => {
    const { lost } = await listening()
    // The same login: another one is not shown what it runs.
    const login = new Client({ connectionString: postgres.url })
    await login.connect()
    await login.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()`,
    )
    await lost
    await login.end()
  })

  it('gives the epoch, and the orders that stand, from one moment', async () => {
    expect(await list.list()).toEqual({ epoch: 0n, orders: [] })
    await owner.query('ALTER TABLE kill_order DISABLE TRIGGER governed')
    const insert = `INSERT INTO kill_order (id, tenant_id, scope, target, reason, engaged_by, decision_id, released_at)
      VALUES (gen_random_uuid(), gen_random_uuid(), 'extension', $1, 'x', 'u', gen_random_uuid(), $2)`
    await owner.query(insert, ['com.acme.one', null])
    await owner.query(insert, ['com.acme.two', new Date()])
    const { epoch, orders } = await list.list()
    expect(epoch).toBe(2n)
    expect(orders).toMatchObject([{ scope: 'extension', target: 'com.acme.one', epoch: 1n }])
  })

  it('keeps what each node has acknowledged, until the node stops', async () => {
    expect(await list.renew('a', 0n)).toEqual({ epoch: 0n, nodes: [] })
    await list.renew('b', 3n)
    expect((await list.renew('a', 1n)).nodes.toSorted((x, y) => x.localeCompare(y))).toEqual(['a', 'b'])
    expect((await list.nodes()).map(({ node, epoch }) => [node, epoch])).toEqual([
      ['a', 1n],
      ['b', 3n],
    ])
    await list.forget('a')
    expect((await list.nodes()).map(({ node }) => node)).toEqual(['b'])
  })

  it('names no node that was not heard of for long', async () => {
    await list.renew('old', 0n)
    await owner.query(`UPDATE node_lease SET renewed_at = now() - interval '2 minutes'`)
    expect(await list.nodes()).toEqual([])
    expect((await list.renew('new', 0n)).nodes).toEqual([])
  })
})
