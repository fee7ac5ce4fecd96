import { redacted } from './redact.ts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminal sequences are what is removed
const TERMINAL = /\u001b(?:\[[0-?]*[ -/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[@-Z\\-_])/g
// Everything that changes how its neighbours look: controls, bidi marks and overrides, invisible spaces, non-characters.
const INVISIBLE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\u{e0000}-\u{e007f}]/gu

/** Untrusted text as a report may show it: no credentials, no terminal sequences, nothing invisible that reorders text. */
export function shown(text: string): string {
  return redacted(text.toWellFormed().replace(TERMINAL, '').replace(INVISIBLE, ''))
}

/** The same, not longer than `limit` characters, with a note of what was cut. Cleaned before it is cut. */
export function trimmed(text: string, limit: number): string {
  const whole = shown(text)
  if (whole.length <= limit) return whole
  return `${whole.slice(0, limit).toWellFormed()}… (${whole.length - limit} more characters)`
}
