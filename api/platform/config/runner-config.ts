import type { KeyObject } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import { absolute, isLoopback, oneOf, runnerToken, runnerUrls, setting, whole, type Setting } from './setting-kinds.js'
import { SETTINGS } from './settings.js'
import { readTls, tlsFile, type TlsFault, type TlsFileSet } from './tls-files.js'
import { publicKeysOf } from './trust-bundle.js'

/** Every setting of `gatehouse runner`. What is not here is not read by it. */
export const RUNNER_SETTINGS = {
  HOST: setting(
    z.string().min(1).default('127.0.0.1'),
    'Address to listen on. Without RUNNER_TLS_CERT only loopback is accepted',
  ),
  PORT: setting(whole(0, 65_535).default(4000), 'Port to listen on; 0 takes any free one'),
  RUNNER_URL: setting(
    runnerUrls.optional(),
    'Address of this runner as RUNNER_BASE_URL of the service has it, and no other runner: orders name it. Absent: where it listens',
  ),
  RUNNER_TOKEN: setting(runnerToken, 'The token of RUNNER_TOKEN of the service'),
  RUNNER_ORDER_KEYS: setting(absolute, 'PEM file of the public keys that sign orders: `orders.pem` of the service'),
  RUNNER_GLUE_KEYS: setting(absolute, 'PEM file of the public keys that sign artifacts: `glue.pem` of the service'),
  RUNNER_TLS_CERT: setting(
    absolute.optional(),
    'PEM file of the certificate, and of those between it and its authority',
  ),
  RUNNER_TLS_KEY: setting(absolute.optional(), 'PEM file of the key of RUNNER_TLS_CERT'),
  RUNNER_CLIENT_CA: setting(
    absolute.optional(),
    'PEM file of the authorities that vouch for services (mutual TLS). Absent: the token alone says who may come',
  ),
  RUNNER_DRAIN_SECONDS: setting(
    whole(0, 3_600).default(60),
    'How long calls may go on after SIGTERM; then they are ended, and their service says so',
  ),
  GATEHOUSE_SLOTS: SETTINGS.GATEHOUSE_SLOTS,
  GATEHOUSE_WEAK_ISOLATION: setting(
    oneOf(['refuse', 'allow']).default('refuse'),
    'Whether the runner starts where the operating system offers no wall',
  ),
  LOG_LEVEL: SETTINGS.LOG_LEVEL,
  LOG_FORMAT: SETTINGS.LOG_FORMAT,
} as const satisfies Record<string, Setting>

type Name = keyof typeof RUNNER_SETTINGS
type RunnerSettings = { readonly [Each in Name]: z.output<(typeof RUNNER_SETTINGS)[Each]['schema']> }

/** A runner's configuration, with what its files say. */
export interface RunnerConfig extends RunnerSettings {
  readonly orderKeys: readonly KeyObject[]
  readonly glueKeys: readonly KeyObject[]
  /** Where it speaks TLS; authorities are those of the services. */
  readonly tls?: TlsFileSet | undefined
}

/** The runner's configuration can't be used; every fault is named. */
export class RunnerConfigInvalid extends Error {
  constructor(readonly faults: readonly { readonly setting: string; readonly detail: string }[]) {
    super(
      `The runner's configuration is not complete:\n${faults.map((each) => `  ${each.setting}: ${each.detail}`).join('\n')}`,
    )
  }
}

interface Fault {
  readonly setting: Name
  readonly detail: string
}

/** Faults that no setting has by itself. */
const disagreements = function* (settings: RunnerSettings): Generator<Fault> {
  const { RUNNER_TLS_CERT, RUNNER_TLS_KEY, RUNNER_CLIENT_CA, HOST, RUNNER_URL } = settings
  const missing = (setting: Name, why: string): Fault => ({ setting, detail: `is missing: ${why}` })
  if (RUNNER_TLS_CERT && !RUNNER_TLS_KEY) yield missing('RUNNER_TLS_KEY', 'the certificate is of no use without it')
  if (RUNNER_TLS_KEY && !RUNNER_TLS_CERT) yield missing('RUNNER_TLS_CERT', 'a key without a certificate')
  if (RUNNER_CLIENT_CA && !RUNNER_TLS_CERT)
    yield missing('RUNNER_TLS_CERT', 'without TLS nobody shows a certificate that RUNNER_CLIENT_CA could vouch for')
  if (!RUNNER_TLS_CERT && HOST !== undefined && !isLoopback(HOST))
    yield missing('RUNNER_TLS_CERT', `on ${HOST} a runner speaks TLS only, in plain text it listens on loopback`)
  if (RUNNER_TLS_CERT && !RUNNER_URL) yield missing('RUNNER_URL', 'which name of the certificate is it?')
  if (RUNNER_URL && RUNNER_URL.length !== 1)
    yield { setting: 'RUNNER_URL', detail: 'must be the one address of this runner' }
}

type Environment = Readonly<Record<string, string | undefined>>

/** Reads the configuration and the files that it names. Raises `RunnerConfigInvalid` with every fault at once. */
export const loadRunnerConfig = async (environment: Environment): Promise<RunnerConfig> => {
  const faults: Fault[] = []
  const fault = (setting: Name, detail: string): undefined => void faults.push({ setting, detail })
  const settings = Object.fromEntries(
    (Object.keys(RUNNER_SETTINGS) as Name[]).map((name) => {
      // An empty variable is an unset one: that is how shells and unit files leave one out.
      const parsed = (RUNNER_SETTINGS[name].schema as z.ZodType).safeParse(environment[name] || undefined)
      if (!parsed.success) {
        const missing = environment[name] ? '' : 'is missing: '
        fault(name, `${missing}${parsed.error.issues.map(({ message }) => message).join('; ')}`)
      }
      return [name, parsed.data]
    }),
  ) as RunnerSettings
  const text = async (name: Name): Promise<string | undefined> => {
    const path = settings[name] as string | undefined
    if (path === undefined) return undefined
    return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) =>
      fault(name, `${path} cannot be read (${error.code})`),
    )
  }
  const keys = async (name: Name): Promise<readonly KeyObject[]> => {
    const pem = await text(name)
    const found = pem === undefined ? [] : publicKeysOf(pem)
    if (found === null) fault(name, 'must hold one or more Ed25519 public keys in PEM, and no private one')
    return found ?? []
  }
  const [orderKeys, glueKeys] = [await keys('RUNNER_ORDER_KEYS'), await keys('RUNNER_GLUE_KEYS')]
  const tls = {
    cert: tlsFile(settings, 'RUNNER_TLS_CERT'),
    key: tlsFile(settings, 'RUNNER_TLS_KEY'),
    ca: tlsFile(settings, 'RUNNER_CLIENT_CA'),
  }
  await readTls(tls).catch(({ setting, detail }: TlsFault) => fault(setting as Name, detail))
  faults.push(...disagreements(settings))
  if (faults.length > 0) throw new RunnerConfigInvalid(faults)
  return { ...settings, orderKeys, glueKeys, ...(tls.cert && { tls }) }
}

/** The configuration of this process. */
export const processRunnerConfig = (): Promise<RunnerConfig> => loadRunnerConfig(process.env)
