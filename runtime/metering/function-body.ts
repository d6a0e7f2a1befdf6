import type { ByteReader } from './byte-reader.js'
import { ByteWriter } from './byte-writer.js'
import { costOf, lengthShift } from './cost.js'
import { Bulk, Op, readInstruction, ValueType, type Instruction } from './instructions.js'
import { Locals } from './locals.js'
import { markWrite, writesMemory } from './write-barrier.js'

const GLOBAL_GET = 0x23
const GLOBAL_SET = 0x24
const LOCAL_GET = 0x20
const LOCAL_TEE = 0x22
const MEMORY_SIZE = 0x3f
const I32_CONST = 0x41
const I32_EQ = 0x46
const I32_GT_U = 0x4b
const I32_ADD = 0x6a
const I64_CONST = 0x42
const I64_LT_S = 0x53
const I64_SUB = 0x7d
const I64_SHR_U = 0x88
const I64_EXTEND_I32_U = 0xad
const NO_RESULT = 0x40

/** Indices of the globals that the pass adds. */
export interface MeterGlobals {
  readonly fuel: number
  /** Pages up to which the memory may grow; the host may lower it below the module's maximum. */
  readonly pageCap: number
  /** Set to 1 once a growth was refused. */
  readonly growthRefused: number
}

/** What is to be rewritten in a body. */
export interface BodyOptions {
  readonly globals: MeterGlobals
  readonly parameterCount: number
  /** Mark what is written to memory; there is a memory of marks then. */
  readonly marksWrites: boolean
}

/**
 * So much is paid ahead at most by one segment for short ones that may follow: charging them by themselves would cost about as
 * much as running them. The many short arms of an interpreter's switch, of which one runs, are not paid for all at once.
 */
const PAID_AHEAD = 12

/** A stretch of code that runs at most once each time its start is passed; it pays for itself there. */
interface Segment {
  readonly at: number
  readonly tested: boolean
  /** The segment that was running before: it dominates this one, and no back edge lies between. Undefined where one is tested. */
  readonly before: Segment | undefined
  cost: number
  /** Part of the price that is for others. */
  ahead: number
}
interface Frame {
  readonly kind: number
  /** The segment that was running when the frame was opened. */
  readonly outer: Segment
  targeted: boolean
}
interface Splice {
  readonly at: number
  readonly code: Uint8Array
}

export interface MeteredBody {
  readonly code: Uint8Array
  /** It writes tables or drops segments: state that a memory image can't bring back. */
  readonly hidesState: boolean
}

/**
 * Instruments one function body: every segment subtracts its price from the fuel global where it starts; function entries,
 * loop headers and bulk operations then trap when the global is negative. Between two tests only finite, straight code runs.
 * After an `if` or `loop` the code before it goes on paying (it dominates what follows and no back edge lies between);
 * after a `block` that something branches to, a new segment starts, so that the arms of a switch pay each for itself.
 * A short segment is paid for by the one before it, whether it runs or not.
 */
export function meterBody(body: ByteReader, { globals, parameterCount, marksWrites }: BodyOptions): MeteredBody {
  const start = body.position
  const locals = Locals.read(body, parameterCount)
  let copied = body.position
  const scan = new BodyScan(body, { locals, charges: new Charges(globals, locals), marksWrites })
  scan.run()
  const splices = scan.splices()
  const writer = locals.write(new ByteWriter((body.end - start) * 2 + 256))
  for (const splice of splices) {
    writer.bytes(body.slice(copied, splice.at)).bytes(splice.code)
    copied = splice.at
  }
  return { code: writer.bytes(body.slice(copied, body.end)).finish(), hidesState: scan.hidesState }
}

class BodyScan {
  hidesState = false
  private readonly segments: Segment[] = []
  private readonly frames: Frame[] = []
  private readonly insertions: Splice[] = []
  private current: Segment

  constructor(
    private readonly body: ByteReader,
    private readonly parts: { readonly charges: Charges; readonly locals: Locals; readonly marksWrites: boolean },
  ) {
    this.current = this.startSegment()
  }

  run(): void {
    while (!this.body.done) {
      const at = this.body.position
      const instruction = readInstruction(this.body)
      this.current.cost += costOf(instruction)
      this.noteLength(instruction, at)
      this.noteWrite(instruction, at)
      if (instruction.op === Op.memoryGrow) this.guardGrowth(at)
      if (writesHiddenState(instruction)) this.hidesState = true
      for (const depth of instruction.labels) this.target(depth)
      this.structure(instruction.op)
    }
  }

  /** All code to insert, in the order of the body. A segment's own charge comes before a length charge at the same place. */
  splices(): Splice[] {
    this.payAhead()
    const charged = this.segments.filter((segment) => segment.tested || segment.cost > 0)
    const bySegment = charged.map((segment) => ({ at: segment.at, code: this.parts.charges.segment(segment) }))
    return [...bySegment, ...this.insertions].sort((left, right) => left.at - right.at)
  }

  /** Later segments first, so that what they hand on is handed on again. */
  private payAhead(): void {
    for (const segment of this.segments.toReversed()) {
      const { before, cost } = segment
      if (before === undefined || before.ahead + cost > PAID_AHEAD) continue
      before.ahead += cost
      before.cost += cost
      segment.cost = 0
    }
  }

  private structure(op: number): void {
    if (op === Op.block || op === Op.loop || op === Op.if) {
      this.frames.push({ kind: op, outer: this.current, targeted: false })
      if (op === Op.loop) this.current = this.startSegment()
      if (op === Op.if) this.current = this.startSegment(this.current)
    } else if (op === Op.else) {
      this.current = this.startSegment(this.frames.at(-1)?.outer)
    } else if (op === Op.end) {
      const frame = this.frames.pop()
      if (frame === undefined) return
      if (frame.kind !== Op.block) this.current = frame.outer
      else if (frame.targeted) this.current = this.startSegment(frame.outer)
    }
  }

  private target(depth: number): void {
    const frame = this.frames[this.frames.length - 1 - depth]
    if (frame !== undefined) frame.targeted = true
  }

  /** One that follows another, or else one that is tested: an entry or a loop. */
  private startSegment(before?: Segment): Segment {
    const tested = before === undefined
    // One unit at least, so that an empty loop ends too.
    const segment = { at: this.body.position, tested, before, cost: tested ? 1 : 0, ahead: 0 }
    this.segments.push(segment)
    return segment
  }

  private guardGrowth(at: number): void {
    this.insertions.push(
      { at, code: this.parts.charges.beforeGrowth() },
      { at: this.body.position, code: this.parts.charges.afterGrowth() },
    )
  }

  private noteLength(instruction: Instruction, at: number): void {
    const shift = lengthShift(instruction)
    if (shift !== undefined) this.insertions.push({ at, code: this.parts.charges.length(shift) })
  }

  private noteWrite(instruction: Instruction, at: number): void {
    const { marksWrites, locals } = this.parts
    if (marksWrites && writesMemory(instruction)) this.insertions.push({ at, code: markWrite(instruction, locals) })
  }
}

function writesHiddenState({ op, sub }: Instruction): boolean {
  if (op === Op.tableSet) return true
  if (op !== Op.bulk) return false
  return sub >= Bulk.tableInit ? sub !== Bulk.tableSize : sub === Bulk.dataDrop
}

/** The code that pays. */
class Charges {
  constructor(
    private readonly globals: MeterGlobals,
    private readonly locals: Locals,
  ) {}

  /** An i32 local of our own. */
  private get scratch(): number {
    return this.locals.take('length', ValueType.i32)
  }

  segment({ cost, tested }: Segment): Uint8Array {
    const writer = new ByteWriter(32).byte(GLOBAL_GET).u32(this.globals.fuel).byte(I64_CONST).s64(BigInt(cost))
    writer.byte(I64_SUB).byte(GLOBAL_SET).u32(this.globals.fuel)
    return (tested ? this.test(writer) : writer).finish()
  }

  /** The length is on top of the stack and stays there. */
  length(shift: number): Uint8Array {
    const writer = new ByteWriter(48).byte(LOCAL_TEE).u32(this.scratch).byte(GLOBAL_GET).u32(this.globals.fuel)
    writer.byte(LOCAL_GET).u32(this.scratch).byte(I64_EXTEND_I32_U).byte(I64_CONST).s64(BigInt(shift)).byte(I64_SHR_U)
    writer.byte(I64_SUB).byte(GLOBAL_SET).u32(this.globals.fuel)
    // The instruction itself comes next and needs its operands: the test leaves the stack as it is.
    return this.test(writer).finish()
  }

  /** The pages to grow by are on top of the stack; beyond the cap they become 2³²−1, at which growing fails by itself. */
  beforeGrowth(): Uint8Array {
    const writer = new ByteWriter(32).byte(LOCAL_TEE).u32(this.scratch).bytes([MEMORY_SIZE, 0, I32_ADD])
    writer.byte(GLOBAL_GET).u32(this.globals.pageCap).bytes([I32_GT_U, Op.if, ValueType.i32, I32_CONST, 0x7f, Op.else])
    return writer.byte(LOCAL_GET).u32(this.scratch).byte(Op.end).finish()
  }

  afterGrowth(): Uint8Array {
    const writer = new ByteWriter(32)
      .byte(LOCAL_TEE)
      .u32(this.scratch)
      .bytes([I32_CONST, 0x7f, I32_EQ, Op.if, NO_RESULT])
    writer.bytes([I32_CONST, 1, GLOBAL_SET]).u32(this.globals.growthRefused).byte(Op.end)
    return writer.byte(LOCAL_GET).u32(this.scratch).finish()
  }

  private test(writer: ByteWriter): ByteWriter {
    writer.byte(GLOBAL_GET).u32(this.globals.fuel).byte(I64_CONST).s64(0n).byte(I64_LT_S)
    return writer.byte(Op.if).byte(NO_RESULT).byte(Op.unreachable).byte(Op.end)
  }
}
