import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { launch } from '#runtime/launcher/launch.js'
import type { WallKind } from '#runtime/launcher/walls.js'
import { shown } from '../demo/step.js'
import type { Attempts } from './attempts.js'
import type { Canaries } from './canaries.js'
import type { UntrustedGround } from './ground.js'
import { canaryFrom, MARK } from './search.js'

export const ESCAPED_PROBES = ['escaped: files', 'escaped: processes', 'escaped: the service'] as const

type Plunder = Readonly<Record<string, { read: number; refused: number; canaries: string[] }>>

interface Escaping {
  readonly ground: UntrustedGround
  readonly canaries: Canaries
  readonly attempts: Attempts
  readonly wall: WallKind
}

const WITHIN_MS = 120_000

/** Lets code that escaped V8 look for canaries, behind the wall that slots have. */
export const plunder = async ({ ground, canaries, attempts, wall }: Escaping): Promise<void> => {
  const { data, service } = ground.world
  const targets = {
    mark: MARK,
    length: canaryFrom(() => 0).length,
    folders: [data],
    keys: join(data, 'keys', 'demo-keys.json'),
    url: service.url,
    processes: [service.pid, process.pid],
  }
  const found = await run(wall, targets)
  for (const [what, { read, refused, canaries: seen }] of Object.entries(found)) {
    const probe = `escaped: ${what}`
    for (let tried = 0; tried < read + refused; tried++) attempts.made(probe, tried < read ? 'read' : 'refused')
    canaries.observe({ tenant: null, probe, where: wall.name, text: seen.join('\n') })
  }
}

const run = async (wall: WallKind, targets: object): Promise<Plunder> => {
  const program = 'scripts/untrusted/child/plunder.js'
  const launched = await launch(wall, { program, args: [JSON.stringify(targets)], withoutPermissionModel: true })
  const timer = setTimeout(() => launched.kill(), WITHIN_MS)
  try {
    const [output] = await Promise.all([text(launched.channel), launched.ended])
    shown(output !== '', 'escaped code says what it found', launched.complaints().slice(0, 300))
    return JSON.parse(output) as Plunder
  } finally {
    clearTimeout(timer)
  }
}
