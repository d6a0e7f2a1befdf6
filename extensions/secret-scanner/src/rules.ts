/** What a credential looks like. */
export interface Rule {
  readonly id: string
  readonly title: string
  readonly severity: 'low' | 'medium' | 'high' | 'critical'
  /** ASCII of which one stands in each line that has such a credential: all other lines cost next to nothing. */
  readonly hints: readonly string[]
  /** The credential itself is the last group. Global, since a line may have several. */
  readonly pattern: RegExp
  /** Bits a character that the credential has at least: what people write has fewer than what a machine drew. */
  readonly entropy?: number
}

/** Where something with such a name is given a text. */
const ASSIGNED =
  /(?:secret|token|passw(?:or)?d|api[_-]?key|access[_-]?key)[\w.-]{0,60}["'\s]{0,10}(?::|=>|:?=)\s{0,10}["']([\w+/=.~!@#$%^&*-]{16,200})["']/gi

/** All rules; of two that find the same, the first speaks. */
export const RULES: readonly Rule[] = [
  {
    ...{ id: 'private_key', title: 'Private key', severity: 'critical', hints: ['PRIVATE KEY'] },
    pattern: /(-----BEGIN (?:(?:RSA|EC|DSA|OPENSSH|ENCRYPTED|PGP) )?PRIVATE KEY(?: BLOCK)?-----)/g,
  },
  {
    ...{ id: 'aws_access_key', title: 'AWS access key id', severity: 'high', hints: ['AKIA', 'ASIA'] },
    pattern: /\b((?:AKIA|ASIA)[A-Z2-7]{16})\b/g,
  },
  {
    ...{ id: 'github_token', title: 'GitHub token', severity: 'critical' },
    hints: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_', 'github_pat_'],
    pattern: /\b((?:gh[pousr]_[A-Za-z0-9]{36,255})|(?:github_pat_[A-Za-z0-9_]{82}))\b/g,
  },
  {
    ...{ id: 'gitlab_token', title: 'GitLab token', severity: 'critical', hints: ['glpat-'] },
    pattern: /\b(glpat-[\w-]{20,64})/g,
  },
  {
    ...{ id: 'npm_token', title: 'npm access token', severity: 'critical', hints: ['npm_'] },
    pattern: /\b(npm_[A-Za-z0-9]{36})\b/g,
  },
  {
    ...{ id: 'slack_token', title: 'Slack token', severity: 'high', hints: ['xox'] },
    pattern: /\b(xox[abeoprs]-[\w-]{10,200})/g,
  },
  {
    ...{ id: 'slack_webhook', title: 'Slack incoming webhook', severity: 'high', hints: ['://hooks.slack.com'] },
    pattern: /(https:\/\/hooks\.slack\.com\/services\/T\w{6,}\/B\w{6,}\/\w{20,})/g,
  },
  {
    ...{ id: 'stripe_key', title: 'Stripe live key', severity: 'critical', hints: ['k_live_'] },
    pattern: /\b([rs]k_live_[A-Za-z0-9]{20,120})\b/g,
  },
  {
    ...{ id: 'google_api_key', title: 'Google API key', severity: 'high', hints: ['AIza'] },
    pattern: /\b(AIza[\w-]{35})(?![\w-])/g,
  },
  {
    ...{ id: 'json_web_token', title: 'JSON Web Token', severity: 'medium', hints: ['eyJ'] },
    pattern: /\b(eyJ[\w-]{15,2000}\.eyJ[\w-]{15,4000}\.[\w-]{20,1000})/g,
  },
  {
    ...{ id: 'url_password', title: 'Password in an address', severity: 'high', hints: ['://'] },
    pattern: /[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@"'<>${}]{1,100}:([^\s/:@"'<>${}]{6,100})@/gi,
    entropy: 2.5,
  },
  {
    ...{ id: 'assigned_secret', title: 'Credential in an assignment', severity: 'medium' },
    hints: ['="', "='", '= "', "= '", ':"', ":'", ': "', ": '", '=> "', "=> '"],
    pattern: ASSIGNED,
    entropy: 3.5,
  },
]

/** Bits a character: how surprising each is among those of the text (Shannon). */
export const entropyOf = (text: string): number => {
  const counts = new Map<string, number>()
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1)
  let bits = 0
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length)
  return bits
}

/** A credential in a line. It never leaves this extension. */
export interface Match {
  readonly rule: Rule
  readonly secret: string
}

const isDrawn = ({ entropy }: Rule, secret: string): boolean => entropy === undefined || entropyOf(secret) >= entropy

/** The credentials in a line that these rules find, each once. */
export const matchesIn = (line: string, rules: ReadonlySet<Rule>): Match[] => {
  const found = new Map<string, Match>()
  for (const rule of RULES) {
    if (!rules.has(rule)) continue
    for (const match of line.matchAll(rule.pattern)) {
      const secret = match.at(-1)!
      const isKnown = [...found.keys()].some((known) => known.includes(secret) || secret.includes(known))
      if (!isKnown && isDrawn(rule, secret)) found.set(secret, { rule, secret })
    }
  }
  return [...found.values()]
}
