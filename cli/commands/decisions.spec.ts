import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { ToldService } from '../testing/told-service.js'

const ID = '0198c0de-0000-7000-8000-000000000001'
const decision = {
  ...{ id: ID, at: '2026-01-31T09:30:00.000Z', tenant: ID, gate: 'install', action: 'install.create', outcome: 'deny' },
  ...{ decided_by: 'policy', cause: null, actor: 'u_1', resource: null, extension: null, install_id: null },
  ...{ execution_id: null, correlation_id: null, reasons: ['install.yanked'], rules: ['install.yanked'] },
  ...{ revision: null, count: 1 },
}

let service: ToldService
beforeEach(async () => {
  service = await ToldService.start()
})
afterEach(() => service.stop())

describe('gatehouse decisions list', () => {
  it('asks for every fact by the name that the API has for it', async () => {
    service.tell({ items: [decision], next_cursor: null })
    const flags = ['--outcome', 'deny', '--reason', 'install.yanked', '--decided-by', 'policy', '--limit', '5']
    const { stdout, code } = await service.gatehouse('decisions', 'list', ...flags)
    expect(code).toBe(0)
    const asked = new URL(service.asked[0]!.request.slice('GET '.length), 'http://x').searchParams
    expect(Object.fromEntries(asked)).toEqual({
      ...{ outcome: 'deny', reason: 'install.yanked', decided_by: 'policy', limit: '5' },
    })
    expect(stdout).toMatch(new RegExp(`${ID} +\\S+ +install\\.create +deny +install\\.yanked`))
  })

  it('gives the page as it came, with --json', async () => {
    service.tell({ items: [decision], next_cursor: 'more' })
    const { stdout } = await service.gatehouse('--json', 'decisions', 'list')
    expect(JSON.parse(stdout)).toEqual({ items: [decision], next_cursor: 'more' })
  })

  it('names in its help the values of a filter, where they are few', async () => {
    const { stdout } = await service.gatehouse('decisions', 'list', '--help')
    expect(stdout).toMatch(/--decided-by <decided_by> +policy, kill, floor, unavailable\n/)
    expect(stdout).toMatch(/--cause <cause> +why no decision could be made\n/)
    expect(stdout).toMatch(/--action <action> +only of this action\n/)
  })
})

describe('gatehouse decisions export', () => {
  it('writes lines as they come, and tells the cursor to go on with', async () => {
    const lines = `${JSON.stringify(decision)}\n`
    service.answers = [{ headers: { 'content-type': 'application/jsonl', 'gatehouse-next-cursor': 'c7' }, body: lines }]
    const { stdout, stderr, code } = await service.gatehouse('decisions', 'export', '--format', 'opa', '--after', 'c6')
    expect({ stdout, code }).toEqual({ stdout: lines, code: 0 })
    expect(stderr).toContain('cursor c7')
    expect(service.asked[0]!.request).toMatch(/^GET \/v1\/decisions\/export\?.*format=opa/)
    expect(service.asked[0]!.request).toContain('after=c6')
  })
})

describe('gatehouse decisions replay', () => {
  it('ends with 1 where the bytes are others', async () => {
    service.tell({ decision_id: ID, equal: false, expected_digest: 'sha256:a', actual_digest: 'sha256:b' })
    const { stdout, code } = await service.gatehouse('decisions', 'replay', ID)
    expect(code).toBe(1)
    expect(stdout).toContain('Different: recorded sha256:a, now sha256:b')
  })
})

describe('the moments between which decisions were made', () => {
  it('may be days or how long ago', async () => {
    service.tell({ items: [], next_cursor: null })
    await service.gatehouse('decisions', 'list', '--since', '1h', '--until', '2026-01-31')
    const asked = new URL(service.asked[0]!.request.slice('GET '.length), 'http://x').searchParams
    expect(asked.get('until')).toBe('2026-01-31T00:00:00Z')
    const ago = Date.now() - Date.parse(asked.get('since')!)
    expect(ago).toBeGreaterThanOrEqual(3_600_000)
    expect(ago).toBeLessThan(3_700_000)
  })
})
