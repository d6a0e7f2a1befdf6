import type { ProblemCatalogue } from './entry.js'

/** Who asks, what policy and the kill switch say, and whether it can be put on record. */
export const DECISION_PROBLEMS = {
  'auth.required': {
    status: 401,
    title: 'Credentials are needed',
    remedy: 'Send Authorization: Bearer with an API key',
  },
  'auth.invalid': {
    status: 401,
    title: 'The credentials are not valid',
    remedy: 'Check that the key is whole, not revoked and not expired',
  },
  'policy.denied': { status: 403, title: 'Policy refuses this', remedy: 'See the remedy of each reason' },
  'policy.unavailable': {
    status: 503,
    title: 'No decision could be made',
    remedy: 'Ask an operator to look at /readyz; nothing is allowed until policy loads',
  },
  'tenant_policy.unavailable': {
    status: 503,
    title: "Your organisation's own policy gave no answer",
    remedy:
      'Have somebody who may activate it go back: gatehouse policy tenant rollback --reason TEXT, which works all the same',
  },
  'kill.engaged': {
    status: 403,
    title: 'A kill switch is engaged',
    remedy: 'Ask who engaged it, or an operator, to release it',
  },
  'kill.lease_stale': {
    status: 503,
    title: 'This node has not heard the kill list lately',
    remedy: 'Retry; if it stays, ask an operator to look at the database',
  },
  'database.unavailable': {
    status: 503,
    title: 'The database cannot be reached',
    remedy: 'Retry; if it stays, ask an operator to look at /healthz',
  },
  'ledger.unavailable': {
    status: 503,
    title: 'The decision could not be recorded',
    remedy: 'Retry; if it stays, ask an operator to look at the ledger',
  },
  'ledger.empty': {
    status: 503,
    title: 'The ledger has no checkpoint yet',
    remedy: 'Retry in a second; if it stays, ask an operator to look at the ledger in /healthz',
  },
  'ledger.not_sequenced': {
    status: 409,
    title: 'The entry is durable but not in the log yet',
    remedy: 'Retry in a second; if it stays, ask an operator to look at the ledger in /healthz',
  },
  'decision.gone': {
    status: 410,
    title: 'Decisions of that time are kept no longer',
    remedy: 'Look in your own exports; the leaf is still in the log and provable',
  },
  'decision.search_too_wide': {
    status: 503,
    title: 'The search took too long',
    remedy: 'Name a shorter time by since and until, or a further filter such as actor or extension',
  },
  'decision.not_replayable': {
    status: 409,
    title: 'No policy answered this decision, so there is nothing to replay',
    remedy: 'Read why it was made as it was; replay decisions that policy made',
  },
  'decision.revision_missing': {
    status: 409,
    title: 'The policy that made this decision is not kept here',
    remedy: 'Ask an operator to restore the policy archive of the data folder',
  },
  'decision.not_traceable': {
    status: 422,
    title: 'The trace of this decision outgrew what a trace may take',
    remedy: 'Replay it instead: that evaluates the same input under the same revision and compares the bytes',
  },
  'policy.draft_closed': {
    status: 409,
    title: 'The draft is sealed or discarded',
    remedy: 'Edit the sealed one, which opens it again, or begin another one',
  },
  'policy.revision_broken': {
    status: 409,
    title: 'The files of this policy are not what was sealed',
    remedy: 'Have the blob store restored from a backup, or seal the same sources again',
  },
  'policy.sources_missing': {
    status: 409,
    title: 'The sources of this policy are not kept here',
    remedy: 'Name a revision that was sealed here; a draft may bring all its files itself',
  },
  'policy.base_moved': {
    status: 409,
    title: 'Another policy came in force since this draft began',
    remedy: 'Rebase the draft, check it again, and seal what then stands there',
  },
  'policy.unreadable': {
    status: 422,
    title: 'The sources of this policy cannot be read',
    remedy: 'Run the checks of the draft: they say where',
  },
  'policy.rebase_conflict': {
    status: 409,
    title: 'Files were changed both in the draft and in what is in force',
    remedy:
      'See what came in force by the diff of that revision from the base, write into each file of errors the text that holds both changes, then rebase again and name it as kept',
  },
  'policy.archive_missing': {
    status: 404,
    title: 'The policy in force has no archive for OPA agents',
    remedy: 'Seal it here from its sources, and activate what was sealed',
  },
  'policy.tool_missing': {
    status: 503,
    title: 'There is no opa here to check policy with',
    remedy: 'Set OPA_BIN to the pinned opa, or install Go, and look at gatehouse doctor',
  },
} as const satisfies ProblemCatalogue
