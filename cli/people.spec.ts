import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from './testing/told-service.js'

const ME = `u_${'a'.repeat(32)}`
const OTHER = `u_${'b'.repeat(32)}`
const STRANGER = `u_${'c'.repeat(32)}`

const me = (scopes: string[]) => ({ pseudonym: ME, scopes, name: 'Ada', kind: 'user', tenant: null, roles: [] })
const ACTIVATIONS = [ME, OTHER, STRANGER].map((by, seq) => ({
  ...{ seq, at: '2026-11-26T09:00:00.000Z', kind: 'activation', revision: 'sha256:d', by, reason: 'agreed' },
}))

let service: ToldService
let scopes: string[]
beforeEach(async () => {
  service = await ToldService.start()
  scopes = ['people:read']
  service.reply = ({ request }) => {
    if (request.includes('whoami')) return { body: me(scopes) }
    if (request.includes('people')) return { body: { items: [{ pseudonym: OTHER, name: 'Grace' }], next_cursor: null } }
    return { body: { activations: ACTIVATIONS } }
  }
})
afterEach(() => service.stop())

const people = () => service.asked.filter(({ request }) => request.includes('/v1/people'))

describe('people in what a command says', () => {
  it('are you, their names, or pseudonyms', async () => {
    const { stdout } = await service.gatehouse('policy', 'history')
    expect(stdout).toMatch(/sha256:d +you +agreed/)
    expect(stdout).toMatch(/sha256:d +Grace +agreed/)
    expect(stdout).toContain(`${STRANGER}  agreed`)
    const ends = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.length)
    expect(new Set(ends.slice(1)).size).toBe(1)
  })

  it('are not read by who may not read them: that would go on record', async () => {
    scopes = []
    const { stdout } = await service.gatehouse('policy', 'history')
    expect(stdout).toMatch(/ you +agreed/)
    expect(stdout).toContain(OTHER)
    expect(people()).toEqual([])
  })

  it('stay pseudonyms for programs', async () => {
    const { stdout } = await service.gatehouse('policy', 'history', '--json')
    expect(JSON.parse(stdout)).toEqual({ activations: ACTIVATIONS })
    expect(service.asked).toHaveLength(1)
  })
})
