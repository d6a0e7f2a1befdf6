import { join } from 'node:path'
import { RuntimeRefusal } from '../errors.js'
import { launch } from '../launcher/launch.js'
import { programTree } from '../launcher/program.js'
import type { Started } from '../launcher/spawner/index.js'
import type { WallKind } from '../launcher/walls.js'
import { decodeValue, encodeValue, type WireValue } from '../slots/child/wire-value.js'

/** What a job may use before it is ended. */
export interface JobLimits {
  readonly wallMs: number
  /** Cap on V8's heap, in MiB. */
  readonly heapMb: number
  readonly outputBytes: number
}

/** A program for untrusted work. */
export interface JobProgram {
  /** Below `dist/`, such as `certification/inspect.job.js`. */
  readonly program: string
  /** Folders below `dist/` that it imports. Installed packages are visible to every job. */
  readonly parts: readonly string[]
}

/** The job gave no answer: it could not be launched, ran out of something, or its answer was none. Never a pass. */
export class ScannerUnavailable extends RuntimeRefusal {
  constructor(reason: string) {
    super('scanner_unavailable', reason)
  }
}

/** Runs one-shot jobs behind one wall. */
export class JobRunner {
  constructor(
    private readonly wall: WallKind,
    private readonly limits: JobLimits,
  ) {}

  /**
   * Runs a program once on `input` and gives what it answered. The program sees its own code, installed packages and
   * nothing else, and talks on descriptor 3 alone. Raises `ScannerUnavailable` where there is no answer.
   */
  async run({ program, parts }: JobProgram, input: WireValue): Promise<WireValue> {
    const { root, nodeModules } = programTree()
    const packages = [...new Set([join(root, 'node_modules'), nodeModules])]
    const readable = [...parts.map((part) => join(root, 'dist', part)), join(root, 'sdk/wit'), ...packages]
    const { heapMb } = this.limits
    const launched = await launch(this.wall, { program, readable, heapMb, workers: true, oneShot: true }).catch(
      (error: unknown) => {
        throw new ScannerUnavailable(`the job could not be started: ${(error as Error).message}`)
      },
    )
    const timer = setTimeout(() => launched.kill(), this.limits.wallMs)
    try {
      return await answerOf(launched, { input, maxBytes: this.limits.outputBytes })
    } finally {
      clearTimeout(timer)
      launched.kill()
      launched.channel.destroy()
    }
  }
}

const answerOf = async (
  launched: Started,
  { input, maxBytes }: { input: WireValue; maxBytes: number },
): Promise<WireValue> => {
  const ended = endOf(launched)
  launched.channel.on('error', () => {
    // The program's end tells more than a broken pipe does.
  })
  launched.channel.end(encodeValue(input))
  const chunks: Buffer[] = []
  let size = 0
  launched.channel.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > maxBytes) launched.kill()
    else chunks.push(chunk)
  })
  const code = await ended
  if (size > maxBytes) throw new ScannerUnavailable(`the answer has more than ${maxBytes} bytes`)
  if (code !== 0) throw new ScannerUnavailable(launched.complaints().trim().slice(0, 500) || 'the job was ended')
  try {
    return decodeValue(Buffer.concat(chunks))
  } catch (error) {
    throw new ScannerUnavailable(`the answer cannot be read: ${(error as Error).message}`)
  }
}

/** The exit code once the process is gone and its output is read to the end; null where it was ended. */
const endOf = async ({ channel, ended }: Started): Promise<number | null> => {
  const closed = new Promise<void>((resolve) => channel.once('close', () => resolve()))
  const code = await ended
  await closed
  return code
}
