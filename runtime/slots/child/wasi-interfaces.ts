import { WasiOutput, type OutputPort } from './wasi-output.js'
import type { StreamSource, WasiShim } from './wasi-shim.js'
import { WasiTime, type Clock } from './wasi-time.js'

/** Streams, timers and the like that one instance may be given; each takes memory of the slot, not of the guest. */
const MAX_RESOURCES = 16_384
const MAX_RANDOM_BYTES = 1 << 20

/** What the interfaces of WASI need of the slot. */
export interface WasiPort extends Clock, OutputPort {
  randomBytes(count: number): Uint8Array
}

/** Ends an invocation because the guest called `exit`; it is no value that a guest could catch. */
export class GuestExit extends Error {}

/** WASI as one instance sees it, and what of it lies outside the instance's memory. */
export class WasiHost {
  /** Whether a stream, a timer or another resource was ever handed out: then memory is not all there is of the instance. */
  handedOut = false
  readonly imports: Record<string, Record<string, unknown>>
  private resources = 0
  private readonly outputs: readonly WasiOutput[]

  constructor(shim: WasiShim, port: WasiPort) {
    const time = new WasiTime(shim, port, () => this.handOut())
    const stdout = new WasiOutput('info', port, () => time.always())
    const stderr = new WasiOutput('warn', port, () => time.always())
    this.outputs = [stdout, stderr]
    const stream = <T>(make: () => T) => {
      this.handOut()
      return make()
    }
    const empty: StreamSource = { read: closed, blockingRead: closed, subscribe: () => time.always() }
    this.imports = {
      ...emptyInterfaces(shim),
      ...randomInterfaces(port),
      ...time.interfaces(),
      'wasi:cli/exit': { exit: ({ tag }: { tag: string }) => exit(tag), exitWithCode: (code: number) => exit(code) },
      // A new stream each time: dropping one would close the others.
      'wasi:cli/stdin': { getStdin: () => stream(() => shim.io.inputStreamCreate(empty)) },
      'wasi:cli/stdout': { getStdout: () => stream(() => shim.io.outputStreamCreate(stdout.sink())) },
      'wasi:cli/stderr': { getStderr: () => stream(() => shim.io.outputStreamCreate(stderr.sink())) },
    }
  }

  /** Hands on what was printed and waits yet. */
  flush(): void {
    for (const output of this.outputs) output.flush()
  }

  private handOut(): void {
    this.handedOut = true
    if (++this.resources > MAX_RESOURCES)
      throw new RangeError(`one call may open at most ${MAX_RESOURCES} streams and timers`)
  }
}

/** Interfaces of the shim that hold nothing: no variables, arguments, terminals or folders. */
function emptyInterfaces({ io, cli, filesystem }: WasiShim): WasiHost['imports'] {
  const none = cli.createCli({ environment: {}, arguments: [] })
  const files = filesystem.createFilesystem({ adapter: { getRoot: noFolder }, preopens: {} })
  return {
    'wasi:io/error': io.error,
    'wasi:io/streams': io.streams,
    'wasi:cli/environment': { ...none.environment, initialCwd: () => undefined },
    'wasi:cli/terminal-input': none.terminalInput,
    'wasi:cli/terminal-output': none.terminalOutput,
    'wasi:cli/terminal-stdin': none.terminalStdin,
    'wasi:cli/terminal-stdout': none.terminalStdout,
    'wasi:cli/terminal-stderr': none.terminalStderr,
    'wasi:filesystem/types': files.types,
    'wasi:filesystem/preopens': files.preopens,
  }
}

function randomInterfaces(port: WasiPort): WasiHost['imports'] {
  const bytes = (count: bigint) => {
    if (count > MAX_RANDOM_BYTES) throw new RangeError(`at most ${MAX_RANDOM_BYTES} random bytes at a time`)
    return port.randomBytes(Number(count))
  }
  const number = () => Buffer.from(port.randomBytes(8)).readBigUInt64LE()
  return {
    'wasi:random/random': { getRandomBytes: bytes, getRandomU64: number },
    'wasi:random/insecure': { getInsecureRandomBytes: bytes, getInsecureRandomU64: number },
    'wasi:random/insecure-seed': { insecureSeed: () => [number(), number()] },
  }
}

function exit(how: string | number): never {
  throw new GuestExit(`the guest called exit (${how})`)
}

function closed(): never {
  // oxlint-disable-next-line typescript/only-throw-error -- the glue takes what is thrown for the value of WASI's `stream-error`
  throw { tag: 'closed' }
}

function noFolder(): never {
  throw new Error('there is no file system')
}
