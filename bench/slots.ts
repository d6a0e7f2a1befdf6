import { parseArgs } from 'node:util'
import type { Artifact } from '#runtime/admission/artifact.js'
import { detectWall, type Wall } from '#runtime/launcher/probe.js'
import type { ExecutionResult, HostPort, Job } from '#runtime/slots/job.js'
import { Slot } from '#runtime/slots/slot.js'
import { SlotPool } from '#runtime/slots/slot-pool.js'
import { jobFor, LIMITS } from '#runtime/testing/slot-fixture.js'
import { machine, readable } from './conditions.js'
import { median } from './gate-measure.js'
import { memoryOfOneMore } from './sandbox-memory.js'
import { laySlotSubjects, request, requirePristine, type Guest, type SlotSubjects } from './slots-subjects.js'

/** A slot and the bare instance take turns, and the median of the rounds counts. */
const ROUNDS = 7
const ROUND_MS = 1_500
const WARM_UP_MS = 3_000
/** Jobs at once: one at work, and one that is there when it is done. */
const IN_FLIGHT = 2
const COLD_RUNS = 15
const WARM_CALLS = 200
const SLOTS_FOR_MEMORY = 12
const HOST_CALLS = 200
const READINGS = 20

type Kind = Wall['kind']

const NAMES = ['compiled', 'quickjs'] as const

const answered = (result: ExecutionResult | undefined): void => {
  if (result?.outcome !== 'ok') throw new Error(`a call ended as ${result?.outcome}: ${result?.error}`)
  requirePristine(result.response!)
}

const limits = { ...LIMITS, host_calls: HOST_CALLS }
const jobOf = (artifact: Artifact, changes: Partial<Job> = {}): Job =>
  jobFor(artifact, '/', { request, limits, ...changes })

/** Calls a second until it is time, several in flight. */
const closedLoop = async (call: () => Promise<void>, milliseconds: number): Promise<number> => {
  const begun = performance.now()
  let calls = 0
  const one = async (): Promise<void> => {
    while (performance.now() - begun < milliseconds) {
      await call()
      calls++
    }
  }
  await Promise.all(Array.from({ length: IN_FLIGHT }, one))
  return calls / ((performance.now() - begun) / 1_000)
}

const bareLoop = (callBare: Guest['callBare'], milliseconds: number): number => {
  const begun = performance.now()
  let calls = 0
  for (; performance.now() - begun < milliseconds; calls++) requirePristine(callBare())
  return calls / ((performance.now() - begun) / 1_000)
}

/** One slot, with launcher, fuel and broker, against an instance that this thread makes for each call. */
const throughputOf = async (kind: Kind, { artifact, callBare }: Guest, newBroker: () => HostPort) => {
  const pool = new SlotPool({ size: 1, spares: 0, wall: kind, readArtifact: async () => artifact })
  const call = async (): Promise<void> => answered(await pool.execute(jobOf(artifact), newBroker()))
  try {
    await closedLoop(call, WARM_UP_MS)
    bareLoop(callBare, WARM_UP_MS)
    const rounds: { slot: number; bare: number }[] = []
    for (let round = 0; round < ROUNDS; round++)
      rounds.push({ bare: bareLoop(callBare, ROUND_MS), slot: await closedLoop(call, ROUND_MS) })
    return {
      ratio: median(rounds.map(({ slot, bare }) => slot / bare)),
      per_s: Math.round(median(rounds.map(({ slot }) => slot))),
      bare_per_s: Math.round(median(rounds.map(({ bare }) => bare))),
    }
  } finally {
    await pool.close()
  }
}

const warmed = async (kind: Kind, artifact: Artifact, newBroker: () => HostPort): Promise<Slot> => {
  const slot = await Slot.boot(kind)
  await slot.load(artifact)
  for (let call = 0; call < WARM_CALLS; call++) answered(await slot.execute(jobOf(artifact), newBroker()))
  return slot
}

const closing = async (slot: Slot): Promise<void> => {
  slot.end()
  await slot.gone()
}

/** Milliseconds until a slot has booted, until it has loaded the artifact, and until its first answer; medians. */
const coldStartOf = async (kind: Kind, artifact: Artifact, newBroker: () => HostPort) => {
  const runs: { boot: number; load: number; total: number }[] = []
  for (let run = 0; run < COLD_RUNS; run++) {
    const begun = performance.now()
    const slot = await Slot.boot(kind)
    const booted = performance.now()
    await slot.load(artifact)
    const loaded = performance.now()
    answered(await slot.execute(jobOf(artifact), newBroker()))
    runs.push({ boot: booted - begun, load: loaded - booted, total: performance.now() - begun })
    await closing(slot)
  }
  return {
    cold_ms: median(runs.map(({ total }) => total)),
    boot_ms: median(runs.map(({ boot }) => boot)),
    load_ms: median(runs.map(({ load }) => load)),
  }
}

const measureGuest = async (kind: Kind, guest: Guest, newBroker: () => HostPort) => {
  const { ratio, ...throughput } = await throughputOf(kind, guest, newBroker)
  const cold = await coldStartOf(kind, guest.artifact, newBroker)
  const memory_kib = await memoryOfOneMore(async () => {
    const slot = await warmed(kind, guest.artifact, newBroker)
    return { close: () => closing(slot) }
  }, SLOTS_FOR_MEMORY)
  return { ratio, figures: { ...throughput, ...cold, memory_kib } }
}

/** Microseconds from one host call to the next of a guest that does nothing else: there, decided, and back; median. */
const measureHostCall = async (kind: Kind, { reading, newBroker }: SlotSubjects): Promise<number> => {
  const slot = await Slot.boot(kind)
  await slot.load(reading)
  const gaps: number[] = []
  for (let run = 0; run < READINGS; run++) {
    const broker = newBroker()
    let last = 0
    const call: HostPort['call'] = (name, args) => {
      const now = performance.now()
      if (last > 0) gaps.push(now - last)
      last = now
      return broker.call(name, args)
    }
    const job = jobOf(reading, { request: { ...request, path: `/${HOST_CALLS}` } })
    const result = await slot.execute(job, { call, post: (...posted) => broker.post(...posted) })
    if (result?.outcome !== 'ok' || broker.denied > 0)
      throw new Error(`reading ended as ${result?.outcome}: ${broker.refused[0]?.reason ?? result?.error}`)
  }
  await closing(slot)
  return median(gaps) * 1e3
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } })
const { kind } = await detectWall()
const subjects = await laySlotSubjects()
const measured: Record<string, object> = {}
const ratios: Record<string, number> = {}
for (const name of NAMES) {
  const { ratio, figures } = await measureGuest(kind, subjects.guests[name], subjects.newBroker)
  ratios[`${name}_ratio`] = ratio
  measured[name] = figures
}
const host_call_p50_us = await measureHostCall(kind, subjects)
const figures = { ...ratios, host_call_p50_us, ...measured, wall: kind.name, rounds: ROUNDS, machine: machine() }
process.stdout.write(`${JSON.stringify(readable(figures), null, values.json ? undefined : 2)}\n`)
