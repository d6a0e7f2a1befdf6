import { serialize } from 'node:v8'
import { beforeAll, describe, expect, it } from '@jest/globals'
import type { Artifact } from '../admission/artifact.js'
import { digestOf } from '../digest.js'
import { detectWall } from '../launcher/probe.js'
import { SlotPool } from '../slots/slot-pool.js'
import { artifactOfSource, HostFake, jobFor } from '../testing/slot-fixture.js'
import { openArtifact } from './open-component.js'
import { ScriptBuild, ScriptFailed, LINES_BEFORE_SCRIPT } from './script-build.js'

const MINUTE = 60_000
const CAPABILITIES = ['log', 'kv']
const BODY = `
let calls = 0
const greeting = ['hello', 'ünïcode ☃'].join(' ')
const table = Array.from({ length: 2000 }, (_, at) => at * at)
const handle = (request) => {
  calls += 1
  log.write('info', request.path)
  kv.set('last', new Uint8Array([calls]))
  const text = JSON.stringify({ calls, greeting, at: table[1999], path: request.path })
  return { status: 200, headers: [['content-type', 'application/json']], body: Uint8Array.from(unescape(encodeURIComponent(text)), (c) => c.charCodeAt(0)) }
}
`
const AS_SCRIPT = `const log = require('gatehouse:extension/log@0.1.0')\nconst kv = require('gatehouse:extension/kv@0.1.0')\n${BODY}\nexports.handle = handle`
const AS_MODULE = `import * as log from 'gatehouse:extension/log@0.1.0'\nimport * as kv from 'gatehouse:extension/kv@0.1.0'\n${BODY}\nexport { handle }`

const failure = (build: () => unknown): ScriptFailed => {
  try {
    build()
  } catch (error) {
    if (error instanceof ScriptFailed) return error
    throw error
  }
  throw new Error('it loaded')
}

describe('a script build', () => {
  let builder: ScriptBuild
  beforeAll(async () => {
    builder = await ScriptBuild.prepare({ capabilities: CAPABILITIES, maxMemoryPages: 1024 })
  }, 2 * MINUTE)

  const answers = async (pool: SlotPool, artifact: Artifact) => {
    const host = new HostFake()
    const results = []
    for (const path of ['/first', '/second']) results.push(await pool.execute(jobFor(artifact, path), host))
    const said = results.map(({ outcome, response }) => ({ outcome, ...response, body: String(response?.body) }))
    return { said, asked: host.asked, posted: host.posted, stored: [...host.store] }
  }

  it(
    'answers in a slot as the whole build does, each call from the same start',
    async () => {
      const whole = await artifactOfSource({ js: AS_MODULE }, CAPABILITIES)
      const quick = builder.build(AS_SCRIPT)
      const known = new Map([whole, quick].map((artifact) => [artifact.digest, artifact]))
      const wall = (await detectWall()).kind
      const pool = new SlotPool({ size: 2, wall, readArtifact: async ({ digest }) => known.get(digest)! })
      try {
        const [expected, found] = [await answers(pool, whole), await answers(pool, quick)]
        expect(found).toEqual(expected)
        expect(found.said.map(({ outcome }) => outcome)).toEqual(['ok', 'ok'])
        expect(found.stored).toEqual([['last', Uint8Array.from([1])]])
      } finally {
        await pool.close()
      }
    },
    2 * MINUTE,
  )

  it('gives the same artifact for the same script and another for another', () => {
    expect(builder.build(AS_SCRIPT).digest).toBe(builder.build(AS_SCRIPT).digest)
    expect(builder.build(`${AS_SCRIPT}\n`).digest).not.toBe(builder.build(AS_SCRIPT).digest)
  })

  it('starts every instance from the same state', async () => {
    const states: string[] = []
    for (let round = 0; round < 2; round += 1) {
      const open = await openArtifact(builder.build(AS_SCRIPT))
      for (const instance of [open(), open()]) states.push(digestOf(serialize(instance.state())))
    }
    expect(new Set(states).size).toBe(1)
  })

  it('says what is wrong and on which line', () => {
    const thrown = failure(() => builder.build(`const fine = 1\n\nthrow new TypeError('no ' + fine)`))
    expect(thrown.message).toBe('TypeError: no 1')
    expect(thrown.scriptStack).toMatch(new RegExp(`:${3 + LINES_BEFORE_SCRIPT}:`))
    expect(failure(() => builder.build('const a = 1')).message).toContain('exports no function handle')
    expect(failure(() => builder.build(`require('node:fs')`)).message).toContain('There is no module node:fs')
  })

  it('refuses a host call before there is a request, and a script without an end', () => {
    const early = `require('gatehouse:extension/kv@0.1.0').get('key'); exports.handle = () => null`
    expect(failure(() => builder.build(early)).message).toContain('move it into handle')
    expect(failure(() => builder.build('for (;;) {}')).message).toContain('never ends')
  })
})
