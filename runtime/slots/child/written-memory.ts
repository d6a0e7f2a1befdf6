// Names that the metering pass exports (runtime/metering); this program stands alone inside the wall, so they are repeated
// here and a test holds the two together.
export const MEMORY = 'gatehouse:memory'
export const MARKS = 'gatehouse:marks'
export const HOST_MODULE = 'gatehouse:host'

/** Bytes of memory that one mark stands for, and by how much a write may reach over them. */
export const MARKED_BYTES = 4096
const OVERLAP_BYTES = 16
/** More than any of our interfaces writes where it is told to put a result. */
const RESULT_BYTES = 4096

/** One memory of an instance as it was after initialisation, and what was written to it since. */
class WrittenMemory {
  readonly memory: WebAssembly.Memory
  private readonly allMarks: WebAssembly.Memory | undefined
  /** One for each block that there is: the memory of marks has room for many more. */
  private marks: Uint8Array | undefined
  private image = new Uint8Array(0)

  /** @param marks undefined where an older admission left none: all is put back then */
  constructor(memory: WebAssembly.Memory, marks: WebAssembly.Memory | undefined) {
    this.memory = memory
    this.allMarks = marks
  }

  get hasGrown(): boolean {
    return this.memory.buffer.byteLength !== this.image.length
  }

  keep(): void {
    this.image = new Uint8Array(this.memory.buffer).slice()
    const blocks = Math.ceil(this.image.length / MARKED_BYTES)
    this.marks = this.allMarks && new Uint8Array(this.allMarks.buffer, 0, blocks).fill(0)
  }

  mark(start: number, length: number): void {
    this.marks?.fill(1, Math.floor(start / MARKED_BYTES), Math.ceil((start + length) / MARKED_BYTES))
  }

  restore(all: boolean): void {
    const memory = new Uint8Array(this.memory.buffer)
    if (all || this.marks === undefined) memory.set(this.image)
    else this.restoreMarked(memory, this.marks)
    this.marks?.fill(0)
  }

  private restoreMarked(memory: Uint8Array, marks: Uint8Array): void {
    for (let block = marks.indexOf(1); block !== -1;) {
      let end = block + 1
      while (marks[end] === 1) end++
      const start = block * MARKED_BYTES
      memory.set(this.image.subarray(start, end * MARKED_BYTES + OVERLAP_BYTES), start)
      block = marks.indexOf(1, end)
    }
  }
}

/**
 * The memories of one instance. What its code writes it marks itself; what the generated glue writes from outside is marked
 * here, or else all is put back.
 */
export class WrittenMemories {
  private readonly memories: WrittenMemory[] = []
  /** Marks by the memory that they are of, for modules that import it. */
  private readonly marks = new Map<WebAssembly.Memory, WebAssembly.Memory>()
  private readonly coreFunctions = new WeakSet<object>()
  private unseen = false

  get bytes(): number {
    return this.memories.reduce((sum, { memory }) => sum + memory.buffer.byteLength, 0)
  }

  get haveGrown(): boolean {
    return this.memories.some(({ hasGrown }) => hasGrown)
  }

  /** What a core module is to be instantiated with: the marks of the memory that it imports, and glue that is watched. */
  importsOf(imports: WebAssembly.Imports = {}): WebAssembly.Imports {
    const watched: WebAssembly.Imports = {}
    for (const [module, members] of Object.entries(imports)) {
      watched[module] = {}
      for (const [name, value] of Object.entries(members)) {
        watched[module][name] =
          typeof value === 'function' ? this.watch(`${module} ${name}`, value as GlueFunction) : value
        const marks = value instanceof WebAssembly.Memory ? this.marks.get(value) : undefined
        if (marks !== undefined) watched[HOST_MODULE] = { [MARKS]: marks }
      }
    }
    return watched
  }

  /** Takes note of an instance's exports: what it owns, and which functions are no glue. */
  add(exports: WebAssembly.Exports): void {
    for (const value of Object.values(exports)) if (typeof value === 'function') this.coreFunctions.add(value)
    const memory = exports[MEMORY] as WebAssembly.Memory | undefined
    if (memory === undefined) return
    const marks = exports[MARKS] as WebAssembly.Memory | undefined
    if (marks !== undefined) this.marks.set(memory, marks)
    this.memories.push(new WrittenMemory(memory, marks))
  }

  /** A guest's allocator, as the glue calls it: what it gives out is written by the glue next. */
  watchAllocator(allocate: Allocator): Allocator {
    return (...request) => {
      const start = allocate(...request) >>> 0
      this.mark(start, request[3])
      return start
    }
  }

  /** Takes the image that `restore` puts back. */
  keep(): void {
    for (const memory of this.memories) memory.keep()
    this.unseen = false
  }

  restore(): void {
    for (const memory of this.memories) memory.restore(this.unseen)
    this.unseen = false
  }

  /**
   * A function of the glue writes its result where one of its arguments points to. Those that work on memory for others
   * (`augments`, and copies between memories, which have an arrow in their name) may write anywhere.
   */
  private watch(name: string, glue: GlueFunction): GlueFunction {
    if (this.coreFunctions.has(glue)) return glue
    if (name.startsWith('augments ') || name.includes('=>'))
      return (...values) => {
        this.unseen = true
        return glue(...values)
      }
    return (...values) => {
      for (const value of values) if (typeof value === 'number') this.mark(value >>> 0, RESULT_BYTES)
      return glue(...values)
    }
  }

  private mark(start: number, length: number): void {
    for (const memory of this.memories) memory.mark(start, length)
  }
}

type GlueFunction = (...values: unknown[]) => unknown
type Allocator = (...request: [old: number, oldLength: number, alignment: number, length: number]) => number
