import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { actorOf, killFacts } from '../gate/testing/test-gate.js'
import { KillJournal, type JournalledOrder } from './kill-journal.js'

const TENANT = '0198c0de-0000-7000-8000-00000000000a'
const [A, B] = ['0198c0de-0000-7000-8000-0000000000a1', '0198c0de-0000-7000-8000-0000000000b1'] as const
const entry = (id: string): JournalledOrder => ({
  order: {
    id,
    scope: 'tenant',
    target: TENANT,
    tenantId: TENANT,
    publisherId: null,
    listedBy: TENANT,
    reason: 'leak',
    engagedBy: 'u_1',
  },
  facts: killFacts(actorOf(TENANT)),
  about: { correlationId: 'c', tenantId: TENANT },
  engagedAt: '2026-11-21T00:00:00.000Z',
})

let parent: string
let journal: KillJournal
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'gatehouse-journal-'))
  journal = new KillJournal(join(parent, 'journal'))
})
afterEach(() => rm(parent, { recursive: true, force: true }))

describe('KillJournal', () => {
  it('is empty before anything was kept', async () => {
    expect(await journal.entries()).toEqual([])
  })

  it('gives back what was kept, oldest first, until it is dropped', async () => {
    await journal.keep(entry(B))
    await journal.keep(entry(A))
    expect(await journal.entries()).toEqual([entry(A), entry(B)])
    await journal.drop(A)
    expect(await journal.entries()).toEqual([entry(B)])
    expect((await stat(join(parent, 'journal', `${B}.json`))).mode & 0o777).toBe(0o600)
  })

  it('keeps for people what the gate refused', async () => {
    await journal.keep(entry(A))
    await journal.setAside(A)
    expect(await journal.entries()).toEqual([])
    expect(await readdir(join(parent, 'journal'))).toEqual([`${A}.json.refused`])
  })

  it('is read whole or not at all', async () => {
    await journal.keep(entry(A))
    await writeFile(join(parent, 'journal', 'c.json'), '{"order":')
    await expect(journal.entries()).rejects.toThrow(SyntaxError)
    await writeFile(join(parent, 'journal', 'c.json'), '{"order":{}}')
    await expect(journal.entries()).rejects.toThrow('tenantId')
  })
})
