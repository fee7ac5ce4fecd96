import { FALSE, TRUE } from '../trigger.ts'
import type { Parameter } from './scaler.ts'

/**
 * What KEDA's typed_config.go expects in place of a text that it can't parse (setValue and what it calls); undefined
 * where it takes it.
 */
export function expectedInstead(parameter: Parameter, value: string): string | undefined {
  const { kind = '', enum: allowed, exclusive, separator = ',' } = parameter
  const parts = value.split(separator).map((part) => part.trim())
  if (allowed !== undefined && !parts.every((part) => allowed.includes(part)))
    return allowed.map((each) => `"${each}"`).join(' or ')
  if (exclusive !== undefined && parts.filter((part) => exclusive.includes(part)).length > 1)
    return `one of ${exclusive.join(', ')} only`
  return fits(kind, value, parameter) ? undefined : expectation(kind)
}

function fits(kind: string, value: string, { separator = ',', range }: Parameter): boolean {
  const [form = '', element = ''] = kind.split(' ')
  if (form === 'list') {
    const parts = value.split(separator).map((part) => part.trim())
    return parts.every((part) => isRange(part, element, range) || isScalarOf(element, part))
  }
  if (form === 'map') {
    return value.split(separator).every((part) => part.split('=').length === 2)
  }
  return isScalarOf(form, value)
}

function isRange(part: string, element: string, range: string | undefined): boolean {
  if (range === undefined || !isWholeKind(element) || !part.includes(range)) return false
  const ends = part.split(range)
  return ends.length === 2 && ends.every((end) => isScalarOf(element, end.trim()))
}

function isScalarOf(kind: string, value: string): boolean {
  if (isWholeKind(kind)) return isWhole(kind, value)
  switch (kind) {
    case 'float64':
    case 'float32':
      return JSON_NUMBER.test(value) && Number.isFinite(Number(value))
    case 'bool':
      return TRUE.has(value) || FALSE.has(value)
    case 'duration':
      return (
        (DURATION.test(value) && !/^-.*[1-9]/.test(value)) ||
        (/^\+?\d+$/.test(value) && BigInt(value) < 2n ** 63n)
      )
    case 'query':
      return !value.includes(';') && !/%(?![\da-fA-F]{2})/.test(value)
    default:
      return true
  }
}

/** Go's encoding/json takes no exponent and no fraction, not even an empty one, for a whole number. */
function isWhole(kind: string, value: string): boolean {
  if (!/^-?(0|[1-9]\d*)$/.test(value)) return false
  const bits = BigInt(/\d+$/.exec(kind)?.[0] ?? '64')
  const number = BigInt(value)
  const [least, most] = kind.startsWith('u')
    ? [0n, 2n ** bits - 1n]
    : [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n]
  return number >= least && number <= most && !(kind.startsWith('u') && value.startsWith('-'))
}

function isWholeKind(kind: string): boolean {
  return /^u?int\d*$/.test(kind)
}

const JSON_NUMBER = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$/
/** Go's time.ParseDuration. */
const DURATION = /^[+-]?(0|((\d+(\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h))+)$/

function expectation(kind: string): string {
  const [form = '', element = ''] = kind.split(' ')
  if (form === 'list') return `a list with commas, each ${expectation(element)}`
  if (form === 'map') return 'key=value pairs with commas between them'
  if (form.startsWith('float')) return 'a number in quotes, such as "100"'
  if (form === 'bool') return '"true" or "false"'
  if (form === 'duration') return 'a duration, such as "30s", or milliseconds'
  if (form === 'query') return 'URL parameters: key=value&other=value'
  return 'a whole number in quotes, such as "50"'
}
