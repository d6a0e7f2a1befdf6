import { createPublicKey, generateKeyPairSync } from 'node:crypto'
import type { GatehouseClient } from '#sdk/client/client.js'
import type { Person, World } from '../../demo/world.js'
import { Ground } from '../../faces/ground.js'
import type { NameServer } from '../../demo/name-server.js'
import type { OutsideIssuer } from '../../demo/outside-issuer.js'

/** What stands around the service. */
export interface Around {
  readonly world: World
  readonly provider: OutsideIssuer
  readonly names: NameServer
  /** Counts another service in, whose answers are looked at as well. */
  readonly watch: (url: string) => void
}

/** The running service, and things there that walks share: each is made when it is first asked for. */
export class WalkGround {
  private readonly kept = new Map<string, Promise<unknown>>()
  private made = 0

  private constructor(
    readonly around: Around,
    /** What the cases of `test:faces` stand on. */
    readonly faces: Ground,
  ) {}

  static async lay(around: Around): Promise<WalkGround> {
    return new WalkGround(around, await Ground.lay(around.world))
  }

  get world(): World {
    return this.around.world
  }

  get url(): string {
    return this.world.service.url
  }

  as(person: Person): GatehouseClient {
    return this.faces.as(person)
  }

  /** A word that nothing is called yet. */
  slug(): string {
    return `walk-${String(++this.made).padStart(4, '0')}`
  }

  /** Makes it once; the same each time after. */
  once<T>(name: string, make: () => Promise<T>): Promise<T> {
    const made = (this.kept.get(name) as Promise<T> | undefined) ?? make()
    this.kept.set(name, made)
    return made
  }

  /** Asks until it is answered without a refusal: what is written in batches takes its time. */
  async found<T>(ask: () => Promise<T>): Promise<T> {
    const tried = await this.world.eventually(
      () =>
        ask().then(
          (answer) => ({ answer }),
          (error: unknown) => ({ error }),
        ),
      (one) => 'answer' in one,
      FOUND_WITHIN_MS,
    )
    if ('error' in tried) throw tried.error
    return tried.answer
  }
}

const FOUND_WITHIN_MS = 30_000

/** The public half of a new Ed25519 key, as PEM. */
export const newPublicKey = (): string => {
  const { privateKey } = generateKeyPairSync('ed25519')
  return createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
}
