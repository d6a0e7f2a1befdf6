import { createPublicKey } from 'node:crypto'
import type { Artifact } from '#runtime/admission/artifact.js'
import type { Slots } from '#runtime/slots/slots.js'
import { liveKills, platformKeys, reachRunners } from '#api/runners/testing/remote-ground.js'
import { RunnerProcess } from './runner.js'

/** Where guests run. */
export interface SlotsPlace {
  readonly slots: Slots
  /** Resolves while they are there: on a busy machine a runner is lost for a while now and then. */
  readonly ready: () => Promise<void>
  readonly close: () => Promise<void>
}

/** Slots of a runner that is a process of its own, as the service reaches them; it runs these artifacts. */
export const slotsOnRunner = async (artifacts: readonly Artifact[]): Promise<SlotsPlace> => {
  const keys = platformKeys()
  const [orders, glue] = [createPublicKey(keys.orders), createPublicKey(keys.glue)]
  const runner = await RunnerProcess.start({ orders, glue })
  const { slots, until } = reachRunners([runner], { keys, kill: liveKills(), artifacts: () => artifacts })
  const close = async (): Promise<void> => {
    await slots.close()
    await runner.close()
  }
  return { slots, ready: () => until('ready'), close }
}
