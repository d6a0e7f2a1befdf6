/** Values as the canonical ABI lays them out in memory. What the host hands over is freed once it has been copied. */
import { Field } from './index'

/** A copy of a list of bytes. */
export function liftBytes(at: usize, length: i32): Uint8Array {
  const bytes = new Uint8Array(length)
  memory.copy(bytes.dataStart, at, length)
  if (length > 0) heap.free(at)
  return bytes
}

export function liftString(at: usize, length: i32): string {
  const text = String.UTF8.decodeUnsafe(at, length)
  if (length > 0) heap.free(at)
  return text
}

/** A string whose address and length stand there. */
export function stringAt(at: usize): string {
  return liftString(load<usize>(at), load<i32>(at, 4))
}

/** A string of which it is said first whether it is there. */
export function optionalStringAt(at: usize): string | null {
  return load<u8>(at) == 0 ? null : stringAt(at + 4)
}

export function bytesAt(at: usize): Uint8Array {
  return liftBytes(load<usize>(at), load<i32>(at, 4))
}

export function stringsAt(at: usize): string[] {
  const first = load<usize>(at)
  const length = load<i32>(at, 4)
  const strings = new Array<string>(length)
  for (let index = 0; index < length; index++) strings[index] = stringAt(first + index * 8)
  if (length > 0) heap.free(first)
  return strings
}

export function liftFields(at: usize, length: i32): Field[] {
  const fields = new Array<Field>(length)
  for (let index = 0; index < length; index++) {
    const field = at + index * 16
    fields[index] = new Field(stringAt(field), stringAt(field + 8))
  }
  if (length > 0) heap.free(at)
  return fields
}

/** A string in UTF-8, which the host reads during a call. */
export class Utf8 {
  private readonly bytes: ArrayBuffer
  constructor(text: string) {
    this.bytes = String.UTF8.encode(text)
  }
  get at(): usize {
    return changetype<usize>(this.bytes)
  }
  get length(): i32 {
    return this.bytes.byteLength
  }
}

/** Writes address and length of a string; its bytes stay where they are until the instance is put back. */
export function storeString(at: usize, text: string): void {
  const length = String.UTF8.byteLength(text)
  const bytes = heap.alloc(length)
  String.UTF8.encodeUnsafe(changetype<usize>(text), text.length, bytes)
  store<usize>(at, bytes)
  store<i32>(at, length, 4)
}

/** The address of a list of fields, which stays until the instance is put back. */
export function lowerFields(fields: Field[]): usize {
  const first = heap.alloc(fields.length * 16)
  for (let index = 0; index < fields.length; index++) {
    storeString(first + index * 16, fields[index].name)
    storeString(first + index * 16 + 8, fields[index].value)
  }
  return first
}
