import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { EXPORT_SECTIONS } from '#contract/api/organisation-export.js'
import { ToldService, type Asked, type Told } from '../testing/told-service.js'

const ID = '01990000-0000-7000-8000-00000000000b'
const TENANT = { id: ID, slug: 'acme', name: 'Acme', status: 'active', suspended_because: null, version: 1 }

/** A service with two people on two pages, and nothing in the other sections; `fails` at a cursor. */
const replyOf =
  (fails?: string) =>
  ({ request }: Asked): Told => {
    const url = new URL(request.split(' ')[1]!, 'http://x')
    if (url.pathname === '/v1/tenants') return { body: { items: [TENANT], next_cursor: null } }
    const cursor = url.searchParams.get('cursor') ?? 'organisation'
    if (cursor === fails) return { status: 500, body: { status: 500, code: 'internal', title: 'It broke' } }
    const section = cursor === 'people2' ? 'people' : cursor
    const after = EXPORT_SECTIONS[EXPORT_SECTIONS.indexOf(section as never) + 1] ?? null
    const rows = section === 'people' ? [{ id: cursor, name: 'Ana\nB' }] : []
    return { body: { section, rows, next_cursor: cursor === 'people' ? 'people2' : after } }
  }

let service: ToldService
let folder: string
let file: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-export-'))
  file = join(folder, 'acme.jsonl')
  service = await ToldService.start()
  service.reply = replyOf()
})
afterEach(async () => {
  await service.stop()
  rmSync(folder, { recursive: true, force: true })
})

const check = async () => {
  const ran = await service.gatehouse('organisations', 'check-export', file, '--json')
  return { code: ran.code, ...(JSON.parse(ran.stdout) as { rows: Record<string, number>; faults: string[] }) }
}

describe('gatehouse organisations export', () => {
  it('writes a file that is whole by its own digests, and the same to where the output goes', async () => {
    const ran = await service.gatehouse('organisations', 'export', 'acme', '--to', file)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(await check()).toMatchObject({ code: 0, organisation: ID, faults: [], rows: { people: 2, decisions: 0 } })
    const streamed = await service.gatehouse('organisations', 'export', 'acme')
    const timeless = (text: string) => text.split('\n').slice(1, -2)
    expect(timeless(streamed.stdout)).toEqual(timeless(readFileSync(file, 'utf8')))
  })

  it('goes on where it broke off, and comes to the same rows', async () => {
    service.reply = replyOf('people2')
    const broken = await service.gatehouse('organisations', 'export', 'acme', '--to', file)
    expect(broken.code).toBe(1)
    expect((await check()).faults).toContain('it has no manifest: it is not whole')
    // As a crash leaves it: half a line.
    writeFileSync(file, '{"section":"people","row":{"id', { flag: 'a' })
    service.reply = replyOf()
    const before = service.asked.length
    const ran = await service.gatehouse('organisations', 'export', 'acme', '--resume', file)
    expect(ran).toMatchObject({ code: 0, stderr: '' })
    expect(service.asked[before + 1]!.request).toContain('cursor=people2')
    expect(await check()).toMatchObject({ code: 0, faults: [], rows: { people: 2 } })
  })

  it('takes no file that is there, is whole, or is of another organisation', async () => {
    const to = (...flags: string[]) => service.gatehouse('organisations', 'export', 'acme', ...flags)
    await to('--to', file)
    for (const [flags, said] of [
      [['--to', file], 'cannot be written'],
      [['--resume', file], 'it is whole already'],
      [['--to', file, '--resume', file], 'name one of'],
    ] as const) {
      const ran = await to(...flags)
      expect([ran.code, ran.stderr]).toEqual([2, expect.stringContaining(said)])
    }
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(ID, ID.replace('b', 'c')))
    expect((await to('--resume', file)).stderr).toContain('of the organisation 0')
  })

  it.each([
    ['a row that is changed', (text: string) => text.replace('Ana', 'Eve'), 'section people'],
    ['a row that is gone', (text: string) => text.replace(/\{"section":"people","row".*\n/, ''), 'section people'],
    ['its end cut off', (text: string) => text.slice(0, text.indexOf('{"manifest"')), 'it has no manifest'],
    ['something after its end', (text: string) => `${text}${text}`, 'comes after the manifest'],
    ['no archive at all', () => 'hello\n', 'line 1 is none of an archive'],
  ])('is held against its digests: %s', async (_what, change, fault) => {
    await service.gatehouse('organisations', 'export', 'acme', '--to', file)
    writeFileSync(file, change(readFileSync(file, 'utf8')))
    const found = await check()
    expect(found.code).toBe(1)
    expect(found.faults.join('\n')).toContain(fault)
  })
})
