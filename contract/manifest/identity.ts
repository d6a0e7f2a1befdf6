import { z } from 'zod'
import { ExtensionId, Semver, text } from '../primitives.js'
import { Email, Link, Title, VersionRange, Words } from './common.js'

/** What an extension is to those who install it. */
export const EXTENSION_TYPES = ['ui-app', 'workflow-step', 'ai-agent', 'report'] as const
export type ExtensionType = (typeof EXTENSION_TYPES)[number]

/** Shelves of the catalogue. */
export const CATEGORIES = [
  'ai',
  'analytics',
  'compliance',
  'developer-tools',
  'finance',
  'hr',
  'integration',
  'legal',
  'marketing',
  'operations',
  'productivity',
  'sales',
  'security',
  'support',
] as const

/** Who made it; the publisher's verified identity comes from its key, never from here. */
export const Author = z.strictObject({ name: Title, email: Email.optional(), url: Link.optional() })

/** Where users of the extension turn to. */
const Support = z
  .strictObject({ email: Email.optional(), url: Link.optional() })
  .refine((support) => support.email !== undefined || support.url !== undefined, {
    error: 'must have an email or a url',
  })

/** Which platform versions it runs on. */
const Compatibility = z.strictObject({ platform: VersionRange })

/** Name, version and words: the fields of every manifest. */
export const identity = {
  $schema: text(500).optional(),
  id: ExtensionId,
  version: Semver,
  type: z.enum(EXTENSION_TYPES),
  name: Title,
  description: Words,
}

/** What only version 2 says about the extension as a whole. */
export const about = {
  author: Author.optional(),
  support: Support.optional(),
  homepage: Link.optional(),
  repository: Link.optional(),
  license: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9.+() -]+$/, { error: 'must be an SPDX expression such as Apache-2.0' })
    .optional(),
  categories: z.array(z.enum(CATEGORIES)).max(5).default([]),
  compatibility: Compatibility,
}
