import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const NONE = { status: 404, body: { type: 'about:blank', title: 'none', status: 404, code: 'not_found' } }

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
  service.answers = [NONE]
})
afterEach(() => service.stop())

const add = (...args: string[]) =>
  service.gatehouse('lists', 'add', 'deny', '--extension', 'com.example.*', '--reason', 'not audited', ...args)
const entry = () =>
  (service.asked.at(-1)!.body as { document: { entries: Record<string, string>[] } }).document.entries[0]!

describe('gatehouse lists add', () => {
  it('takes a day as its first moment', async () => {
    await add('--from', '2027-01-01', '--until', '2027-01-31T09:30:00Z')
    expect(entry()).toEqual({
      ...{ effect: 'deny', extension: 'com.example.*', why: 'not audited' },
      ...{ from: '2027-01-01T00:00:00Z', until: '2027-01-31T09:30:00Z' },
    })
  })

  it('takes how long from now', async () => {
    await add('--until', '30d')
    expect(Date.parse(entry()['until']!)).toBeGreaterThan(Date.now() + 29 * 86_400_000)
  })

  it('says how to write a moment, before it asks for anything to be written', async () => {
    const { code, stderr } = await add('--until', 'tomorrow')
    expect(code).toBe(2)
    expect(stderr).toContain('--until tomorrow is no time: write 2026-01-31')
    expect(service.asked.filter(({ body }) => body !== undefined)).toEqual([])
  })
})
