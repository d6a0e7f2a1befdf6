import { startBaseline } from './call-baseline.js'
import { bareAnswer, GUESTS, requestBody, type GuestName } from './call-guests.js'
import { startLoad, type LoadOrder, type LoadReport } from './call-load.js'
import { callPath, installForReal, type Wanted } from './installs.js'
import { startService, type MeasuredService } from './service.js'

/** Eight for each core that the measurement is meant for: most wait for a host call, and those that wait together are answered together. */
export const SLOTS = 16
export const CONNECTIONS = 64
/** As many as the pool that the service keeps its records with. */
const POOL = 10
const NAMES = ['none', 'posted', 'blocking'] as const satisfies readonly GuestName[]

const INSTALLS: Readonly<Record<GuestName, Pick<Wanted, 'capabilities' | 'permissions'>>> = {
  none: { capabilities: [], permissions: [] },
  posted: { capabilities: ['log'], permissions: ['log:write'] },
  blocking: { capabilities: ['kv'], permissions: ['kv:read'] },
}

/** A call that waits for a slot is to be seen as late, not as given up. */
const WALL_MS = 30_000
const LIMITS = { concurrency: CONNECTIONS, wall_ms: WALL_MS }

/** What is called in a phase: a guest, or the bare route. */
export type Subject = GuestName | 'bare'

/** How a phase differs from the usual one. */
export type Phase = Pick<LoadOrder, 'milliseconds'> & Partial<Pick<LoadOrder, 'connections' | 'requests' | 'paths'>>

/** The service with an install of each guest, and the bare route beside it in the same process. */
export interface Subjects {
  readonly service: MeasuredService
  /** Ids of the installed extensions. */
  readonly extensions: Readonly<Record<GuestName, string>>
  /** The order of a phase. */
  order(subject: Subject, phase: Phase): LoadOrder
  /** Plays a phase to its end. */
  play(subject: Subject, phase: Phase): Promise<LoadReport>
  close(): Promise<void>
}

/** Size of a call's decision as PostgreSQL keeps it: what the bare route inserts is as large. */
const rowBytes = async ({ ground }: MeasuredService): Promise<number> => {
  const size = `SELECT avg(pg_column_size(decision.*))::int AS bytes FROM decision WHERE action = 'extension.invoke'`
  return (await ground.database.inScope({ platform: true }, (tx) => tx.query<{ bytes: number }>(size))).rows[0]!.bytes
}

const installAll = async (service: MeasuredService): Promise<Record<GuestName, string>> => {
  const found: Partial<Record<GuestName, string>> = {}
  for (const name of NAMES)
    found[name] = await installForReal(service, {
      ...{ name: `bench-${name}`, guest: GUESTS[name], ...INSTALLS[name], limits: LIMITS },
    })
  return found as Record<GuestName, string>
}

/** Starts everything, and calls each guest once. */
export const laySubjects = async (): Promise<Subjects> => {
  const service = await startService({ GATEHOUSE_SLOTS: String(SLOTS), EXT_GATEWAY_TIMEOUT_MS: String(WALL_MS) })
  const extensions = await installAll(service)
  const body = requestBody()
  const headers = [`authorization: Bearer ${service.keys['acme_member']}`]
  const ports = { service: service.port, bare: 0 }
  const order = (subject: Subject, phase: Phase): LoadOrder =>
    subject === 'bare'
      ? { connections: CONNECTIONS, ...phase, port: ports.bare, paths: ['/call'], headers: [], body }
      : {
          connections: CONNECTIONS,
          paths: [callPath(extensions[subject])],
          ...phase,
          port: ports.service,
          headers,
          body,
        }
  const play = async (subject: Subject, phase: Phase): Promise<LoadReport> => startLoad(order(subject, phase)).report
  for (const name of NAMES) {
    const { firstFailure } = await play(name, { milliseconds: 60_000, connections: 1, requests: 1 })
    if (firstFailure !== null) throw new Error(`${name} cannot be called: ${firstFailure}`)
  }
  const { ownerUrl } = service
  const bare = await startBaseline({
    ...{ ownerUrl, connections: POOL, rowBytes: await rowBytes(service), answer: bareAnswer() },
  })
  ports.bare = bare.port
  const close = async (): Promise<void> => {
    await bare.close()
    await service.close()
  }
  return { ...{ service, extensions, order, play, close } }
}
