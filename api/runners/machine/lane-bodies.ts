import type { BodyPort } from '#runtime/slots/body-port.js'
import type { WireValue } from '#runtime/slots/child/wire-value.js'
import type { BodiesOnTheWire } from '../channel/job-bytes.js'
import { LaneFrame, PulledBytes } from '../channel/lane-frames.js'

/** How the bodies of a call go over its lane. */
export interface BodyLane {
  /** Bytes that were said and have not gone out yet. */
  readonly unsent: number
  tell(kind: number, value: { readonly [key: string]: WireValue }): void
  /** Says it and waits for `LaneFrame.body`. Rejects once the lane is gone or the call is over. */
  ask(kind: number, value: { readonly [key: string]: WireValue }): Promise<WireValue>
}

/**
 * The bodies of a call as its runner has them: what a slot asks for is asked for at the service, and room is there when the
 * service has it. So a slot that has used up its credit waits for whoever reads the answer, and the lane never holds more than
 * that credit.
 */
export const laneBodies = ({ stream, limits }: BodiesOnTheWire, lane: BodyLane): BodyPort => ({
  ...{ stream, limits },
  // Whoever called is the service's to watch: where he has gone, the service cuts the lane.
  gone: new Promise(() => undefined),
  get waiting() {
    return lane.unsent
  },
  read: async (max) => PulledBytes.parse(await lane.ask(LaneFrame.pull, { max })),
  start: (status, headers) => lane.tell(LaneFrame.begin, { status, headers: [...headers] }),
  write: (bytes) => lane.tell(LaneFrame.piece, { bytes }),
  drained: async () => void (await lane.ask(LaneFrame.room, {})),
})
