/**
 * The host interfaces of wit/extension.wit. Each call of one is decided by policy; what the manifest does not declare is not
 * there, and what is not used here is not imported.
 */
import { Field, Response } from './index'
import { bytesAt, liftFields, lowerFields, optionalStringAt, storeString, stringAt, stringsAt, Utf8 } from './abi'

/** Why a host call was refused or failed. `code` is stable, such as `capability.host_undeclared`. */
export class HostError {
  constructor(
    readonly code: string,
    readonly message: string,
    /** Decision that refused it; ask an operator about it. */
    readonly decisionId: string | null,
  ) {}
}

/** What came of a host call: `value`, unless there is an `error`. AssemblyScript has no exceptions that could be caught. */
export class Result<T> {
  constructor(private readonly given: T, readonly error: HostError | null) {}
  get ok(): bool {
    return this.error === null
  }
  /** What the host gave; the call ends as a trap where it gave an error. */
  get value(): T {
    if (this.error !== null) throw new Error(this.error!.code)
    return this.given
  }
}

/** Room for what the host answers. */
const ANSWER = memory.data(56, 8)

function failed(at: usize = 4): HostError | null {
  if (load<u8>(ANSWER) == 0) return null
  return new HostError(stringAt(ANSWER + at), stringAt(ANSWER + at + 8), optionalStringAt(ANSWER + at + 16))
}

function text(): Result<string> {
  const error = failed()
  return new Result(error ? '' : stringAt(ANSWER + 4), error)
}

function bytes(): Result<Uint8Array> {
  const error = failed()
  return new Result(error ? new Uint8Array(0) : bytesAt(ANSWER + 4), error)
}

// @ts-ignore: decorator
@external('gatehouse:extension/log@0.1.0', 'write')
declare function logWrite(level: i32, message: usize, length: i32): void

export namespace log {
  export enum Level { debug, info, warn, error }
  /** Kept with the execution. Nothing is waited for. */
  export function write(level: Level, message: string): void {
    const utf8 = new Utf8(message)
    logWrite(level, utf8.at, utf8.length)
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/kv@0.1.0', 'get')
declare function kvGet(key: usize, length: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/kv@0.1.0', 'set')
declare function kvSet(key: usize, length: i32, value: usize, valueLength: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/kv@0.1.0', 'delete')
declare function kvDelete(key: usize, length: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/kv@0.1.0', 'list')
declare function kvList(prefix: usize, length: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/kv@0.1.0', 'read')
declare function kvRead(key: usize, length: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/kv@0.1.0', 'transact')
declare function kvTransact(operations: usize, length: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/kv@0.1.0', 'scan')
declare function kvScan(prefix: usize, length: i32, after: i32, key: usize, keyLength: i32, limit: i32, answer: usize): void

/** The extension's own storage in one workspace. */
export namespace kv {
  export class Entry {
    constructor(
      readonly value: Uint8Array,
      /** Changes with every write; says nothing of order. */
      readonly version: u64,
      /** Milliseconds since the Unix epoch; 0 where it stays for good. */
      readonly expiresAtMs: u64,
    ) {}
  }
  export class Page {
    /** `next` is the key to go on after; null at the end. */
    constructor(readonly keys: string[], readonly next: string | null) {}
  }
  enum Kind { put, remove, check }
  enum Expect { anything, absent, version }

  /** One step of a transaction: `Operation.put('a', bytes).ifAbsent()`. */
  export class Operation {
    private expect: Expect = Expect.anything
    private version: u64 = 0
    private ttlSeconds: u32 = 0
    private constructor(private readonly kind: Kind, private readonly key: string, private readonly bytes: Uint8Array) {}

    static put(key: string, value: Uint8Array): Operation {
      return new Operation(Kind.put, key, value)
    }
    static remove(key: string): Operation {
      return new Operation(Kind.remove, key, new Uint8Array(0))
    }
    /** Only wants its condition met. */
    static check(key: string): Operation {
      return new Operation(Kind.check, key, new Uint8Array(0))
    }
    ifAbsent(): Operation {
      this.expect = Expect.absent
      return this
    }
    ifVersion(version: u64): Operation {
      this.expect = Expect.version
      this.version = version
      return this
    }
    /** The entry is gone after so many seconds. */
    keptFor(seconds: u32): Operation {
      this.ttlSeconds = seconds
      return this
    }
    /** Writes it in 48 bytes. */
    lower(at: usize): void {
      store<u8>(at, this.kind)
      storeString(at + 8, this.key)
      const put = this.kind == Kind.put
      if (put) {
        store<usize>(at, this.bytes.dataStart, 16)
        store<i32>(at, this.bytes.length, 20)
        store<u8>(at, this.ttlSeconds > 0 ? 1 : 0, 24)
        store<u32>(at, this.ttlSeconds, 28)
      }
      const expect: usize = put ? 32 : 16
      store<u8>(at + expect, this.expect)
      store<u64>(at + expect, this.version, 8)
    }
  }

  /** What is stored; null where nothing is. */
  export function get(key: string): Result<Uint8Array | null> {
    const utf8 = new Utf8(key)
    kvGet(utf8.at, utf8.length, ANSWER)
    const error = failed()
    const there = !error && load<u8>(ANSWER, 4) == 1
    return new Result<Uint8Array | null>(there ? bytesAt(ANSWER + 8) : null, error)
  }
  export function set(key: string, value: Uint8Array): HostError | null {
    const utf8 = new Utf8(key)
    kvSet(utf8.at, utf8.length, value.dataStart, value.length, ANSWER)
    return failed()
  }
  /** Deleting what isn't there is no error. */
  export function remove(key: string): HostError | null {
    const utf8 = new Utf8(key)
    kvDelete(utf8.at, utf8.length, ANSWER)
    return failed()
  }
  /** Keys that start with the prefix, in byte order; at most 1,000. */
  export function list(prefix: string): Result<string[]> {
    const utf8 = new Utf8(prefix)
    kvList(utf8.at, utf8.length, ANSWER)
    const error = failed()
    return new Result<string[]>(error ? [] : stringsAt(ANSWER + 4), error)
  }
  /** The entry with its version; null where there is none. */
  export function read(key: string): Result<Entry | null> {
    const utf8 = new Utf8(key)
    kvRead(utf8.at, utf8.length, ANSWER)
    const error = failed(8)
    if (error || load<u8>(ANSWER, 8) == 0) return new Result<Entry | null>(null, error)
    const expires = load<u8>(ANSWER, 32) == 1 ? load<u64>(ANSWER, 40) : 0
    return new Result<Entry | null>(new Entry(bytesAt(ANSWER + 16), load<u64>(ANSWER, 24), expires), null)
  }
  /**
   * All of at most 100 operations or none; fails with `kv.conflict` where an expectation is not met. Gives the new version of
   * each `put` in its place, 0 for the others.
   */
  export function transact(operations: Operation[]): Result<u64[]> {
    const first = heap.alloc(operations.length * 48)
    for (let index = 0; index < operations.length; index++) operations[index].lower(first + index * 48)
    kvTransact(first, operations.length, ANSWER)
    const versions: u64[] = []
    const error = failed()
    if (!error) {
      const at = load<usize>(ANSWER, 4)
      for (let index = 0; index < load<i32>(ANSWER, 8); index++)
        versions.push(load<u8>(at + index * 16) == 1 ? load<u64>(at + index * 16, 8) : 0)
    }
    return new Result<u64[]>(versions, error)
  }
  /** Keys that start with the prefix and come after a key; `limit` is 1 to 1,000. */
  export function scan(prefix: string, after: string | null, limit: i32): Result<Page> {
    const utf8 = new Utf8(prefix)
    const key = new Utf8(after === null ? '' : after)
    kvScan(utf8.at, utf8.length, after === null ? 0 : 1, key.at, key.length, limit, ANSWER)
    const error = failed()
    const page = error ? new Page([], null) : new Page(stringsAt(ANSWER + 4), optionalStringAt(ANSWER + 12))
    return new Result<Page>(page, error)
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/config@0.1.0', 'get')
declare function configGet(name: usize, length: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/config@0.1.0', 'all')
declare function configAll(answer: usize): void

export namespace config {
  /** One setting as JSON; null where it is not set. */
  export function get(name: string): Result<string | null> {
    const utf8 = new Utf8(name)
    configGet(utf8.at, utf8.length, ANSWER)
    const error = failed()
    return new Result<string | null>(error ? null : optionalStringAt(ANSWER + 4), error)
  }
  /** All settings as one JSON object. */
  export function all(): Result<string> {
    configAll(ANSWER)
    return text()
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/metrics@0.1.0', 'record')
declare function metricsRecord(kind: i32, name: usize, length: i32, value: f64, labels: usize, count: i32): void

export namespace metrics {
  export enum Kind { counter, gauge, histogram }
  /** Added up by day. Nothing is waited for. */
  export function record(kind: Kind, name: string, value: f64, labels: Field[] = []): void {
    const utf8 = new Utf8(name)
    metricsRecord(kind, utf8.at, utf8.length, value, lowerFields(labels), labels.length)
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/events@0.1.0', 'publish')
declare function eventsPublish(type: usize, length: i32, data: usize, dataLength: i32, answer: usize): void

export namespace events {
  /** `data` is JSON of the shape that the manifest declares for the type; gives the event's id once it is durable. */
  export function publish(type: string, data: string): Result<string> {
    const utf8 = new Utf8(type)
    const json = new Utf8(data)
    eventsPublish(utf8.at, utf8.length, json.at, json.length, ANSWER)
    return text()
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/http@0.1.0', 'fetch')
declare function httpFetch(
  method: usize, methodLength: i32, url: usize, urlLength: i32,
  headers: usize, count: i32, body: usize, bodyLength: i32, answer: usize,
): void

export namespace http {
  /** A request to a host that the manifest declares. `{{secret:NAME}}` in a header's value is filled in on its way out. */
  export function fetch(method: string, url: string, headers: Field[], body: Uint8Array): Result<Response> {
    const verb = new Utf8(method)
    const address = new Utf8(url)
    const fields = lowerFields(headers)
    httpFetch(
      verb.at, verb.length, address.at, address.length, fields, headers.length, body.dataStart, body.length, ANSWER,
    )
    const error = failed()
    if (error) return new Result(new Response(0, [], new Uint8Array(0)), error)
    const answered = liftFields(load<usize>(ANSWER, 8), load<i32>(ANSWER, 12))
    return new Result(new Response(load<u16>(ANSWER, 4), answered, bytesAt(ANSWER + 16)), null)
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/secrets@0.1.0', 'get')
declare function secretsGet(name: usize, length: i32, answer: usize): void

export namespace secrets {
  /** A secret that an admin entered at install. */
  export function get(name: string): Result<string> {
    const utf8 = new Utf8(name)
    secretsGet(utf8.at, utf8.length, ANSWER)
    return text()
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/clock@0.1.0', 'now-ms')
declare function clockNowMs(): u64

export namespace clock {
  /** Milliseconds since the Unix epoch; the same throughout one invocation. */
  export function nowMs(): u64 {
    return clockNowMs()
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/random@0.1.0', 'bytes')
declare function randomBytes(count: i32, answer: usize): void

export namespace random {
  /** Unpredictable bytes, at most 65,536 at a time. */
  export function bytes(count: i32): Uint8Array {
    randomBytes(count, ANSWER)
    return bytesAt(ANSWER)
  }
}

// @ts-ignore: decorator
@external('gatehouse:extension/streams@0.1.0', 'read')
declare function streamsRead(max: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/streams@0.1.0', 'start')
declare function streamsStart(status: i32, headers: usize, count: i32, answer: usize): void
// @ts-ignore: decorator
@external('gatehouse:extension/streams@0.1.0', 'write')
declare function streamsWrite(bytes: usize, length: i32, answer: usize): void

/** Bodies piece by piece, at endpoints of which the manifest says so (`stream`). */
export namespace streams {
  /** The next bytes of the request's body, at most `max` and 65,536; none at its end. */
  export function read(max: i32): Result<Uint8Array> {
    streamsRead(max, ANSWER)
    return bytes()
  }
  /** Begins the answer, once. What `handle` gives back afterwards ends it, and has no body. */
  export function start(status: u16, headers: Field[]): HostError | null {
    streamsStart(status, lowerFields(headers), headers.length, ANSWER)
    return failed()
  }
  export function write(bytes: Uint8Array): HostError | null {
    streamsWrite(bytes.dataStart, bytes.length, ANSWER)
    return failed()
  }
}
