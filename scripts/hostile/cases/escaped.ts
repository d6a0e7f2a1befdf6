import { hostile, type HostileCase } from '../case.js'
import type { Account } from '../grounds/escaped.js'

/** Whatever the operating system says where it does not let something happen. */
const REFUSALS = [
  ...['EPERM', 'EACCES', 'EROFS', 'ENOENT', 'ESRCH', 'ENOSYS', 'ETXTBSY'],
  ...['ENETUNREACH', 'ECONNREFUSED', 'EADDRNOTAVAIL', 'TIMEOUT', 'LOST', 'NOTHING', 'ERR_SYSTEM_ERROR'],
]

/** What a process tries, by the names that `child/escaped.ts` gives. */
const TRIED = [
  'reads a file of the host',
  'reads the accounts of the host',
  'reads the environment of the first process',
  'reads its own memory map',
  'writes to its own memory',
  'sees other processes',
  'reads what the kernel tells of itself',
  'opens a device',
  'climbs out by dots',
  'climbs out by a link',
  'links a file of the host',
  'writes at the root',
  'writes beside its program',
  'changes its program',
  'changes Node',
  'reads the environment',
  'connects over TCP',
  'connects to the internet',
  'sends a datagram',
  'connects to a Unix socket',
  'connects to an abstract socket',
  'sees the networks of the host',
  'signals its owner',
  'signals everybody',
  'begins a shell',
  'changes its groups',
]
/** Within its own namespaces it may do these; a filter takes them too. */
const FILTERED = ['listens', 'begins Node again']
const CALLS = ['tracing', 'grouping', 'mounting', 'namespaces', 'processes', 'sockets', 'kernel']

const does = (account: Account, name: string): HostileCase =>
  hostile<'escaped'>({
    name: `escaped, as ${account}: ${name}`,
    ground: 'escaped',
    expected: REFUSALS,
    attack: async (ground) => {
      const { wall, filtered, results } = await ground.attempts(account)
      const code = results[name] ?? 'not tried'
      if (code === 'DONE' && FILTERED.includes(name) && !filtered && wall !== 'permission-only')
        return { code: 'NOTHING', escaped: false, seen: wall }
      return { code, escaped: code === 'DONE', seen: { wall } }
    },
  })

const calls = (account: Account, group: string): HostileCase =>
  hostile<'escaped'>({
    name: `escaped, as ${account}: system calls of ${group}`,
    ground: 'escaped',
    expected: ['closed', 'unfiltered'],
    attack: async (ground) => {
      const { wall, filtered, calls: open } = await ground.attempts(account)
      const isOpen = open.includes(group)
      return { code: isOpen ? 'open' : filtered ? 'closed' : 'unfiltered', escaped: isOpen, seen: { wall } }
    },
  })

const ACCOUNTS: readonly Account[] = ['root', 'ordinary user']

export const escaped: readonly HostileCase[] = ACCOUNTS.flatMap((account) => [
  ...[...TRIED, ...FILTERED].map((name) => does(account, name)),
  ...CALLS.map((group) => calls(account, group)),
])
