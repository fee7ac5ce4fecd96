/** What a scalar of a manifest is to Kubernetes. */
export type ScalarValue = string | number | boolean | null

/**
 * A plain scalar, as Kubernetes reads it: by YAML 1.1 in the dialect of sigs.k8s.io/yaml (resolve.go of its
 * goyaml.v2). `on`, `no` and `y` are truth values, `010` is 8, `1_000` is a number, `12:30` and a date are texts.
 */
export function resolvePlain(text: string): ScalarValue {
  const word = WORDS.get(text)
  if (word !== undefined) return word
  if (!/^[-+.\d]/.test(text)) return text
  if (text.startsWith('.')) return DECIMAL.test(text) ? Number(text) : text
  const digits = text.replaceAll('_', '')
  return wholeNumber(digits) ?? (DECIMAL.test(digits) ? Number(digits) : text)
}

const WORDS: ReadonlyMap<string, ScalarValue> = new Map<string, ScalarValue>([
  ...words(true, 'y Y yes Yes YES true True TRUE on On ON'),
  ...words(false, 'n N no No NO false False FALSE off Off OFF'),
  ...words(null, ' ~ null Null NULL'),
  ...words(Number.NaN, '.nan .NaN .NAN'),
  ...words(Number.POSITIVE_INFINITY, '.inf .Inf .INF +.inf +.Inf +.INF'),
  ...words(Number.NEGATIVE_INFINITY, '-.inf -.Inf -.INF'),
])

function words(value: ScalarValue, texts: string): [string, ScalarValue][] {
  return texts.split(' ').map((text) => [text, value])
}

const DECIMAL = /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/
/** Go's strconv.ParseInt with base 0. */
const WHOLE = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/

function wholeNumber(digits: string): number | undefined {
  const [, sign, written] = WHOLE.exec(digits) ?? []
  if (written === undefined) return undefined
  const octal = /^0[0-7]+$/.test(written)
  const value = BigInt(octal ? `0o${written.slice(1)}` : written)
  // What no 64 bits hold is read as a decimal number, or stays a text.
  if (value > (sign === '-' ? 2n ** 63n : 2n ** 64n - 1n)) return undefined
  return sign === '-' ? -Number(value) : Number(value)
}
