import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { processConfig } from '../platform/config/config.js'
import { ROTATING_KEYS } from '../platform/keys/key-files.js'
import { backup } from './backup.js'
import { doctor } from './doctor/doctor.js'
import { requireOwner, withLogins } from './owner-login.js'
import { restore, type RestoreTarget } from './restore.js'
import { KEY_VERBS, signingKeys } from './signing-keys.js'
import { backupWords, doctorWords, keyWords, restoreWords } from './words.rules.js'

const USAGE = `Usage: gatehouse backup FILE | restore FILE --into FOLDER | doctor | signing-keys VERB NAME [ID] [--early], each with [--json]
The data folder is GATEHOUSE_DATA; a server of your own is named by DATABASE_URL and MIGRATION_DATABASE_URL.`

/** Exit codes: 0 done, 1 refused, failed or not well, 2 called wrongly. */
const EXIT = { ok: 0, failed: 1, usage: 2 } as const

/** What a verb gives: the result for programs, and its words for people. */
interface Outcome {
  readonly ok: boolean
  readonly result: object
  readonly words: string
}

class CalledWrongly extends Error {}

const runBackup = (file: string): Promise<Outcome> => {
  if (existsSync(file))
    throw new CalledWrongly(`${file} is there already: name another file, so that no backup is lost`)
  const config = processConfig()
  return withLogins(config, async (logins) => {
    const report = await backup({ dataFolder: config.dataFolder, ownerUrl: requireOwner(logins) }, file)
    return { ok: true, result: report, words: backupWords(report) }
  })
}

const runRestore = async (file: string, into: string): Promise<Outcome> => {
  const { DATABASE_URL: url, MIGRATION_DATABASE_URL } = processConfig()
  const target: RestoreTarget = url
    ? {
        into,
        external: {
          ownerUrl: requireOwner({ url, ownerUrl: MIGRATION_DATABASE_URL ?? null }),
          apiRole: decodeURIComponent(new URL(url).username),
        },
      }
    : { into }
  const report = await restore(file, target)
  return { ok: true, result: report, words: restoreWords(report) }
}

const runDoctor = async (): Promise<Outcome> => {
  const diagnosis = await doctor()
  return { ok: diagnosis.ok, result: diagnosis, words: doctorWords(diagnosis) }
}

const runKeys = async ([given, key, id, ...more]: readonly string[], early: boolean): Promise<Outcome> => {
  const [verb, name] = [KEY_VERBS.find((one) => one === given), ROTATING_KEYS.find((one) => one === key)]
  if (!verb) throw new CalledWrongly(`signing-keys takes ${KEY_VERBS.join(', ')}`)
  if (!name) throw new CalledWrongly(`name the key: ${ROTATING_KEYS.join(' or ')}`)
  if (more.length > 0 || (verb === 'revoke') !== (id !== undefined))
    throw new CalledWrongly('revoke takes the id of a key, the others take none')
  const report = await signingKeys(processConfig().dataFolder, { verb, name, id, early }, Date.now())
  return { ok: true, result: report, words: keyWords(report) }
}

interface Flags {
  readonly into?: string | undefined
  readonly early: boolean
}

const perform = ([verb, file, ...more]: readonly string[], { into, early }: Flags): Promise<Outcome> => {
  if (verb === 'signing-keys') return runKeys([file ?? '', ...more], early)
  if (more.length > 0) throw new CalledWrongly(`${more[0]} is too much`)
  if (verb === 'doctor' && file === undefined && into === undefined) return runDoctor()
  if (verb === 'backup' && file !== undefined && into === undefined) return runBackup(file)
  if (verb === 'restore' && file !== undefined && into !== undefined) return runRestore(file, into)
  throw new CalledWrongly(verb === undefined ? 'what is to be done?' : `${verb} was given too little or too much`)
}

const parse = (given: string[]) => {
  try {
    const no = { type: 'boolean', default: false } as const
    const options = { json: no, early: no, into: { type: 'string' } } as const
    return parseArgs({ args: given, options, allowPositionals: true })
  } catch (error) {
    throw new CalledWrongly((error as Error).message)
  }
}

const tell = (json: boolean, { ok, result, words }: Outcome): void => {
  process.stdout.write(json ? `${JSON.stringify({ ok, ...result })}\n` : `${words}\n`)
  process.exitCode = ok ? EXIT.ok : EXIT.failed
}

const tellFault = (json: boolean, error: Error): void => {
  const usage = error instanceof CalledWrongly
  process.exitCode = usage ? EXIT.usage : EXIT.failed
  if (json) process.stdout.write(`${JSON.stringify({ ok: false, ...(usage && { usage }), detail: error.message })}\n`)
  else process.stderr.write(`${error.message}\n${usage ? `${USAGE}\n` : ''}`)
}

const given = process.argv.slice(2)
try {
  const { values, positionals } = parse(given)
  tell(values.json, await perform(positionals, values))
} catch (error) {
  tellFault(given.includes('--json'), error as Error)
}
