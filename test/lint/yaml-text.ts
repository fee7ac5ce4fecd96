/** A scalar that is written as it is, without quotes: `no`, `010`. */
export class Plain {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type Written =
  | string
  | number
  | boolean
  | null
  | Plain
  | readonly Written[]
  | { readonly [key: string]: Written | undefined }

/** YAML in block style; texts are quoted. What is undefined is left out. */
export function yamlText(value: Written, indent = ''): string {
  if (value instanceof Plain) return value.text
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]'
    return value
      .map((each: Written) => `\n${indent}- ${yamlText(each, `${indent}  `).replace(/^\n\s*/, '')}`)
      .join('')
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(
      (entry): entry is [string, Written] => entry[1] !== undefined,
    )
    if (entries.length === 0) return '{}'
    return entries.map(([key, each]) => `\n${indent}${key}: ${yamlText(each, `${indent}  `)}`).join('')
  }
  return JSON.stringify(value)
}
