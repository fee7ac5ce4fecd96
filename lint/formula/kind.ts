import { FormulaFault } from './token.ts'

/** What a part of a formula comes to, as far as it can be told. */
export type Kind =
  | 'whole'
  | 'decimal'
  | 'truth'
  | 'text'
  | 'nothing'
  | 'list'
  | 'map'
  | 'function'
  | 'unknown'

const NUMBERS: readonly Kind[] = ['whole', 'decimal']

export function isNumber(kind: Kind): boolean {
  return NUMBERS.includes(kind)
}

/** Of a sign between two parts (binaryNode of expr's checker). @throws {FormulaFault} where it does not go with them */
export function combined(sign: string, left: Kind, right: Kind): Kind {
  const all = (...kinds: readonly Kind[]) =>
    [left, right].every((each) => each === 'unknown' || kinds.includes(each))
  const numbers = all(...NUMBERS)
  switch (sign) {
    case '||':
    case 'or':
    case '&&':
    case 'and':
      if (all('truth')) return 'truth'
      break
    case '==':
    case '!=':
      if (left === right || numbers || [left, right].some((each) => each === 'unknown' || each === 'nothing'))
        return 'truth'
      break
    case '<':
    case '>':
    case '<=':
    case '>=':
      if (numbers || all('text')) return 'truth'
      break
    case '+':
    case '-':
    case '*':
      if (numbers)
        return left === 'unknown' || right === 'unknown' ? 'unknown' : left === 'decimal' ? left : right
      if (sign === '+' && all('text')) return 'text'
      break
    case '/':
    case '**':
    case '^':
      if (numbers) return 'decimal'
      break
    case '%':
      if (all('whole')) return 'whole'
      break
    case '..':
      if (all('whole')) return 'list'
      break
    case '??':
      return coalesced(left, right)
    case 'in':
      if (left !== 'function') return 'truth'
      break
    default:
      // contains, startsWith, endsWith, matches
      if (all('text')) return 'truth'
  }
  throw new FormulaFault(`${sign} between ${said(left)} and ${said(right)}`)
}

function coalesced(left: Kind, right: Kind): Kind {
  if (left === 'nothing') return right
  return right === 'nothing' || left === right ? left : 'unknown'
}

export function said(kind: Kind): string {
  return {
    whole: 'a whole number',
    decimal: 'a number',
    truth: 'a truth value',
    text: 'a text',
    nothing: 'nil',
    list: 'a list',
    map: 'a map',
    function: 'a function',
    unknown: 'something',
  }[kind]
}

/** Of a function's call, where it is one that formulas use. @throws {FormulaFault} for arguments that it does not take */
export function called(name: string, kinds: readonly Kind[]): Kind {
  const takes = (allowed: readonly Kind[]) => {
    if (kinds.length !== 1) throw new FormulaFault(`${name} of ${kinds.length} arguments`)
    const [kind = 'unknown'] = kinds
    if (kind !== 'unknown' && !allowed.includes(kind)) throw new FormulaFault(`${name} of ${said(kind)}`)
    return kind
  }
  switch (name) {
    case 'abs':
      return takes(NUMBERS)
    case 'ceil':
    case 'floor':
    case 'round':
      takes(NUMBERS)
      return 'decimal'
    case 'int':
      takes([...NUMBERS, 'text'])
      return 'whole'
    case 'float':
      takes([...NUMBERS, 'text'])
      return 'decimal'
    case 'max':
    case 'min':
    case 'mean':
    case 'median':
      return aggregated(name, kinds)
    case 'count':
    case 'len':
      return 'whole'
    case 'all':
    case 'any':
    case 'none':
    case 'one':
      return 'truth'
    case 'filter':
    case 'map':
    case 'keys':
    case 'values':
      return 'list'
    default:
      return 'unknown'
  }
}

function aggregated(name: string, kinds: readonly Kind[]): Kind {
  const [first] = kinds
  if (first === undefined) throw new FormulaFault(`${name} of nothing`)
  const odd = kinds.find((kind) => ![...NUMBERS, 'list', 'unknown'].includes(kind))
  if (odd !== undefined) throw new FormulaFault(`${name} of ${said(odd)}`)
  return kinds.some((kind) => kind === 'list' || kind === 'unknown') ? 'unknown' : first
}

/** Functions of the language. */
export const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'all none any one filter map find findIndex findLast findLastIndex count sum groupBy sortBy reduce len type abs ceil ' +
    'floor round int float string trim trimPrefix trimSuffix upper lower split splitAfter replace repeat join indexOf ' +
    'lastIndexOf hasPrefix hasSuffix max min mean median toJSON fromJSON toBase64 fromBase64 now duration date timezone ' +
    'first last get take keys values toPairs fromPairs reverse uniq concat flatten sort bitand bitor bitxor bitnand bitnot ' +
    'bitshl bitshr bitushr'
  ).split(' '),
)

/** Those whose second argument is asked of each element, called `#`. */
export const PREDICATES: ReadonlySet<string> = new Set(
  'all none any one filter map count sum find findIndex findLast findLastIndex groupBy sortBy reduce'.split(
    ' ',
  ),
)
