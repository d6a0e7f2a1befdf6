import { Op, ValueType } from '../metering/instructions.js'
import { Section } from '../metering/module-layout.js'
import type { ModuleImport, ModuleInterface } from './interface.js'
import { valueText } from './opened.js'
import { exportEntry, vectorOf, writeSections } from './sections.js'

const MAX_PAGES = 65_536
const MAX_ELEMENTS = 10_000_000
const NAMES = new Map<number, WebAssembly.ValueType>([
  [ValueType.i32, 'i32'],
  [ValueType.i64, 'i64'],
  [ValueType.f32, 'f32'],
  [ValueType.f64, 'f64'],
  [0x6f, 'externref'],
  [0x70, 'anyfunc'],
])

/** What one instance is given for its imports, by their types alone; it behaves alike for every instance. */
export class Stubs {
  readonly imports: WebAssembly.Imports = {}
  /** What the instance called, with which arguments. */
  readonly log: string[] = []
  readonly functions: WebAssembly.Exports = {}
  readonly memories: WebAssembly.Memory[] = []
  private calls = 0
  private readonly globals: { readonly global: WebAssembly.Global; readonly value: unknown }[] = []

  constructor({ imports }: ModuleInterface) {
    for (const entity of imports) (this.imports[entity.module] ??= {})[entity.name] ??= this.stub(entity)
  }

  /** As if nothing had been called yet. */
  reset(): void {
    this.calls = 0
    this.log.length = 0
    for (const { global, value } of this.globals) global.value = value as never
  }

  private stub(entity: ModuleImport): unknown {
    if (entity.kind === 'function') return this.functionFor(entity)
    if (entity.kind === 'global') return this.globalFor(entity)
    const { minimum: initial, maximum } = entity.limits
    if (entity.kind === 'table')
      return new WebAssembly.Table({
        element: NAMES.get(entity.type) as 'anyfunc',
        initial,
        maximum: maximum ?? MAX_ELEMENTS,
      })
    const memory = new WebAssembly.Memory({ initial, maximum: maximum ?? MAX_PAGES })
    this.memories.push(memory)
    return memory
  }

  private functionFor({ module, name, signature }: ModuleImport & { kind: 'function' }): unknown {
    const stub = (...values: unknown[]): unknown => {
      this.log.push(`${module} ${name} ${values.map(valueText).join()}`)
      const results = signature.results.map((type) => this.result(type))
      return results.length < 2 ? results[0] : results
    }
    this.functions[`${module} ${name}`] = stub
    return stub
  }

  private result(type: number): unknown {
    const number = Math.imul(++this.calls, 0x9e37_79b1)
    if (type === ValueType.i64) return BigInt(number)
    return type === 0x6f || type === 0x70 ? null : number
  }

  private globalFor({ type, mutable }: ModuleImport & { kind: 'global' }): unknown {
    if (type === ValueType.v128) return vectorGlobal(mutable)
    const value = type === ValueType.i64 ? 666n : type === 0x6f || type === 0x70 ? null : 666
    const global = new WebAssembly.Global({ value: NAMES.get(type)!, mutable }, value as never)
    if (mutable) this.globals.push({ global, value })
    return global
  }
}

/** JavaScript can't make one of vectors; a module can. */
function vectorGlobal(mutable: boolean): unknown {
  const global = [ValueType.v128, Number(mutable), Op.simd, 12, ...Array.from({ length: 16 }, () => 7), Op.end]
  const wasm = writeSections(
    new Map([
      [Section.global, vectorOf([global])],
      [Section.export, vectorOf([exportEntry('vector', 3, 0)])],
    ]),
  )
  return new WebAssembly.Instance(new WebAssembly.Module(wasm as BufferSource)).exports['vector']
}
