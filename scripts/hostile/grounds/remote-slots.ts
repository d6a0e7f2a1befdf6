import { createPublicKey } from 'node:crypto'
import type { Artifact } from '#runtime/admission/artifact.js'
import type { Slots } from '#runtime/slots/slots.js'
import { liveKills, platformKeys, reachRunners } from '#api/runners/testing/remote-ground.js'
import { RunnerProcess } from './runner.js'

/** Slots of a runner that is a process of its own, as the service reaches them; it runs these artifacts. */
export const slotsOnRunner = async (
  artifacts: readonly Artifact[],
): Promise<{ readonly slots: Slots; readonly close: () => Promise<void> }> => {
  const keys = platformKeys()
  const [orders, glue] = [createPublicKey(keys.orders), createPublicKey(keys.glue)]
  const runner = await RunnerProcess.start({ orders, glue })
  const { slots, until } = reachRunners([runner], { keys, kill: liveKills(), artifacts: () => artifacts })
  await until('ready')
  const close = async (): Promise<void> => {
    await slots.close()
    await runner.close()
  }
  return { slots, close }
}
