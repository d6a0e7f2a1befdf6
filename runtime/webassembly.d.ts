/**
 * The part of the WebAssembly JavaScript interface that we use. TypeScript ships it only within its DOM library,
 * which would put a browser's globals in scope everywhere.
 */
declare namespace WebAssembly {
  type ValueType = 'i32' | 'i64' | 'f32' | 'f64' | 'externref' | 'anyfunc'
  type ImportExportKind = 'function' | 'global' | 'memory' | 'table'
  type Exports = Record<string, unknown>
  type Imports = Record<string, Record<string, unknown>>

  interface ModuleImportDescriptor {
    module: string
    name: string
    kind: ImportExportKind
  }
  interface ModuleExportDescriptor {
    name: string
    kind: ImportExportKind
  }

  class Module {
    constructor(bytes: BufferSource)
    static imports(module: Module): ModuleImportDescriptor[]
    static exports(module: Module): ModuleExportDescriptor[]
  }
  class Instance {
    constructor(module: Module, imports?: Imports)
    readonly exports: Exports
  }
  class Global<T extends ValueType = ValueType> {
    constructor(descriptor: { value: T; mutable?: boolean }, value?: T extends 'i64' ? bigint : unknown)
    value: T extends 'i64' ? bigint : T extends 'i32' | 'f32' | 'f64' ? number : unknown
  }
  class Memory {
    constructor(descriptor: { initial: number; maximum?: number })
    readonly buffer: ArrayBuffer
    grow(pages: number): number
  }
  class Table {
    constructor(descriptor: { element: 'anyfunc' | 'externref'; initial: number; maximum?: number })
    readonly length: number
    get(index: number): unknown
  }
  class RuntimeError extends Error {}
  class CompileError extends Error {}
  class LinkError extends Error {}

  function validate(bytes: BufferSource): boolean
  function compile(bytes: BufferSource): Promise<Module>
}

type BufferSource = ArrayBufferView<ArrayBuffer> | ArrayBuffer
