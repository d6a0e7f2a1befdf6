import { systemProgram } from '../node-files.js'

interface Apart {
  readonly file: string
  readonly args: readonly string[]
  readonly how: { readonly detached?: true }
}

/** Ends with what execvp(3) says, where that cannot be started. */
const PERL_PROGRAM = 'setpgrp(0, 0); exec { $ARGV[0] } @ARGV; die "$ARGV[0]: $!\n"'
const perl = systemProgram('perl')

/**
 * A command whose program leads a process group. Signals to a group reach across all walls, so no two programs may share one. Node can
 * only have it lead a session as well, which takes a share of the processors for itself (`takeLess`): that is for where there is
 * no `perl`, by which the group alone is changed.
 */
export const inOwnGroup = (file: string, args: readonly string[]): Apart =>
  perl === undefined
    ? { file, args, how: { detached: true } }
    : { file: perl, args: ['-e', PERL_PROGRAM, '--', file, ...args], how: {} }
