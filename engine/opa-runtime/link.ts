import { ByteReader } from '#runtime/metering/byte-reader.js'
import { ByteWriter } from '#runtime/metering/byte-writer.js'
import { readInstruction } from '#runtime/metering/instructions.js'
import { entriesOf, Section } from '#runtime/metering/module-layout.js'
import { writeModule } from '#runtime/metering/module-writer.js'
import { REPLACEMENT } from './generated/replacement.js'
import { RECOGNIZED } from './recognized.js'
import { PolicyModule, rest, type FunctionImport } from './policy-module.js'

const CALL = 0x10

const replacement = new PolicyModule(REPLACEMENT)

/**
 * A policy's module, with functions of OPA's runtime in it replaced by quicker ones that answer the same (ADR 0035). One that is not
 * valid, or whose runtime is not the one that the replacement was written for, is returned as it is.
 */
export function quicken(wasm: Uint8Array): Uint8Array {
  if (!WebAssembly.validate(wasm as BufferSource)) return wasm
  const policy = new PolicyModule(wasm)
  return policy.recognition === RECOGNIZED ? new Link(policy).write() : wasm
}

/** A policy and the replacement as one module. */
class Link {
  readonly #bodies: Uint8Array[]
  /** Types of the functions that come behind the policy's own. */
  readonly #types: number[] = []
  /** Where in the linked module each function of the replacement is. */
  readonly #places: readonly number[]

  constructor(private readonly policy: PolicyModule) {
    this.#bodies = [...policy.bodies]
    this.#places = [...replacement.imports.map((imported) => this.#imported(imported)), ...this.#own()]
    replacement.bodies.forEach((body, offset) => {
      const place = this.#places[replacement.imports.length + offset]!
      this.#bodies[place - policy.imports.length] = moved(body, this.#places)
    })
  }

  write(): Uint8Array {
    const { raw, functionTypes } = this.policy.layout
    const written = new Map<number, Uint8Array>([
      [Section.type, this.#typeSection()],
      [Section.function, vector([...functionTypes, ...this.#types], (writer, type) => writer.u32(type))],
      [Section.code, vector(this.#bodies, (writer, body) => writer.u32(body.length).bytes(body))],
    ])
    return writeModule((id) => written.get(id) ?? (raw.has(id) ? rest(raw.get(id)!) : undefined))
  }

  /** A function of the policy that the replacement calls. What it imports from `original` is as it was before it was replaced. */
  #imported({ module, name, typeIndex }: FunctionImport): number {
    const index = this.policy.indexOf(name)
    return module === 'original' ? this.#append(this.policy.body(index)!, typeIndex) : index
  }

  /** The replacement's own functions: one that it exports takes the place of the policy's function of that name. */
  #own(): number[] {
    const { exports, functionTypes } = replacement.layout
    return replacement.bodies.map((body, offset) => {
      const index = replacement.imports.length + offset
      const exported = exports.find((one) => one.kind === 'function' && one.index === index)
      return exported ? this.policy.indexOf(exported.name) : this.#append(body, functionTypes[offset]!)
    })
  }

  #append(body: Uint8Array, type: number): number {
    this.#bodies.push(body)
    this.#types.push(this.policy.layout.parameterCounts.length + type)
    return this.policy.imports.length + this.#bodies.length - 1
  }

  /** The replacement's types come behind the policy's. */
  #typeSection(): Uint8Array {
    const layouts = [this.policy.layout, replacement.layout]
    const count = layouts.reduce((sum, { parameterCounts }) => sum + parameterCounts.length, 0)
    const writer = new ByteWriter().u32(count)
    for (const { raw } of layouts) writer.bytes(entriesOf(raw.get(Section.type)))
    return writer.finish()
  }
}

/** A function's body that calls functions where they are now. */
function moved(body: Uint8Array, places: readonly number[]): Uint8Array {
  const reader = new ByteReader(body)
  for (let groups = reader.u32(); groups > 0; groups--) {
    reader.u32()
    reader.byte()
  }
  const writer = new ByteWriter(body.length * 2).bytes(reader.slice(0))
  while (!reader.done) {
    const start = reader.position
    const { op } = readInstruction(reader)
    if (op === CALL) writer.byte(CALL).u32(places[new ByteReader(body, start + 1).u32()]!)
    else writer.bytes(reader.slice(start))
  }
  return writer.finish()
}

function vector<T>(items: readonly T[], write: (writer: ByteWriter, item: T) => unknown): Uint8Array {
  const writer = new ByteWriter(1 << 16).u32(items.length)
  for (const item of items) write(writer, item)
  return writer.finish()
}
