/**
 * The objects of a JSON text, one after the other as kubectl takes them; a text of YAML as it is. Each has white space
 * for all that comes before it, so that lines and columns stay. Tabs, which YAML allows no indentation by, are spaces.
 */
export function splitJson(text: string): readonly string[] {
  if (!/^\uFEFF?\s*\{\s*"/.test(text)) return [text]
  const objects: string[] = []
  let from = 0
  for (const end of endsOfObjects(text)) {
    objects.push(blank(text.slice(0, from)) + text.slice(from, end).replaceAll('\t', ' '))
    from = end
  }
  const rest = text.slice(from)
  // What is left over belongs to nothing: let the reader of YAML say so.
  return rest.trim() === '' && objects.length > 0 ? objects : [...objects, blank(text.slice(0, from)) + rest]
}

function* endsOfObjects(text: string): Iterable<number> {
  let depth = 0
  let quoted = false
  for (let i = 0; i < text.length; i++) {
    const letter = text[i]
    if (quoted) {
      if (letter === '\\') i++
      else if (letter === '"') quoted = false
    } else if (letter === '"') quoted = true
    else if (letter === '{') depth++
    else if (letter === '}' && --depth === 0) yield i + 1
    // Not JSON, whatever it began like.
    else if (depth === 0 && /\S/.test(letter ?? '') && letter !== '\uFEFF') return
  }
}

function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}
