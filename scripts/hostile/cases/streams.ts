import { BodiesFake, STREAMING_JS } from '#runtime/testing/streaming.js'
import type { JobLimits } from '#runtime/slots/job.js'
import { CREDIT_BYTES } from '#runtime/slots/child/frames.js'
import { hostile, type HostileCase } from '../case.js'

const MIB = 1024 * 1024
const GUEST = { source: { js: STREAMING_JS }, capabilities: ['kv', 'streams'] }

interface Way {
  readonly path: string
  readonly bodies: () => BodiesFake
  readonly limits?: Partial<JobLimits>
  /** Most bytes that the service may have taken of it. */
  readonly most: number
}

/** A guest or caller that abuses bodies which go piece by piece. */
const stream = (name: string, expected: string, { path, bodies, limits, most }: Way): HostileCase =>
  hostile<'slots'>({
    name: `stream: ${name}`,
    ground: 'slots',
    expected,
    attack: async (ground) => {
      const fake = bodies()
      const { outcome, streamed } = await ground.execute(GUEST, { path, bodies: fake, ...(limits && { limits }) })
      const escaped = outcome === 'ok' || fake.writtenBytes > most
      return { code: outcome, escaped, seen: { written: fake.writtenBytes, ...streamed } }
    },
  })

/** A caller that sends without end. */
const endless = (): BodiesFake => {
  const bodies = new BodiesFake('both')
  bodies.next = async (max) => new Uint8Array(max)
  bodies.limits = { request_bytes: MIB, response_bytes: 2 * MIB }
  return bodies
}

export const streams: readonly HostileCase[] = [
  stream('floods whoever reads', 'output_exceeded', {
    path: '/flood',
    bodies: () => new BodiesFake('response'),
    limits: { fuel: 1e9 },
    most: MIB,
  }),
  stream('floods with pieces of one byte', 'output_exceeded', {
    path: '/tiny',
    bodies: () => new BodiesFake('response'),
    limits: { fuel: 1e10, wall_ms: 20_000 },
    most: MIB,
  }),
  stream('floods whoever never reads', 'time_exceeded', {
    path: '/flood',
    bodies: () => new BodiesFake('response').fill(),
    limits: { fuel: 1e9, wall_ms: 500 },
    most: CREDIT_BYTES,
  }),
  stream('is sent bytes without end', 'input_exceeded', {
    path: '/echo',
    bodies: endless,
    limits: { fuel: 1e9 },
    most: MIB,
  }),
  stream('begins an answer and never ends it', 'fuel_exhausted', {
    path: '/spin',
    bodies: () => new BodiesFake('response'),
    most: MIB,
  }),
]
