import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { $init, generate } from '@bytecodealliance/jco-transpile/component'
import { Spans } from '#api/platform/telemetry/spans.js'
import { Broker } from '#api/capabilities/broker.js'
import { capabilityCatalogue } from '#api/capabilities/catalogue.js'
import { callTarget } from '#api/capabilities/testing/call-target.js'
import { invocationOf } from '#api/capabilities/testing/invocation.js'
import type { CallTarget } from '#api/installs/call-target.js'
import type { Caller } from '#api/platform/http/caller.js'
import { readShippedBundle } from '#engine/bundle.js'
import { loadPolicy } from '#engine/load.js'
import { admit } from '#runtime/admission/admit.js'
import type { Artifact } from '#runtime/admission/artifact.js'
import type { CapabilityPorts } from '#runtime/host-calls/ports.js'
import type { GuestRequest, GuestResponse } from '#runtime/slots/job.js'
import { COUNTING_WAT } from '#runtime/testing/guests.js'
import { requestTo } from '#runtime/testing/slot-fixture.js'
import { buildComponent, type ComponentSource } from '#runtime/toolchain/build-component.js'
import { requestBody } from './call-guests.js'
import { gateAlone } from './gate-alone.js'

/** Reads a request of 1 KB and counts its own calls: an instance that is not pristine shows. */
const COUNTING_JS = `
let calls = 0
export function handle(request) {
  const { items } = JSON.parse(String.fromCharCode.apply(null, request.body))
  return { status: 200, headers: [], body: Uint8Array.of(++calls, items.length) }
}`

/** Reads so many keys as its path says. */
const READING_JS = `
import { get } from 'gatehouse:extension/kv@0.1.0'
export function handle(request) {
  for (let key = 0; key < Number(request.path.slice(1)); key++) get('key-' + key)
  return { status: 200, headers: [], body: new Uint8Array() }
}`

const MEMORY_PAGES = 1_024

export const request: GuestRequest = requestTo('/', requestBody())

/** A guest as the service runs it, and bare. */
export interface Guest {
  readonly artifact: Artifact
  /** Makes an instance of the same component without fuel, caps or walls, in this thread, and calls it. */
  readonly callBare: () => GuestResponse
}

/** Raises where an answer says that the instance had been called before. */
export const requirePristine = ({ body }: GuestResponse): void => {
  if (body[0] !== 1) throw new Error(`the instance was called ${body[0]} times`)
}

const admitted = (component: Uint8Array): Promise<Artifact> => admit(component, { maxMemoryPages: MEMORY_PAGES })

const guestOf = async (source: ComponentSource): Promise<Guest> => {
  const component = await buildComponent({ source, capabilities: [] })
  return { artifact: await admitted(component), callBare: await bare(component) }
}

type Glue = {
  instantiate(
    module: (file: string) => WebAssembly.Module,
    imports: object,
  ): { handle(request: GuestRequest): GuestResponse }
}

const NO_CLOCK = { nowMs: () => 0n }
const NO_RANDOM = { bytes: (count: number) => new Uint8Array(count) }
const IMPORTS = { 'gatehouse:extension/clock': NO_CLOCK, 'gatehouse:extension/random': NO_RANDOM }

/** Code that jco makes of the component, compiled once, instantiated for each call. */
const bare = async (component: Uint8Array): Promise<() => GuestResponse> => {
  await $init
  const { files } = generate(component, {
    ...{ name: 'bare', instantiation: { tag: 'sync' }, noTypescript: true, base64Cutoff: 0 },
    noComponentErrorWrapping: true,
  })
  const modules = new Map<string, WebAssembly.Module>()
  for (const [name, bytes] of files)
    if (name.endsWith('.wasm')) modules.set(name, new WebAssembly.Module(bytes as BufferSource))
  const glue = await imported(new Map(files).get('bare.js')!)
  return () => glue.instantiate((file) => modules.get(file)!, IMPORTS).handle(request)
}

const imported = async (code: Uint8Array): Promise<Glue> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-bare-'))
  try {
    const file = join(folder, 'bare.mjs')
    await writeFile(file, code)
    return (await import(pathToFileURL(file).href)) as Glue
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const target = callTarget()
const { tenantId } = target

/** A member of the organisation that has the install. */
const caller: Caller = {
  ...{ principalId: randomUUID(), keyId: randomUUID(), tenantId, correlationId: 'bench' },
  tenant: { id: tenantId, status: 'active', standing: {} },
  actor: {
    ...{ kind: 'user', id: 'bench', tenant_id: tenantId, publisher_id: null, roles: ['member'] },
    ...{ scopes: ['extensions:invoke'], platform: false, step_up: false },
  },
}

/** Brokers that decide host calls by the shipped policy; keys lie nowhere, so that what is measured is the way there. */
const brokers = async (): Promise<() => Broker> => {
  const { gate, kills } = await gateAlone(await loadPolicy(await readShippedBundle()))
  const capabilities = capabilityCatalogue({
    kv: { read: async () => null },
  } as unknown as CapabilityPorts<CallTarget>)
  const ledger = { record: async () => undefined }
  const onFault = (error: unknown): void => {
    throw new Error('a host call failed', { cause: error })
  }
  const invocation = { ...invocationOf(target), caller }
  return () => new Broker(invocation, { capabilities, gate, ledger, kill: kills, spans: new Spans(null), onFault })
}

/** What the benchmark of slots runs. */
export interface SlotSubjects {
  readonly guests: Readonly<Record<'compiled' | 'quickjs', Guest>>
  readonly reading: Artifact
  readonly newBroker: () => Broker
}

export const laySlotSubjects = async (): Promise<SlotSubjects> => ({
  guests: { compiled: await guestOf({ wat: COUNTING_WAT }), quickjs: await guestOf({ js: COUNTING_JS }) },
  reading: await admitted(await buildComponent({ source: { js: READING_JS }, capabilities: ['kv'] })),
  newBroker: await brokers(),
})
