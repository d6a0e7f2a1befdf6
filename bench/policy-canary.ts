import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { World } from '../scripts/demo/world.js'
import { addRule, shippedSources } from '../scripts/demo-policy/rule.js'
import { startLoad } from './policy-load.js'
import type { Stage } from './policy-stage.js'

const PER_SECOND = 40
const WITHIN_MS = 30_000
const LOOK_MS = 20

/** From when a candidate that breaks its guard decides for everybody until it decides for nobody, in milliseconds. */
export interface CanaryFigures {
  readonly canary_revert_ms: number
}

/** One that refuses what is allowed now, and of which no what-if foretold anything. */
const sealBreaching = async ({ world }: Stage): Promise<string> => {
  const folder = join(world.folder, 'breaching')
  mkdirSync(folder)
  shippedSources(folder)
  addRule(folder)
  const { id } = await done(world, 'policy', 'push', folder, '--name', 'breaching')
  await done(world, 'policy', 'verify', String(id))
  return String((await done(world, 'policy', 'seal', String(id)))['revision'])
}

const done = async (world: World, ...args: string[]): Promise<Record<string, unknown>> => {
  const ran = await world.cli('security_lead', ...args)
  if (ran.code !== 0) throw new Error(`gatehouse ${args.slice(0, 3).join(' ')} failed: ${ran.stdout}${ran.stderr}`)
  return ran.answer
}

const canary = async (world: World): Promise<{ id: string; state: string }> => {
  const { body } = await world.request('security_lead', '/v1/policy/canaries?limit=1')
  const [newest] = body['items'] as { id: string; state: string }[]
  if (!newest) throw new Error(`no canary is listed: ${JSON.stringify(body)}`)
  return newest
}

/** Waits until the newest canary is in a state; the milliseconds on the clock of `performance` when it was seen so. */
const seen = async (world: World, state: string): Promise<number> => {
  const deadline = performance.now() + WITHIN_MS
  for (;;) {
    const found = await canary(world).catch(() => undefined)
    if (found?.state === state) return performance.now()
    if (performance.now() > deadline) throw new Error(`the canary is ${found?.state}, not ${state}`)
    await delay(LOOK_MS)
  }
}

/** Lets a breaching candidate take over step by step while keys are made, and measures how fast it is taken back. */
export const measureCanary = async (
  stage: Stage,
  _other: string,
  progress: (line: string) => void,
): Promise<CanaryFigures> => {
  const { world } = stage
  progress('a policy that flips what nobody foretold is checked and sealed')
  const revision = await sealBreaching(stage)
  const held = await world.cli('security_lead', 'policy', 'canary', 'start', revision, '--reason', 'a benchmark')
  const { id } = held.answer['approval'] as { id: string }
  await world.cli('reviewer', 'approvals', 'approve', id)
  await seen(world, 'running')
  const load = startLoad({
    ...{
      urls: stage.urls,
      perSecond: PER_SECOND,
      milliseconds: null,
      method: 'POST',
      paths: ['/v1/keys'],
      expect: 201,
    },
    headers: { authorization: `Bearer ${world.key('acme_admin')}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'a benchmark' }),
  })
  try {
    await widen(world, 'to ten in a hundred')
    // Where the tenth part had met the breach already, it is over before everybody is concerned: that counts from there.
    const begun = performance.now()
    if ((await canary(world)).state === 'running') await widen(world, 'to everybody')
    const reverted = await seen(world, 'reverted')
    return { canary_revert_ms: Math.round(reverted - begun) }
  } finally {
    load.stop()
    await load.report
  }
}

const widen = async (world: World, reason: string): Promise<void> => {
  const { id } = await canary(world)
  const path = `/v1/policy/canaries/${id}/advance`
  const { status, body } = await world.request('security_lead', path, { method: 'POST', body: { reason } })
  if (status !== 200 && (await canary(world)).state !== 'reverted')
    throw new Error(`the canary was not widened: ${JSON.stringify(body)}`)
}
