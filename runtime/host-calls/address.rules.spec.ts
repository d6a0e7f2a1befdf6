import { describe, expect, it } from '@jest/globals'
import { isIP } from 'node:net'
import { classOf, classOfAll, isLiteral, type Address } from './address.rules.js'

const at = (address: string): Address => ({ address, family: isIP(address) === 6 ? 6 : 4 })

describe('classOf', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.9.9.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['::ffff:7f00:1', 'loopback'],
    ['169.254.169.254', 'link_local'],
    ['::ffff:169.254.169.254', 'link_local'],
    ['fe80::1', 'link_local'],
    ['10.1.2.3', 'private'],
    ['172.31.255.255', 'private'],
    ['192.168.0.1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['0.0.0.0', 'private'],
    ['::', 'private'],
    ['255.255.255.255', 'private'],
    ['224.0.0.1', 'private'],
    ['fc00::1', 'private'],
    ['fd12:3456::1', 'private'],
    ['ff02::1', 'private'],
    ['64:ff9b::a00:1', 'private'],
    ['2002:7f00:1::', 'private'],
    ['2001:0:1::', 'private'],
    ['2001:db8::1', 'private'],
    ['172.32.0.1', 'public'],
    ['93.184.216.34', 'public'],
    ['2606:4700::1111', 'public'],
    ['2a00:1450:4001::200e', 'public'],
  ])('%s is %s', (address, expected) => {
    expect(classOf(at(address))).toBe(expected)
  })
})

describe('classOfAll', () => {
  it('lets the least public address speak for the host', () => {
    expect(classOfAll([at('93.184.216.34'), at('10.0.0.1')])).toBe('private')
    expect(classOfAll([at('93.184.216.34'), at('127.0.0.1')])).toBe('loopback')
    expect(classOfAll([])).toBe('unresolved')
  })
})

describe('isLiteral', () => {
  it.each([
    'http://127.0.0.1/',
    'http://2130706433/',
    'http://0x7f.1/',
    'http://0177.0.0.1/',
    'http://[::1]/',
    'http://[::ffff:127.0.0.1]/',
    'http://127.1/',
    'http://１２７.0.0.1/',
  ])('sees the address in %s', (url) => {
    expect(isLiteral(new URL(url).hostname)).toBe(true)
  })

  it('leaves names alone', () => {
    expect(isLiteral('localhost')).toBe(false)
  })
})
