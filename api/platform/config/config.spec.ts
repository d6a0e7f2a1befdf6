import { describe, expect, it } from '@jest/globals'
import { ConfigInvalid, loadConfig } from './config.js'
import { SETTING_NAMES, settingEntry } from './settings.js'

const EXTERNAL = {
  DATABASE_URL: 'postgres://gatehouse_api:x@db.example/gatehouse',
  GATEHOUSE_DATA: '/var/lib/gatehouse',
  RUNNER_PUBLIC_BASE: 'https://ext.example',
  EXT_GATEWAY_TIMEOUT_MS: '30000',
  SIGNING_TRUST_BUNDLE: '/etc/gatehouse/trust.pem',
}

const faults = (environment: Record<string, string>): string[] => {
  try {
    loadConfig(environment)
  } catch (error) {
    if (error instanceof ConfigInvalid) return error.faults.map(({ setting }) => setting)
    throw error
  }
  return []
}

describe('configuration', () => {
  it('is whole without any setting, embedded and on loopback', () => {
    expect(loadConfig({})).toMatchObject({ profile: 'embedded', HOST: '127.0.0.1', EXT_GATEWAY_TIMEOUT_MS: 30_000 })
  })

  it.each(['0.0.0.0', '10.0.0.1', 'example.com', '::'])(
    'refuses to listen on %s with a database of its own',
    (HOST) => {
      expect(faults({ HOST })).toEqual(['HOST'])
      expect(faults({ ...EXTERNAL, HOST })).toEqual([])
    },
  )

  it.each(SETTING_NAMES.filter((name) => settingEntry(name).external))(
    'names %s where production lacks it',
    (missing) => {
      const { [missing as keyof typeof EXTERNAL]: _, ...rest } = EXTERNAL
      expect(faults(rest)).toEqual([missing])
    },
  )

  it('names every wrong setting at once, with what it takes', () => {
    const wrong = {
      PORT: '70000',
      DATABASE_URL: 'mysql://x',
      EXT_GATEWAY_TIMEOUT_MS: 'soon',
      GATEHOUSE_EGRESS_PRIVATE_HOSTS: 'a b',
      LOG_LEVEL: 'loud',
    }
    expect(faults({ ...EXTERNAL, ...wrong })).toEqual(
      Object.keys(wrong).sort((a, b) => SETTING_NAMES.indexOf(a as never) - SETTING_NAMES.indexOf(b as never)),
    )
    expect(() => loadConfig(wrong)).toThrow('DATABASE_URL: must be a URL that begins with postgres://')
    expect(() => loadConfig(wrong)).toThrow('EXT_GATEWAY_TIMEOUT_MS: must be a whole number from 1 to 120000')
    expect(() => loadConfig(wrong)).toThrow('LOG_LEVEL: must be one of trace, debug, info')
  })

  it('wants a key for a policy from outside', () => {
    expect(faults({ GATEHOUSE_POLICY_BUNDLE: '/policy' })).toEqual(['GATEHOUSE_POLICY_TRUST'])
  })

  it('takes runners that are reached safely, each once, and with a token', () => {
    const RUNNER_TOKEN = 'x'.repeat(32)
    const RUNNER_BASE_URL = 'https://runner-0.example:4000, https://runner-1.example:4000/,http://[::1]:4000'
    expect(loadConfig({ RUNNER_BASE_URL, RUNNER_TOKEN }).RUNNER_BASE_URL).toEqual([
      'https://runner-0.example:4000',
      'https://runner-1.example:4000',
      'http://[::1]:4000',
    ])
    expect(faults({ RUNNER_BASE_URL })).toEqual(['RUNNER_TOKEN'])
    expect(faults({ RUNNER_BASE_URL, RUNNER_TOKEN: 'short' })).toEqual(['RUNNER_TOKEN'])
    for (const wrong of ['http://runner:4000', 'https://runner/path', 'ftp://runner', 'https://a,https://a', 'runner'])
      expect(faults({ RUNNER_BASE_URL: wrong, RUNNER_TOKEN })).toEqual(['RUNNER_BASE_URL'])
  })

  it('takes the certificate that runners are shown with its key alone', () => {
    const [RUNNER_CLIENT_CERT, RUNNER_CLIENT_KEY] = ['/etc/client.crt', '/etc/client.key']
    expect(faults({ RUNNER_CLIENT_CERT, RUNNER_CLIENT_KEY })).toEqual([])
    expect(faults({ RUNNER_CLIENT_CERT })).toEqual(['RUNNER_CLIENT_KEY'])
    expect(faults({ RUNNER_CLIENT_KEY })).toEqual(['RUNNER_CLIENT_CERT'])
  })

  it('reads headers for a collector as OpenTelemetry has them', () => {
    const read = loadConfig({ OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20a=b, x-team=ops' })
    expect(read.OTEL_EXPORTER_OTLP_HEADERS).toEqual({ authorization: 'Bearer a=b', 'x-team': 'ops' })
    for (const wrong of ['authorization', '=x', 'a b=c', 'a=%ff'])
      expect(faults({ OTEL_EXPORTER_OTLP_HEADERS: wrong })).toEqual(['OTEL_EXPORTER_OTLP_HEADERS'])
  })

  it('takes an empty variable for an unset one', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: '' }).profile).toBe('embedded')
  })
})
