import { createPublicKey, type KeyObject } from 'node:crypto'
import { z } from 'zod'
import { keyIdOf } from '#runtime/bundle/dsse.js'
import { KeyFileUnsound, type KeyStore } from './key-store.js'

/** How long a key is announced before it may sign, in milliseconds: OPA agents ask for discovery every two minutes at most. */
export const ANNOUNCED_FOR_MS = 10 * 60_000

/** One key of a ring whose signature counts. Instants are milliseconds since the epoch. */
export interface RingKey {
  readonly id: string
  readonly publicKey: KeyObject
  /** `signs`: signs now. `announced`: signs next, and counts already. `retired`: counts for what it signed. */
  readonly state: 'signs' | 'announced' | 'retired'
  /** When it was announced or retired; null of the one that signs. */
  readonly since: number | null
}

/** What was being sealed while the key changed, by any instance's clock, still counts; in milliseconds. */
const OVERLAP_MS = 5 * 60_000

/** Whether a key counts for what was signed at an instant: a retired one only for what it signed before it was. */
export const countsFor = ({ state, since }: Pick<RingKey, 'state' | 'since'>, signedAt: number): boolean =>
  state !== 'retired' || signedAt <= since! + OVERLAP_MS

/** Why a key can't be rotated now, and what to do. */
export class RotationRefused extends Error {}

const Retired = z.array(z.strictObject({ public_key: z.string(), retired_at: z.int().nonnegative() }))

/** Which keys a ring is made of: its name among the files, and how a private key of it is made and recognised. */
export interface RingKind {
  readonly name: string
  readonly make: () => string
  readonly read: (file: string, pem: string) => KeyObject
}

/**
 * A signing key that changes without a gap, in files: `NAME.pem` signs, `NAME.next.pem` is announced and will, and
 * `NAME.retired.json` holds the public halves of those before, which count for what they signed until they are revoked.
 */
export class RotatingKey {
  constructor(
    private readonly store: KeyStore,
    private readonly kind: RingKind,
  ) {}

  /** The private key that signs; made the first time. Raises `KeyFileUnsound` where others may read its file or it holds something else. */
  async signing(): Promise<KeyObject> {
    return this.kind.read(this.current, await this.store.obtain(this.current, this.kind.make))
  }

  /** Every key that counts: the one that signs, then the announced one, then those before it, newest first. Raises `KeyFileUnsound`. */
  async keys(): Promise<RingKey[]> {
    const signs = ringKey(await this.signing(), 'signs', null)
    const next = await this.announced()
    const retired = (await this.retired())
      .map(({ public_key, retired_at }) => ringKey(createPublicKey(public_key), 'retired', retired_at))
      // A rotation that was cut between its two steps has noted the key that still signs.
      .filter(({ id }) => id !== signs.id)
    return [signs, ...(next ? [next] : []), ...retired.toReversed()]
  }

  /** Makes the key that will sign next; the same one again where it is there. Raises `KeyFileUnsound`. */
  async announce(): Promise<RingKey> {
    await this.store.obtain(this.next, this.kind.make)
    return (await this.announced())!
  }

  /**
   * Lets the announced key sign from `now` on. The one before is noted as retired first, so that a crash in between leaves it signing.
   * Raises `RotationRefused` where none was announced, or not for {@link ANNOUNCED_FOR_MS} unless `early`; `KeyFileUnsound`.
   */
  async rotate(now: number, { early = false } = {}): Promise<RingKey> {
    const next = await this.announced()
    if (!next) throw new RotationRefused(`no ${this.kind.name} key is announced: announce one first`)
    const wait = next.since! + ANNOUNCED_FOR_MS - now
    if (wait > 0 && !early)
      throw new RotationRefused(
        `the ${this.kind.name} key ${next.id} is announced too shortly: rotate in ${Math.ceil(wait / 60_000)} minutes, or with --early where nobody has to hear of it first`,
      )
    const public_key = pemOf(createPublicKey(await this.signing()))
    const others = (await this.retired()).filter((each) => each.public_key !== public_key)
    await this.retire([...others, { public_key, retired_at: now }])
    await this.store.move(this.next, this.current)
    return { ...next, state: 'signs', since: null }
  }

  /** A retired key counts no more, not even for what it signed. Raises `RotationRefused` where there is no such retired key. */
  async revoke(id: string): Promise<void> {
    const kept = (await this.retired()).filter(({ public_key }) => keyIdOf(createPublicKey(public_key)) !== id)
    const [signs] = await this.keys()
    if (signs!.id === id) throw new RotationRefused(`${id} signs now: announce another and rotate first`)
    if (kept.length === (await this.retired()).length)
      throw new RotationRefused(`no retired ${this.kind.name} key has the id ${id}`)
    await this.retire(kept)
  }

  private get current(): string {
    return `${this.kind.name}.pem`
  }

  private get next(): string {
    return `${this.kind.name}.next.pem`
  }

  private get before(): string {
    return `${this.kind.name}.retired.json`
  }

  private async announced(): Promise<RingKey | undefined> {
    const found = await this.store.find(this.next)
    return found && ringKey(this.kind.read(this.next, found.text), 'announced', found.writtenAt)
  }

  private async retired(): Promise<z.infer<typeof Retired>> {
    const found = await this.store.find(this.before)
    if (!found) return []
    try {
      return Retired.parse(JSON.parse(found.text))
    } catch {
      throw new KeyFileUnsound(this.store.unusable(this.before))
    }
  }

  private retire(keys: z.infer<typeof Retired>): Promise<void> {
    return this.store.replace(this.before, `${JSON.stringify(keys, undefined, 2)}\n`)
  }
}

const ringKey = (key: KeyObject, state: RingKey['state'], since: number | null): RingKey => ({
  ...{ id: keyIdOf(key), state, since },
  publicKey: key.type === 'private' ? createPublicKey(key) : key,
})

const pemOf = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }).toString()
