/** Cut so that it fits; East Asian characters take two cells. */
export function fitted(text: string, cells: number): string {
  let used = 0
  let result = ''
  for (const character of text) {
    used += /[\u1100-\uffef]|[\u{10000}-\u{10ffff}]/u.test(character) ? 2 : 1
    if (used > cells) return `${result.trimEnd()}…`
    result += character
  }
  return result
}
