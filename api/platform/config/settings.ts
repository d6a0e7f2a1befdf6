import { z } from 'zod'
import { SCIM_MAX_BYTES } from '#contract/api/scim-protocol.js'
import {
  absolute,
  addresses,
  hostPorts,
  namedValues,
  networks,
  oneOf,
  origin,
  runnerToken,
  runnerUrls,
  setting,
  url,
  whole,
  type Setting,
} from './setting-kinds.js'

/** Every setting of the service. What is not here is not read. */
export const SETTINGS = {
  HOST: setting(
    z.string().min(1).default('127.0.0.1'),
    'Address to listen on. Without DATABASE_URL only loopback is accepted',
  ),
  PORT: setting(
    whole(0, 65_535).optional(),
    'Port to listen on; 0 takes any free one. Where absent: 3000, or the next free one',
  ),
  GATEHOUSE_DATA: setting(
    z.string().min(1).default('.gatehouse'),
    'Data folder: keys, blobs, the kill journal and, embedded, the database',
    'required',
  ),
  DATABASE_URL: setting(
    url('postgres:', 'postgresql:').optional(),
    'Login of the service, which owns nothing. Absent: a PostgreSQL of its own comes up under the data folder',
  ),
  MIGRATION_DATABASE_URL: setting(
    url('postgres:', 'postgresql:').optional(),
    "Login of the schema's owner: brings the schema up to date at start, and backups read with it",
  ),
  RUNNER_BASE_URL: setting(
    runnerUrls.default([]),
    'Runners on other machines, joined by commas: https, or http on loopback. Absent: slots run beside the service',
  ),
  RUNNER_TOKEN: setting(runnerToken.optional(), 'What runners ask for before they listen; wanted with RUNNER_BASE_URL'),
  RUNNER_CA: setting(
    absolute.optional(),
    'PEM file of the authorities that vouch for runners. Absent: those that this machine trusts',
  ),
  RUNNER_CLIENT_CERT: setting(
    absolute.optional(),
    'PEM file of the certificate that this service shows to runners (mutual TLS), and of those between it and its authority',
  ),
  RUNNER_CLIENT_KEY: setting(absolute.optional(), 'PEM file of the key of RUNNER_CLIENT_CERT'),
  RUNNER_PUBLIC_BASE: setting(
    url('http:', 'https:').optional(),
    'Public address that extension pages are served from',
    'required',
  ),
  EXT_GATEWAY_TIMEOUT_MS: setting(
    whole(1, 120_000).default(30_000),
    'Longest that one call of an extension may take, in milliseconds',
    'required',
  ),
  SIGNING_TRUST_BUNDLE: setting(
    absolute.optional(),
    'PEM file of Ed25519 public keys that count as the registry’s, besides its own',
    'required',
  ),
  GATEHOUSE_POLICY_BUNDLE: setting(
    absolute.optional(),
    'Folder of a signed policy bundle to decide by. Absent: the one that ships with the product',
  ),
  GATEHOUSE_POLICY_TRUST: setting(absolute.optional(), 'PEM file of the public key that signs GATEHOUSE_POLICY_BUNDLE'),
  REGAL_BIN: setting(
    absolute.optional(),
    'Regal, for the checks of drafts. Absent: the one on PATH, or that stage says it did not run',
  ),
  GATEHOUSE_EGRESS_PRIVATE_HOSTS: setting(
    hostPorts.default([]),
    'Hosts (host:port, joined by commas) that extensions may reach although they are private or loopback',
  ),
  GATEHOUSE_PUBLIC_URL: setting(
    origin.optional(),
    'Address of the service as browsers and identity providers know it. Absent: embedded, where it listens; else nobody signs in',
  ),
  GATEHOUSE_DNS_SERVERS: setting(
    addresses.default([]),
    'Name servers (address or address:port, joined by commas) that are asked for domains. Absent: those of the machine',
  ),
  GATEHOUSE_TRUSTED_PROXIES: setting(
    networks.default([]),
    'Addresses or networks (joined by commas) of the proxies before this service: their X-Forwarded-For says whose attempts are counted',
  ),
  SESSION_IDLE_MINUTES: setting(whole(1, 10_080).default(60), 'Minutes after which a session that nobody uses ends'),
  SESSION_HOURS: setting(whole(1, 720).default(12), 'Hours after which a session ends, used or not'),
  GATEHOUSE_WEAK_ISOLATION: setting(
    oneOf(['refuse', 'allow']).default('refuse'),
    'Whether foreign extensions may run where the operating system offers no wall',
  ),
  GATEHOUSE_SLOTS: setting(whole(1, 512).default(16), 'Most slots at once; each takes about 45 MB while it works'),
  GATEHOUSE_SERVICE_FILE: setting(
    z
      .string()
      .regex(/^[a-z0-9-]+\.json$/, { error: 'must be a file name such as service.json' })
      .default('service.json'),
    'File in the data folder that says where the service listens',
  ),
  ORGANISATION_GRACE_DAYS: setting(
    whole(1, 3_650).default(30),
    'Days after which a deleted organisation loses all that it has; until then its owners can restore it',
  ),
  SANDBOX_DAYS: setting(
    whole(1, 365).default(7),
    'Days after which a sandbox organisation ends, where whoever makes it names none; policy says how many there may be',
  ),
  DECISION_RETENTION_DAYS: setting(
    whole(1, 36_500).optional(),
    'Days that decisions are kept at least; they go by the month, their leaves stay in the log. Absent: kept for ever',
  ),
  EVENT_RETENTION_DAYS: setting(
    whole(1, 36_500).default(30),
    'Days that events of extensions and their deliveries are kept',
  ),
  SCIM_LOG_RETENTION_DAYS: setting(
    whole(1, 36_500).default(400),
    'Days that requests of identity providers are kept in the provisioning log',
  ),
  SCIM_BULK_OPERATIONS: setting(
    whole(1, 10_000).default(1_000),
    'Most operations of one SCIM Bulk request; identity providers read it from /scim/v2/ServiceProviderConfig',
  ),
  SCIM_BULK_BYTES: setting(
    whole(1_024, SCIM_MAX_BYTES).default(4 * 1024 * 1024),
    'Largest body of one SCIM Bulk request, in bytes',
  ),
  METRIC_RETENTION_DAYS: setting(whole(1, 36_500).default(400), 'Days that measurements of extensions are kept'),
  EVENT_DELIVERY_ATTEMPTS: setting(
    whole(1, 30).default(12),
    'How often an event is offered to an extension before its delivery is dead; from half a second on the wait doubles, up to five minutes',
  ),
  SMTP_URL: setting(
    url('smtp:', 'smtps:').optional(),
    'Mail server for notices of what waits for people, invitations and links to choose a password. Absent: notices are on the console only',
  ),
  MAIL_FROM: setting(
    z.email({ error: 'must be an e-mail address' }).default('gatehouse@localhost.localdomain'),
    'Sender of all that mail',
  ),
  LOG_LEVEL: setting(
    oneOf(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info'),
    'Least level of log lines that is written',
  ),
  LOG_FORMAT: setting(
    oneOf(['auto', 'plain', 'json']).default('auto'),
    'Form of log lines: plain for people, JSON for programs; auto is plain at a terminal and JSON elsewhere',
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: setting(
    url('http:', 'https:').optional(),
    'Collector of OpenTelemetry that traces are sent to (OTLP over HTTP, /v1/traces). Absent: none are',
  ),
  OTEL_EXPORTER_OTLP_HEADERS: setting(
    namedValues.default({}),
    'Headers for that collector, such as authorization=Bearer%20token, joined by commas',
  ),
} as const satisfies Record<string, Setting>

export type SettingName = keyof typeof SETTINGS
/** Every setting, parsed. */
export type Settings = { readonly [Name in SettingName]: z.output<(typeof SETTINGS)[Name]['schema']> }
/** A setting's entry, as its general type. */
export const settingEntry = (name: SettingName): Setting => SETTINGS[name]
export const SETTING_NAMES = Object.keys(SETTINGS) as SettingName[]
