import { componentize, type ComponentizeOptions } from '@bytecodealliance/componentize-js'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { admit } from '../admission/admit.js'
import type { Artifact } from '../admission/artifact.js'
import { worldFor } from '../admission/world.js'
import { detectWall } from '../launcher/probe.js'
import { HostFake, jobFor } from '../testing/slot-fixture.js'
import { SlotPool } from './slot-pool.js'

const GUEST = `
let count = 0
const text = (value) => ({ status: 200, headers: [], body: new TextEncoder().encode(String(value)) })
const paths = {
  '/count': () => text(++count),
  '/print': () => { console.log('to stdout'); console.error('to stderr'); return text('printed') },
  '/random': () => text(Math.random()),
  '/sleep': async () => {
    const before = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 20))
    return text(Date.now() - before)
  },
}
export const handle = async ({ path }) => paths[path]()`
/** Building, admitting and starting twelve megabytes takes a while where others work too. */
const LONG_MS = 300_000

describe('a component that StarlingMonkey made', () => {
  let guest: Artifact
  let pool: SlotPool
  beforeAll(async () => {
    // Its types want a path also where the source is given.
    const build = { worldName: 'extension', disableFeatures: ['http', 'fetch-event'] } as ComponentizeOptions
    const { component } = await componentize(GUEST, worldFor(['log']), build)
    guest = await admit(component, { maxMemoryPages: 1024 })
    const { kind: wall } = await detectWall()
    pool = new SlotPool({ size: 1, wall, readArtifact: async () => guest })
  }, LONG_MS)
  afterAll(() => pool.close())
  const run = async (path: string, host = new HostFake()) => {
    const { outcome, response } = await pool.execute(jobFor(guest, path, { printsToLog: true }), host)
    return `${outcome} ${Buffer.from(response?.body ?? []).toString()}`
  }

  it(
    'runs, each call as if it were the first',
    async () => {
      expect(guest.record.wasi).toEqual(expect.arrayContaining(['wasi:filesystem/preopens@0.2.12']))
      expect([await run('/count'), await run('/count')]).toEqual(['ok 1', 'ok 1'])
      expect(await run('/random')).not.toBe(await run('/random'))
    },
    LONG_MS,
  )

  it(
    'prints to its log',
    async () => {
      const host = new HostFake()
      expect(await run('/print', host)).toBe('ok printed')
      expect(host.posted.map(([, { level, message }]) => [level, message])).toEqual([
        ['info', 'to stdout'],
        ['warn', 'to stderr'],
      ])
    },
    LONG_MS,
  )

  it(
    'waits for its timers',
    async () => {
      expect(await run('/sleep')).toMatch(/^ok 2\d$/)
    },
    LONG_MS,
  )
})
