import { createPublicKey, type KeyObject } from 'node:crypto'
import type { shippedArchive } from '#engine/author/index.js'
import { canonicalBytes } from '#engine/canonical.js'
import { opaKeys, signBundle } from '#engine/signed-bundle.js'
import { problem } from '#contract/problems.js'
import { packBundle } from '#runtime/bundle/pack.js'
import { digestOf } from '#runtime/digest.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
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
  /** How long it waits for something newer, in milliseconds. */
  readonly waitMs: number
  /** Aborts when it went away. */
  readonly signal: AbortSignal
}

export interface BundleParts {
  readonly policies: Pick<PolicySet, 'revision'>
  readonly sealed: Pick<SealedPoliciesRepository, 'pointer' | 'archive'>
  readonly watch: PolicyWatch
  /** The policy that ships, packed for agents. */
  readonly shipped: typeof shippedArchive
  /** The platform's key whose signature agents verify. */
  readonly agentKey: () => Promise<KeyObject>
}

/** What OPA agents fetch: the policy in force, and the configuration that leads them to it. */
export class AgentBundles {
  private kept: { readonly name: string; readonly archive: Uint8Array } | undefined

  constructor(private readonly parts: BundleParts) {}

  /**
   * The policy in force, once it is another than the agent has or its wait is over.
   * Raises `policy.unavailable`, and `policy.archive_missing` where what is in force was not sealed from sources.
   */
  async policy({ known, waitMs, signal }: Asking): Promise<NamedBundle> {
    // Watched before it is asked for, so that a change in between is not missed.
    const watched = this.parts.watch.begin(waitMs, signal)
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
   * What an agent is told to do: which bundle it loads, whose signature counts, where status and decisions go. Not signed:
   * an agent that brings no key yet refuses a signature that it cannot verify.
   */
  async discovery(known: string | undefined): Promise<NamedBundle> {
    const key = await this.parts.agentKey()
    const config = canonicalBytes(discovered(opaKeys([{ publicKey: createPublicKey(key), notAfter: null }])))
    const name = digestOf(config)
    if (hasAlready(known, name)) return { name, archive: null }
    const { bytes } = await packBundle(new Map([['data.json', config]]))
    return { name, archive: bytes }
  }

  /** By the pointer; until one was activated, what this instance has loaded. */
  private async inForce(): Promise<string> {
    const revision = (await this.parts.sealed.pointer())?.revision ?? this.parts.policies.revision
    if (revision === null) throw problem('policy.unavailable')
    return revision
  }

  private async archive(name: string): Promise<Uint8Array> {
    if (this.kept?.name !== name) this.kept = { name, archive: await this.find(name) }
    return this.kept.archive
  }

  private async find(name: string): Promise<Uint8Array> {
    const sealed = await this.parts.sealed.archive(name)
    if (sealed) return sealed
    const { revision, archive } = await this.parts.shipped()
    if (revision !== name) throw problem('policy.archive_missing', { detail: `${name} was not sealed from sources` })
    return signBundle(archive, await this.parts.agentKey())
  }
}
