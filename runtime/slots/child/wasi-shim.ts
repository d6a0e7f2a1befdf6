import { pathToFileURL } from 'node:url'

/**
 * What is used of `@bytecodealliance/preview2-shim`: its build for browsers, which is synchronous, has no threads and knows no
 * host; each part is made anew for an instance, and configured to hold nothing (ADR 0023). No other part is handed over.
 */
export interface WasiShim {
  readonly io: {
    readonly streams: Interface
    readonly error: Interface
    readonly poll: { readonly Pollable: object }
    inputStreamCreate(source: StreamSource): object
    outputStreamCreate(sink: StreamSink): object
    pollableCreate(source?: { ready(): boolean; wait(): Promise<void> }): Pollable
  }
  readonly cli: {
    createCli(config: { environment: Record<string, never>; arguments: readonly never[] }): {
      readonly environment: Interface
      readonly terminalInput: Interface
      readonly terminalOutput: Interface
      readonly terminalStdin: Interface
      readonly terminalStdout: Interface
      readonly terminalStderr: Interface
    }
  }
  readonly filesystem: {
    createFilesystem(config: { adapter: { getRoot(): never }; preopens: Record<string, never> }): {
      readonly types: Interface
      readonly preopens: Interface
    }
  }
}

/** Functions and classes by name. */
export type Interface = Readonly<Record<string, unknown>>
export interface Pollable {
  ready(): boolean
}
export interface StreamSource {
  read(length: bigint): Uint8Array
  blockingRead(length: bigint): Uint8Array
  subscribe(): Pollable
}
export interface StreamSink {
  write(bytes: Uint8Array): void
  flush(): void
  subscribe(): Pollable
}

/** Loads the shim from its folder, which the slot sees read-only. */
export async function loadShim(folder: string): Promise<WasiShim> {
  const part = async (name: string): Promise<unknown> => import(pathToFileURL(`${folder}/${name}.js`).href)
  const [io, cli, filesystem] = await Promise.all(['io', 'cli', 'filesystem'].map(part))
  return { io, cli, filesystem } as WasiShim
}
