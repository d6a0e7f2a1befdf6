import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { prctlNumber, seccompFilter } from './filter.js'
import type { Architecture } from './syscalls.js'

/**
 * Run by `perl`, which can make system calls, as the last that happens before rights are dropped: enters the new root, loads
 * the filter (PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP) and becomes the program. Arguments: root, number of `prctl`, filter in hex.
 */
const PERL_LOADER = `
my ($root, $prctl, $filter) = splice @ARGV, 0, 3;
chroot $root or die "chroot: $!";
chdir "/" or die "chdir: $!";
my $bytes = pack "H*", $filter;
my $program = pack "S x![P] P", length($bytes) / 8, $bytes;
syscall($prctl + 0, 38, 1, 0, 0, 0) == 0 or die "no new privileges: $!";
syscall($prctl + 0, 22, 2, $program) == 0 or die "seccomp: $!";
exec { $ARGV[0] } @ARGV;
die "exec: $!";
`

/** A command that enters `root`, loads the filter and becomes the program that is put behind it. */
export const underFilterIn = (perl: string, root: string, architecture: Architecture): string[] => [
  ...[perl, '-e', PERL_LOADER, '--', root],
  ...[String(prctlNumber(architecture)), seccompFilter(architecture).toString('hex')],
]

/** Opens a file as descriptor 9 for the program, which reads it there. Arguments: the file, and the program with its own. */
const WITH_FILE = 'file=$1; shift; exec "$@" 9<"$file"'

/** A command that becomes the program put behind it, with the filter to be read on descriptor 9. */
export const withFilterOpen = (sh: string, architecture: Architecture): string[] => [
  ...[sh, '-c', WITH_FILE, 'filter'],
  filterFile(architecture),
]

let file: string | undefined

function filterFile(architecture: Architecture): string {
  if (file !== undefined) return file
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-filter-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  file = join(folder, 'seccomp.bpf')
  writeFileSync(file, seccompFilter(architecture))
  return file
}
