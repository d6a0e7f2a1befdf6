import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Artifact } from '../admission/artifact.js'
import { detectWall } from '../launcher/probe.js'
import { VERSATILE_JS } from '../testing/guests.js'
import { artifactOfSource, HostFake, jobFor } from '../testing/slot-fixture.js'
import type { FixedInputs } from './job.js'
import { Slot } from './slot.js'

describe('an invocation whose time and randomness are given', () => {
  let artifact: Artifact
  const slots: Slot[] = []
  beforeAll(async () => {
    const { kind } = await detectWall()
    artifact = await artifactOfSource({ js: VERSATILE_JS }, ['kv', 'log'])
    for (let each = 0; each < 2; each++) {
      const slot = await Slot.boot(kind)
      await slot.load(artifact)
      slots.push(slot)
    }
  }, 60_000)
  afterAll(() => slots.forEach((slot) => slot.end()))

  const seen = async (slot: Slot | undefined, fixed?: FixedInputs) => {
    const host = new HostFake()
    const result = await slot!.execute(jobFor(artifact, '/fixed', fixed && { fixed }), host)
    const body = Buffer.from(result!.response!.body).toString()
    return { body, fuel: result!.usage.fuel, stored: Buffer.from(host.store.get('drawn')!).toString('hex') }
  }
  const fixed = { nowMs: 1_700_000_000_123, seed: randomBytes(32) }

  it('goes the same way in any slot, whatever ran there before', async () => {
    const first = await seen(slots[0], fixed)
    expect(first.body).toMatch(/^1700000000123,/)
    await seen(slots[1])
    expect(await seen(slots[1], fixed)).toEqual(first)
    expect(await seen(slots[0], fixed)).toEqual(first)
  })

  it('draws other bytes from another seed', async () => {
    const { body } = await seen(slots[0], fixed)
    expect((await seen(slots[0], { ...fixed, seed: randomBytes(32) })).body).not.toBe(body)
  })

  it('leaves nothing of them to those after it', async () => {
    const { stored } = await seen(slots[0], fixed)
    const after = [await seen(slots[0]), await seen(slots[0])]
    expect(new Set([stored, ...after.map((one) => one.stored)]).size).toBe(3)
  })
})
