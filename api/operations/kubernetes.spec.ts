import { describe, expect, it } from '@jest/globals'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { packageRoot } from '#runtime/package-root.js'
import { RUNNER_SETTINGS } from '../platform/config/runner-config.js'
import { SETTINGS } from '../platform/config/settings.js'

const FOLDER = join(packageRoot(), 'docs/operations/kubernetes')
const FILES = ['service.yaml', 'runners.yaml']

interface Schema {
  readonly kinds: Readonly<Record<string, string>>
  readonly definitions: object
}
/** What these manifests have of Kubernetes' objects, as far as it is looked at here. */
interface Container {
  readonly env: readonly { name: string; value?: string }[]
  readonly command: readonly string[]
  readonly securityContext: object
  readonly volumeMounts: readonly { name: string }[]
}
interface Manifest {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: { readonly name: string; readonly namespace?: string }
  readonly spec?: {
    readonly selector?: { readonly matchLabels?: Record<string, string> }
    readonly podSelector?: { readonly matchLabels: Record<string, string> }
    readonly egress?: readonly object[]
    readonly template?: {
      readonly metadata: { readonly labels: Record<string, string> }
      readonly spec: {
        readonly containers: readonly Container[]
        readonly volumes: readonly { name: string }[]
        readonly automountServiceAccountToken: boolean
        readonly securityContext: object
        readonly terminationGracePeriodSeconds: number
      }
    }
  }
}

const schema = JSON.parse(readFileSync(join(FOLDER, 'generated/schema.json'), 'utf8')) as Schema
const ajv = new Ajv2020({ strict: false, allErrors: true })
ajv.addSchema({ $id: 'kubernetes', definitions: schema.definitions })
const validatorOf = ({ apiVersion, kind }: Manifest): ValidateFunction => {
  const found = schema.kinds[`${apiVersion} ${kind}`]
  if (!found) throw new Error(`no schema of ${apiVersion} ${kind}`)
  return ajv.compile({ $ref: `kubernetes${found}` })
}
const faultsOf = (manifest: Manifest): string[] => {
  const validate = validatorOf(manifest)
  if (validate(manifest)) return []
  return validate.errors!.map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}
const read = (file: string): Manifest[] =>
  parseAllDocuments(readFileSync(join(FOLDER, file), 'utf8')).map((each) => {
    expect(each.errors).toEqual([])
    return each.toJS() as Manifest
  })
const manifests = FILES.flatMap(read)
const named = (kind: string, name: string): Manifest =>
  manifests.find((each) => each.kind === kind && each.metadata.name === name)!
const [service, runner] = [named('Deployment', 'gatehouse'), named('StatefulSet', 'gatehouse-runner')]
const podOf = (manifest: Manifest) => manifest.spec!.template!.spec

describe('the manifests for Kubernetes', () => {
  it.each(manifests.map((each) => [`${each.kind} ${each.metadata.name}`, each] as const))(
    '%s is as the schema of its kind has it',
    (_, manifest) => expect(faultsOf(manifest)).toEqual([]),
  )

  it('would be refused where a word is misspelled, missing or of another kind', () => {
    const changed = (from: string, to: string): string[] => {
      const text = JSON.stringify(runner)
      expect(text).toContain(from)
      return faultsOf(JSON.parse(text.replace(from, to)) as Manifest)
    }
    expect(changed('"readinessProbe"', '"readinesProbe"')).not.toEqual([])
    expect(changed('"serviceName"', '"serviceNam"')).not.toEqual([])
    expect(changed('"replicas":2', '"replicas":"two"')).not.toEqual([])
    expect(changed('"runAsNonRoot":true', '"runAsNonRoot":"yes"')).not.toEqual([])
    expect(changed('"image":', '"picture":')).not.toEqual([])
  })

  it('set nothing but settings that there are', () => {
    const known = (manifest: Manifest, settings: object) =>
      podOf(manifest)
        .containers.flatMap(({ env }) => env.map(({ name }) => name))
        .filter((name) => name !== 'POD_NAME' && !(name in settings))
    expect(known(service, SETTINGS)).toEqual([])
    expect(known(runner, RUNNER_SETTINGS)).toEqual([])
  })

  it('name each runner as the service reaches it', () => {
    const value = (manifest: Manifest, wanted: string) =>
      podOf(manifest).containers[0]!.env.find(({ name }) => name === wanted)!.value!
    const own = [0, 1].map((each) => value(runner, 'RUNNER_URL').replace('$(POD_NAME)', `gatehouse-runner-${each}`))
    expect(SETTINGS.RUNNER_BASE_URL.schema.parse(value(service, 'RUNNER_BASE_URL'))).toEqual(own)
    expect(podOf(runner).terminationGracePeriodSeconds).toBeGreaterThan(Number(value(runner, 'RUNNER_DRAIN_SECONDS')))
  })

  it.each([
    ['the service', service],
    ['a runner', runner],
  ])('run %s without root, rights, a token of the cluster, or files that it may write', (_, manifest) => {
    const pod = podOf(manifest)
    expect(pod).toMatchObject({ automountServiceAccountToken: false, securityContext: { runAsNonRoot: true } })
    for (const { securityContext, volumeMounts } of pod.containers) {
      expect(securityContext).toMatchObject({
        ...{ allowPrivilegeEscalation: false, readOnlyRootFilesystem: true },
        capabilities: { drop: ['ALL'] },
      })
      expect(volumeMounts.map(({ name }) => name).toSorted()).toEqual(pod.volumes.map(({ name }) => name).toSorted())
    }
  })

  it('let nothing out of a runner, and select what they mean', () => {
    const policy = named('NetworkPolicy', 'gatehouse-runner')
    expect(policy.spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'], egress: [] })
    for (const [kind, workload] of [
      ['gatehouse', service],
      ['gatehouse-runner', runner],
    ] as const) {
      const { labels } = workload.spec!.template!.metadata
      expect(workload.spec!.selector!.matchLabels).toEqual(labels)
      expect(named('NetworkPolicy', kind).spec!.podSelector!.matchLabels).toEqual(labels)
      expect(named('PodDisruptionBudget', kind).spec!.selector!.matchLabels).toEqual(labels)
    }
    expect(named('Service', 'gatehouse-runners').spec!.selector).toEqual(runner.spec!.template!.metadata.labels)
  })

  it('start programs that the image has', () => {
    const sources = [service, runner].map((each) => podOf(each).containers[0]!.command.at(-1)!)
    expect(sources).toEqual(['dist/api/main.js', 'dist/api/runners/machine/main.js'])
    for (const program of sources)
      expect(() => readFileSync(join(packageRoot(), program.replace('dist/', '').replace(/js$/, 'ts')))).not.toThrow()
  })
})
