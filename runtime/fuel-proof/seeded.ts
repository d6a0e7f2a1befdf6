import { createHash } from 'node:crypto'

/** Bytes that depend on a name alone: the same on every machine and in every run. */
export function bytesFrom(name: string, count: number): Buffer {
  return createHash('shake256', { outputLength: count }).update(name).digest()
}

/** Choices that depend on a name alone. */
export class Choices {
  private readonly name: string
  private taken = 0

  constructor(name: string) {
    this.name = name
  }

  bytes(count: number): Buffer {
    return bytesFrom(`${this.name} ${this.taken++}`, count)
  }

  /** A whole number from 0 to `count` − 1. */
  below(count: number): number {
    return this.bytes(4).readUInt32LE() % count
  }

  of<T>(values: readonly T[]): T {
    return values[this.below(values.length)]!
  }
}
