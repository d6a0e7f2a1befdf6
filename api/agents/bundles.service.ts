import type { shippedArchive } from '#engine/author/index.js'
import { canonicalBytes } from '#engine/canonical.js'
import { PolicyLoadError } from '#engine/errors.js'
import { opaKeys, signBundle, verifyBundle, type PolicyKey } from '#engine/signed-bundle.js'
import { problem } from '#contract/problems.js'
import { keyIdOf } from '#runtime/bundle/dsse.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { digestOf } from '#runtime/digest.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import type { RingKey, RotatingKey } from '../platform/keys/rotating-key.js'
import { discovered } from './discovery.rules.js'
import type { PolicyWatch } from './policy-watch.js'
import { hasAlready } from './polling.rules.js'

/** A bundle, and the name that stands for what is in it. */
export interface NamedBundle {
  readonly name: string
  /** Null where the agent has it already. */
  readonly archive: Uint8Array | null
}

/** What an agent says of itself when it asks. */
export interface Asking {
  /** Its `If-None-Match`. */
  readonly known: string | undefined
  /** Organisation that the agent's token is of. */
  readonly tenant: string
  /** How long it waits for something newer, in milliseconds. */
  readonly waitMs: number
  /** Aborts when it went away. */
  readonly signal: AbortSignal
}

export interface BundleParts {
  readonly policies: Pick<PolicySet, 'sealedAs'>
  readonly sealed: Pick<SealedPoliciesRepository, 'pointer' | 'archive'>
  readonly watch: PolicyWatch
  /** The policy that ships, packed for agents. */
  readonly shipped: typeof shippedArchive
  /** The platform's keys whose signature agents verify. */
  readonly keys: Pick<RotatingKey, 'signing' | 'keys'>
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** What OPA agents fetch: the policy in force, and the configuration that leads them to it. */
export class AgentBundles {
  private kept: { readonly name: string; readonly signer: string; readonly archive: Uint8Array } | undefined

  constructor(private readonly parts: BundleParts) {}

  /**
   * The policy in force, once it is another than the agent has or its wait is over.
   * Raises `overloaded`, `policy.unavailable`, `policy.archive_missing` where what is in force was not sealed from sources, and
   * `policy.revision_broken` where no key that counts has signed it.
   */
  async policy({ known, tenant, waitMs, signal }: Asking): Promise<NamedBundle> {
    // Watched before it is asked for, so that a change in between is not missed.
    // Who has none yet waits for nothing, and is never one too many.
    const watched = this.parts.watch.begin(tenant, known === undefined ? 0 : waitMs, signal)
    try {
      const name = await this.inForce()
      if (!hasAlready(known, name)) return { name, archive: await this.archive(name) }
      if (waitMs > 0) await watched.next
      const now = await this.inForce()
      return { name: now, archive: hasAlready(known, now) ? null : await this.archive(now) }
    } finally {
      watched.end()
    }
  }

  /**
   * What an agent is told to do: which bundle it loads, whose signatures count, where status and decisions go. Not signed:
   * an agent that brings no key yet refuses a signature that it cannot verify. The key that will sign next is told with
   * the one that signs, and those before it, so that an agent verifies across a rotation whatever it has fetched.
   */
  async discovery(known: string | undefined): Promise<NamedBundle> {
    const config = canonicalBytes(discovered(opaKeys(counting(await this.parts.keys.keys()))))
    const name = digestOf(config)
    if (hasAlready(known, name)) return { name, archive: null }
    const { bytes } = await packBundle(new Map([['data.json', config]]))
    return { name, archive: bytes }
  }

  /** By the pointer; until one was activated, what this instance has loaded. */
  private async inForce(): Promise<string> {
    const revision = (await this.parts.sealed.pointer())?.revision ?? this.parts.policies.sealedAs
    if (revision === null) throw problem('policy.unavailable')
    return revision
  }

  private async archive(name: string): Promise<Uint8Array> {
    const signer = keyIdOf(await this.parts.keys.signing())
    if (this.kept?.name !== name || this.kept.signer !== signer)
      this.kept = { name, signer, archive: await this.find(name, signer) }
    return this.kept.archive
  }

  private async find(name: string, signer: string): Promise<Uint8Array> {
    const sealed = await this.parts.sealed.archive(name)
    if (sealed) return this.signedNow(sealed, signer)
    const { revision, archive } = await this.parts.shipped()
    if (revision !== name) throw problem('policy.archive_missing', { detail: `${name} was not sealed from sources` })
    return signBundle(archive, await this.parts.keys.signing())
  }

  /** What a key before this one signed, under the signature of the one that signs: no agent needs a key for longer than a rotation takes. */
  private async signedNow(archive: Uint8Array, signer: string): Promise<Uint8Array> {
    const { keys, now } = this.parts
    const verified = await verifyBundle(archive, counting(await keys.keys()), now()).catch((error: unknown) => {
      throw error instanceof PolicyLoadError ? problem('policy.revision_broken', { cause: error }) : error
    })
    return verified.signer === signer ? archive : signBundle(archive, await keys.signing())
  }
}

const counting = (keys: readonly RingKey[]): PolicyKey[] => keys.map(({ publicKey }) => ({ publicKey, notAfter: null }))
