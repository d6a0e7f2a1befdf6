import { BundleRefused } from './bundle-refused.js'

const MAX_NAME = 200
/** What a path inside a bundle may be made of: nothing that another file system reads differently. */
const SEGMENT = /^(?!\.{1,2}$)[A-Za-z0-9._@+-]{1,100}$/

/**
 * Checks a path inside a bundle: relative, in plain characters, no `.` or `..`, no doubled or trailing slash.
 * Raises `bundle.path_traversal` for a path that leads out, `bundle.bad_name` for any other that is not plain.
 */
export const checkEntryName = (name: string): string => {
  const segments = name.split('/')
  if (name.startsWith('/') || /^[A-Za-z]:/.test(name) || name.includes('\\') || segments.includes('..')) {
    throw new BundleRefused('bundle.path_traversal', `the entry ${printable(name)} leads out of the bundle`)
  }
  if (name.length > MAX_NAME || !segments.every((segment) => SEGMENT.test(segment))) {
    throw new BundleRefused('bundle.bad_name', `the entry ${printable(name)} is not a plain relative path`)
  }
  return name
}

const printable = (name: string): string => JSON.stringify(name.slice(0, MAX_NAME))
