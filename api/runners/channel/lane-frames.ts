import { z } from 'zod'
import type { ExecutionOutcome } from '#runtime/slots/job.js'
import { FrameKind, PIECE_BYTES } from '#runtime/slots/child/frames.js'
import { PostedAnswer, ResultAnswer, SaysUsage, SLOT_ENDS } from '#runtime/slots/slot-answers.js'

/**
 * Name of the protocol in the `Upgrade` header. A change that an older side would take for something else is another name; one
 * that it does not know, it refuses for that call alone.
 */
export const LANE_PROTOCOL = 'gatehouse-lane/1'
export const LANE_PATH = '/v1/execute'
/** Header of the answer that names the run of the runner. */
export const INSTANCE_HEADER = 'gatehouse-runner-instance'

/** What a frame on a lane is. Those below 16 go to the runner, the others come from it. */
export const LaneFrame = {
  /** A signed order and the job's bytes. */
  order: 1,
  /** The answer to a host call. */
  reply: 2,
  /** A file of the artifact, or null. */
  file: 3,
  /** The answer to a pull, bytes, or to a room, null. */
  body: 4,
  /** The order is taken; the job begins. */
  accepted: 16,
  /** The order is not taken; nothing of it happens. */
  refused: 17,
  hostCall: 18,
  posted: 19,
  /** A file of this call's artifact is wanted. */
  wantFile: 20,
  /** How the job ended. */
  result: 21,
  /** As of a slot: the next bytes of the request's body are wanted. */
  pull: 22,
  /** As of a slot: the head of an answer that follows in pieces. */
  begin: 23,
  /** As of a slot: a piece of that answer. */
  piece: 24,
  /** As of a slot: its credit is used up, and it waits for more. */
  room: 25,
} as const

/** Frames of bodies that go piece by piece, each as a slot would say it. */
export const BODY_FRAMES: ReadonlyMap<number, number> = new Map([
  [LaneFrame.pull, FrameKind.pull],
  [LaneFrame.begin, FrameKind.begin],
  [LaneFrame.piece, FrameKind.piece],
  [LaneFrame.room, FrameKind.room],
])

/** Largest frame to a runner: a request, an answer to a host call, or a file of an artifact. */
export const MAX_TO_RUNNER_BYTES = 40 * 1024 * 1024

/** Files that an artifact may have. */
export const ARTIFACT_FILE = /^(admission\.(json|sig)|extension(\.core\d{0,4})?\.(js|wasm))$/

const Count = z.int().nonnegative()
const Text = z.string().max(4000)

// What the API says. It is known by its order, and parsed all the same: a fault there must not become one here.
export const OrderFrame = z.strictObject({ order: z.string().max(4096), job: z.instanceof(Uint8Array) })
export type OrderFrame = z.infer<typeof OrderFrame>
export const ReplyFrame = z.object({
  ok: z.unknown().optional(),
  error: z.object({ code: z.string(), message: z.string(), decision_id: z.string().optional() }).optional(),
})
export const FileFrame = z.strictObject({ bytes: z.instanceof(Uint8Array).nullable() })
export const PulledBytes = z.instanceof(Uint8Array).refine(({ length }) => length <= PIECE_BYTES)

// What a runner says. It stands where foreign code runs: believed in nothing that can be bounded.
export const RefusedFrame = z.object({ code: z.string().max(64), message: Text })
export const PostedFrame = PostedAnswer
/** With what was used until then, as far as the runner says it. */
export const HostCallFrame = PostedAnswer.extend(SaysUsage.partial().shape)
export const WantFileFrame = z.object({ file: z.string().regex(ARTIFACT_FILE) })
export const ResultFrame = ResultAnswer.extend({
  outcome: z.enum([...SLOT_ENDS, 'time_exceeded', 'killed', 'crashed'] as const satisfies readonly ExecutionOutcome[]),
  usage: z.object({
    fuel: Count,
    memory_bytes: Count,
    wall_ms: z.number().nonnegative(),
    output_bytes: Count,
  }),
})
