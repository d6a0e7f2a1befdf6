import { refuse, text, type Call } from './call.js'
import { Decimal, equal, isArray, isNumeric, RegoObject, RegoSet, type Value } from './value.js'

/** Steps for one element of the container that an operation copies. */
const COPY_COST = 16
/** Steps for one element of values that a test compares. */
const COMPARE_COST = 20

type Path = readonly Value[]

/** A path as RFC 6901 writes it (leading slashes may be missing or too many), or an array of keys. */
function pathOf(given: Value | undefined): Path {
  if (given === undefined) return refuse('missing required path')
  if (isArray(given)) return given
  const pointer = text(given)
  if (pointer === '') return []
  return pointer
    .replace(/^\/+/, '')
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** The index that a key means in an array of this length; `-` is the place after the last. */
function indexOf(key: Value, length: number): number {
  if (key === '-') return length
  if (typeof key === 'string') {
    if (!/^[+-]?[0-9]+$/.test(key) || (key !== '0' && key.startsWith('0'))) refuse('not an index')
    return Number(key)
  }
  if (!isNumeric(key) || key instanceof Decimal) return refuse('not an index')
  return Number(key)
}

/** Applies OPA's JSON Patch: RFC 6902, besides sets as targets and paths that are arrays. All operations or no answer. */
export function applyPatch(target: Value, operations: readonly Value[], call: Call): Value {
  const patching = new Patching(call)
  return operations.reduce((document: Value, operation) => {
    if (!(operation instanceof RegoObject)) return refuse('an operation must be an object')
    return patching.apply(document, operation)
  }, target)
}

/** What an edit puts in the place of the value it was given; undefined takes that away. */
type Edit = (container: Value, key: Value) => Value

class Patching {
  constructor(readonly call: Call) {}

  apply(document: Value, operation: RegoObject): Value {
    const path = pathOf(operation.get('path'))
    switch (text(operation.get('op'))) {
      case 'add':
        return this.#add(document, path, valueOf(operation))
      case 'remove':
        return this.#remove(document, path)
      case 'replace':
        return this.#replace(document, path, valueOf(operation))
      case 'move':
        return this.#move(document, pathOf(operation.get('from')), path)
      case 'copy':
        return this.#add(document, path, this.#find(document, pathOf(operation.get('from'))))
      case 'test':
        return this.#test(document, path, valueOf(operation))
      default:
        return refuse('unrecognized op')
    }
  }

  #add(document: Value, path: Path, value: Value): Value {
    if (path.length === 0) return value
    return this.#edit(document, path, (container, key) => inserted(container, key, value))
  }

  #remove(document: Value, path: Path): Value {
    // OPA takes the whole document away and then has nothing to answer.
    if (path.length === 0) return refuse('the whole document is removed')
    return this.#edit(document, path, removed)
  }

  #replace(document: Value, path: Path, value: Value): Value {
    if (path.length === 0) return value
    return this.#add(this.#remove(document, path), path, value)
  }

  #move(document: Value, from: Path, path: Path): Value {
    const value = this.#find(document, from)
    if (from.length === 0) return path.length === 0 ? value : refuse('the whole document is moved')
    return this.#add(this.#remove(document, from), path, value)
  }

  #test(document: Value, path: Path, value: Value): Value {
    const found = this.#find(document, path)
    this.call.pay(COMPARE_COST * sizeOf(found))
    return equal(found, value) ? document : refuse('test failed')
  }

  #find(document: Value, path: Path): Value {
    return path.reduce((container, key) => child(container, key), document)
  }

  /** A copy of the document in which one container was edited; all that is not on the way to it is shared. */
  #edit(document: Value, path: Path, edit: Edit): Value {
    const [key, ...rest] = path as [Value, ...Value[]]
    this.call.pay(COPY_COST * (path.length + widthOf(document)))
    if (rest.length === 0) return edit(document, key)
    return withChild(document, key, this.#edit(child(document, key), rest, edit))
  }
}

const valueOf = (operation: RegoObject): Value => operation.get('value') ?? nullOr(operation)

/** A value may be null, which is a value; only a missing one is refused. */
const nullOr = (operation: RegoObject): Value => (operation.has('value') ? null : refuse('missing required value'))

const widthOf = (value: Value): number =>
  isArray(value) ? value.length : value instanceof RegoObject || value instanceof RegoSet ? value.size : 1

function sizeOf(value: Value): number {
  if (isArray(value)) return value.reduce<number>((sum, element) => sum + sizeOf(element), 1)
  if (value instanceof RegoSet) return sizeOf([...value])
  if (value instanceof RegoObject) return sizeOf([...value].flat())
  return 1
}

function child(container: Value, key: Value): Value {
  if (container instanceof RegoObject) return container.has(key) ? container.get(key)! : refuse('no such path')
  if (container instanceof RegoSet) return container.has(key) ? key : refuse('no such element')
  if (!isArray(container)) return refuse('no such path')
  const index = indexOf(key, container.length)
  return index >= 0 && index < container.length ? container[index]! : refuse('no such index')
}

function withChild(container: Value, key: Value, value: Value): Value {
  if (container instanceof RegoObject) return new RegoObject([...container, [key, value]])
  if (isArray(container)) return container.with(indexOf(key, container.length), value)
  const copy = new RegoSet(container as RegoSet)
  copy.delete(key)
  copy.add(value)
  return copy
}

function inserted(container: Value, key: Value, value: Value): Value {
  if (container instanceof RegoObject) return new RegoObject([...container, [key, value]])
  if (container instanceof RegoSet)
    return equal(key, value) ? new RegoSet([...container, value]) : refuse('the key of a set is its value')
  if (!isArray(container)) return refuse('nothing can be added to a scalar')
  const index = indexOf(key, container.length)
  return index >= 0 && index <= container.length ? container.toSpliced(index, 0, value) : refuse('index out of bounds')
}

function removed(container: Value, key: Value): Value {
  child(container, key)
  if (isArray(container)) return container.toSpliced(indexOf(key, container.length), 1)
  const copy = container instanceof RegoObject ? new RegoObject(container) : new RegoSet(container as RegoSet)
  copy.delete(key)
  return copy
}
