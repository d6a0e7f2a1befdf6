import type { Artifact } from '../admission/artifact.js'
import type { BodyPort, Streaming } from '../slots/body-port.js'
import type { Field } from '../slots/child/frames.js'
import { artifactOfSource } from './slot-fixture.js'

/** Takes and gives bodies piece by piece, well or badly, as the path says. */
export const STREAMING_JS = `
import { read, start, write } from 'gatehouse:extension/streams@0.1.0'
import { bytes as chance } from 'gatehouse:extension/random@0.1.0'
import { get } from 'gatehouse:extension/kv@0.1.0'
const encode = (text) => Uint8Array.from(text, (character) => character.codePointAt(0))
const done = (body = new Uint8Array()) => ({ status: 200, headers: [], body })
const text = (words) => done(encode(String(words)))
const codeOf = (attempt) => { try { attempt(); return 'ok' } catch (error) { return error.payload.code } }
const begin = (type = 'text/plain') => start(200, [['content-type', type], ['x-ext-a', 'b']])
const BIG = new Uint8Array(65536).fill(97)
const paths = {
  '/echo': () => { begin(); for (let bytes = read(65536); bytes.length > 0; bytes = read(65536)) write(bytes); return done() },
  '/size': () => { let size = 0; for (let bytes = read(65536); bytes.length > 0; bytes = read(65536)) size += bytes.length; return text(size + ' ' + read(10).length) },
  '/head': (request) => text(read(10).length + ' ' + request.body.length),
  '/three': () => { begin(); for (const word of ['one ', 'two ', 'three']) { write(encode(word)); get(word) } return done() },
  '/events': () => { begin('text/event-stream'); for (let id = 0; id < 120; id++) write(encode('id: ' + id + '\\ndata: tick\\n\\n')); return done() },
  '/much': () => { begin(); write(new Uint8Array(5 * 65536).fill(98)); return done() },
  '/flood': () => { begin(); for (;;) write(BIG) },
  '/tiny': () => { begin(); const one = encode('a'); for (;;) write(one) },
  '/none': () => { begin(); return done() },
  '/trap': () => { begin(); write(encode('some')); return text(chance(1 << 20)) },
  '/fail': () => { begin(); write(encode('some')); throw 'cannot go on' },
  '/spin': () => { begin(); write(encode('some')); for (;;); },
  '/hang': () => { begin(); write(encode('some')); return text(get('never')) },
  '/hang-first': () => text(get('never')),
  '/whole': () => text('whole'),
  '/twice': () => { begin(); write(encode(codeOf(begin))); return done() },
  '/both': () => { begin(); return text('again') },
  '/codes': () => text([codeOf(() => read(1)), codeOf(() => write(BIG)), codeOf(begin)].join()),
  '/bad-status': () => { start(99, []); return done() },
  '/bad-type': () => { start(200, [['content-type', 'text/html']]); return done() },
}
export function handle(request) { return paths[request.path](request) }
`

/** The guest above, admitted. */
export const streamingArtifact = (): Promise<Artifact> => artifactOfSource({ js: STREAMING_JS }, ['kv', 'streams'])

/** Bodies without a connection: gives pieces as told, keeps what is written, and is full when a test says so. */
export class BodiesFake implements BodyPort {
  limits = { request_bytes: 1 << 20, response_bytes: 1 << 20 }
  readonly gone: Promise<void>
  head: [status: number, headers: readonly Field[]] | undefined
  writtenBytes = 0
  waiting = 0
  reads = 0
  /** What the reading side does next; pieces first, then the end. */
  next: (max: number) => Promise<Uint8Array>
  leave!: () => void
  /** Resolves once the slot has asked for room. */
  readonly isFull = Promise.withResolvers<void>()
  private readonly room = Promise.withResolvers<void>()
  private full = false
  private readonly pieces: Uint8Array[] = []
  private readonly watchers: (() => void)[] = []

  constructor(
    readonly stream: Streaming,
    pieces: readonly Uint8Array[] = [],
  ) {
    const left = [...pieces]
    this.next = async () => left.shift() ?? Buffer.alloc(0)
    this.gone = new Promise((resolve) => (this.leave = resolve))
  }

  get written(): Buffer {
    return Buffer.concat(this.pieces)
  }

  /** Takes nothing more until it is told to. */
  fill(): this {
    this.full = true
    return this
  }

  empty(): void {
    this.full = false
    this.room.resolve()
  }

  /** Resolves once so many bytes of the answer are there. */
  async has(bytes: number): Promise<void> {
    while (this.writtenBytes < bytes) await new Promise<void>((resolve) => this.watchers.push(resolve))
  }

  read(max: number): Promise<Uint8Array> {
    this.reads += 1
    return this.next(max)
  }

  start(status: number, headers: readonly Field[]): void {
    if (status < 200) throw new Error('no final status')
    this.head = [status, headers]
  }

  write(bytes: Uint8Array): void {
    this.pieces.push(bytes)
    this.writtenBytes += bytes.length
    this.waiting = this.full ? this.waiting + bytes.length : 0
    for (const notify of this.watchers.splice(0)) notify()
  }

  async drained(): Promise<void> {
    this.isFull.resolve()
    if (this.full) await this.room.promise
  }
}
