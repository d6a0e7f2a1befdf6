import type { ProblemCatalogue } from './entry.js'

/** What is wrong with something published. */
export const REGISTRY_PROBLEMS = {
  'manifest.invalid': {
    status: 422,
    title: 'The manifest is not valid',
    remedy: 'Correct the fields named in errors; docs/reference/manifest.md has them all',
  },
  'version.exists': {
    status: 409,
    title: 'This version was published already with other bytes',
    remedy: 'Publish under a new version; a version never changes',
  },
  'publisher.required': {
    status: 422,
    title: 'There is no publisher to publish as',
    remedy: 'Sign up as a publisher first: POST /v1/publishers',
  },
  'publisher.key_invalid': {
    status: 422,
    title: "The key can't be used for signing",
    remedy: 'Send the SPKI PEM of an Ed25519 public key',
  },
  'signature.malformed': {
    status: 422,
    title: 'The envelope is not a DSSE envelope',
    remedy: 'Sign again with gatehouse ext sign',
  },
  'bundle.path_traversal': {
    status: 422,
    title: 'A path in the bundle leads out of it',
    remedy: 'Pack again with gatehouse ext build; entries are relative, without .. segments',
  },
  'bundle.bad_name': {
    status: 422,
    title: 'An entry of the bundle has a name that is not accepted',
    remedy: 'Name files with letters, digits, . _ - and / only',
  },
  'bundle.duplicate_entry': {
    status: 422,
    title: 'The bundle has two entries of the same name',
    remedy: 'Pack again with gatehouse ext build',
  },
  'bundle.too_many_entries': {
    status: 422,
    title: 'The bundle has too many entries',
    remedy: "Leave out what the extension doesn't need; the detail names the limit",
  },
  'bundle.link': { status: 422, title: 'The bundle has a link or a special file', remedy: 'Pack files only' },
  'bundle.too_large': {
    status: 413,
    title: 'The bundle is too large',
    remedy: "Leave out what the extension doesn't need; the detail names the limit",
  },
  'bundle.ratio': {
    status: 422,
    title: 'The bundle unpacks to far more than it is',
    remedy: 'Pack again with gatehouse ext build, without padding',
  },
  'bundle.truncated': { status: 422, title: 'The bundle ends too early', remedy: 'Upload it again, whole' },
  'bundle.malformed': {
    status: 422,
    title: "The bundle can't be read",
    remedy: 'Pack again with gatehouse ext build: a gzipped tar with extension.json',
  },
  'component.refused': {
    status: 422,
    title: "The component can't be admitted",
    remedy: 'See the detail: what it imports must follow from its permissions, and its memory must fit its limits',
  },
  'storage.corrupt': {
    status: 503,
    title: 'Stored bytes are not what their digest says',
    remedy: 'Ask an operator to restore the blob store; what does not verify is never used',
  },
  'scanner.unavailable': {
    status: 503,
    title: 'The checks could not run, so nothing passes them',
    remedy: 'Retry; if it stays, ask an operator to look at isolation in /readyz',
  },
} as const satisfies ProblemCatalogue
