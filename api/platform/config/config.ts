import { resolve } from 'node:path'
import { isLoopback } from './setting-kinds.js'
import { SETTING_NAMES, settingEntry, type SettingName, type Settings } from './settings.js'

/** Embedded: everything comes up by itself, on loopback. External: a PostgreSQL that somebody else runs. */
export type Profile = 'embedded' | 'external'

/** The service's configuration, once it is whole. */
export interface Config extends Settings {
  readonly profile: Profile
  /** Absolute path of the data folder. */
  readonly dataFolder: string
  /** Where programs are looked for, as PATH has it. */
  readonly searchPath: string
}

/** One setting that is wrong or missing, and what to do. */
export interface ConfigFault {
  readonly setting: SettingName
  readonly detail: string
}

/** Injection token of the configuration. */
export const CONFIG = Symbol('CONFIG')

/** The configuration can't be used; every fault is named. */
export class ConfigInvalid extends Error {
  constructor(readonly faults: readonly ConfigFault[]) {
    super(
      `The configuration is not complete:\n${faults.map(({ setting, detail }) => `  ${setting}: ${detail}`).join('\n')}`,
    )
  }
}

type Environment = Readonly<Record<string, string | undefined>>

const parseAll = (environment: Environment, faults: ConfigFault[]): Settings =>
  Object.fromEntries(
    SETTING_NAMES.map((setting) => {
      // An empty variable is an unset one: that is how shells and unit files leave one out.
      const given = environment[setting] === '' ? undefined : environment[setting]
      const parsed = settingEntry(setting).schema.safeParse(given)
      if (!parsed.success)
        faults.push({ setting, detail: parsed.error.issues.map(({ message }) => message).join('; ') })
      return [setting, parsed.data]
    }),
  ) as Settings

/** Faults that no setting has by itself. */
const disagreements = function* (
  settings: Settings,
  profile: Profile,
  environment: Environment,
): Generator<ConfigFault> {
  if (profile === 'embedded' && !isLoopback(settings.HOST ?? '')) {
    yield {
      setting: 'HOST',
      detail: `${settings.HOST} is not loopback: the embedded profile listens on 127.0.0.1 only; set DATABASE_URL to run for others`,
    }
  }
  if (profile === 'external') {
    for (const setting of SETTING_NAMES) {
      if (settingEntry(setting).external && !environment[setting])
        yield { setting, detail: `is missing. ${settingEntry(setting).words}` }
    }
  }
  if (settings.RUNNER_BASE_URL?.length > 0 && !settings.RUNNER_TOKEN)
    yield { setting: 'RUNNER_TOKEN', detail: 'is missing: runners listen to nobody without it' }
  if (settings.RUNNER_CLIENT_CERT && !settings.RUNNER_CLIENT_KEY)
    yield { setting: 'RUNNER_CLIENT_KEY', detail: 'is missing: the certificate is of no use without it' }
  if (settings.RUNNER_CLIENT_KEY && !settings.RUNNER_CLIENT_CERT)
    yield { setting: 'RUNNER_CLIENT_CERT', detail: 'is missing: a key without a certificate' }
  if (settings.GATEHOUSE_POLICY_BUNDLE && !settings.GATEHOUSE_POLICY_TRUST) {
    yield {
      setting: 'GATEHOUSE_POLICY_TRUST',
      detail: 'is missing: a policy bundle from outside loads only with a signature',
    }
  }
}

/** Reads the configuration from an environment. Raises `ConfigInvalid` with every fault at once. */
export const loadConfig = (environment: Environment): Config => {
  const faults: ConfigFault[] = []
  const settings = parseAll(environment, faults)
  const profile: Profile = environment['DATABASE_URL'] ? 'external' : 'embedded'
  const known = new Set(faults.map(({ setting }) => setting))
  faults.push(...[...disagreements(settings, profile, environment)].filter(({ setting }) => !known.has(setting)))
  if (faults.length > 0) throw new ConfigInvalid(faults)
  return { ...settings, profile, dataFolder: resolve(settings.GATEHOUSE_DATA), searchPath: environment['PATH'] ?? '' }
}

/** The configuration of this process: the only place that reads its environment. */
export const processConfig = (): Config => loadConfig(process.env)
