import type { BackupReport } from './backup.js'
import type { Diagnosis } from './doctor/check.js'
import type { RestoreReport } from './restore.js'
import type { KeyReport } from './signing-keys.js'

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

/** What was backed up, for people. */
export const backupWords = ({ file, bytes, rows, files, ledger }: BackupReport): string =>
  [
    `Backed up to ${file} (${megabytes(bytes)}: ${rows} rows, ${files} files, ledger of ${ledger.size} leaves).`,
    'It holds keys: keep it as closed as the data folder.',
  ].join('\n')

/** What was restored, and what to do next, for people. */
export const restoreWords = ({ into, rows, files, ledger, created_at }: RestoreReport): string =>
  [
    `Restored the backup of ${created_at} into ${into} (${rows} rows, ${files} files, ledger of ${ledger.size} leaves).`,
    ...(ledger.whole
      ? []
      : ['The log does not hash to its head, and did not when it was backed up: gatehouse audit verify']),
    `Start on it with: GATEHOUSE_DATA=${into} npm start`,
  ].join('\n')

/** Every finding with its remedy, for people. */
export const doctorWords = ({ ok, checks }: Diagnosis): string =>
  [
    ...checks.flatMap((check) => [
      `${check.ok ? '✓ ok  ' : '✗ FAIL'} ${check.name.padEnd(15)} ${check.detail}`,
      ...(check.ok || check.remedy === null ? [] : [`       ${' '.repeat(15)} → ${check.remedy}`]),
    ]),
    ok ? 'Nothing is amiss.' : 'Something is amiss: see above.',
  ].join('\n')

/** Keys that sign policy, each with what to give to an agent that brings its keys itself, for people. */
export const keyWords = ({ key, keys }: KeyReport): string =>
  [
    ...keys.map(({ id, state, since }) => `${state.padEnd(9)} ${id}${since === null ? '' : ` since ${since}`}`),
    ...(key === 'opa' ? ['', ...keys.map(({ id, public_key }) => `${id}\n${public_key}`)] : []),
  ].join('\n')
