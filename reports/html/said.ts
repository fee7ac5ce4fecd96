import { KOREAN } from './korean.ts'
import { type Html, html, type Insert } from './template.ts'

/** A text of ours that is there in both languages. */
export type Phrase = keyof typeof KOREAN

/** One of our own texts in both languages; the reader's choice hides one. `{}` takes the inserts, in their order. */
export function said(phrase: Phrase, ...inserts: readonly Insert[]): Html {
  return inBoth(phrase, KOREAN[phrase], inserts)
}

/** The same for a text that may have no translation, or is not ours: then it stands as it is. */
export function translated(text: string): Html | string {
  return isPhrase(text) ? said(text) : text
}

/** Two texts, of which the reader's choice hides one. */
export function inBoth(english: string, korean: string, inserts: readonly Insert[] = []): Html {
  return html`<span lang="en">${filled(english, inserts)}</span><span lang="ko">${filled(korean, inserts)}</span>`
}

function isPhrase(text: string): text is Phrase {
  return Object.hasOwn(KOREAN, text)
}

function filled(text: string, inserts: readonly Insert[]): Insert[] {
  return text.split('{}').flatMap((part, index) => (index === 0 ? [part] : [inserts[index - 1], part]))
}

/** What chooses: two radio buttons before `main`, and rules that hide the other language. No script. */
export function languageChoice(): Html {
  return html`<input type="radio" name="language" id="english" checked><input type="radio" name="language" id="korean">
<p class="language"><label for="english" lang="en">English</label> <label for="korean" lang="ko">한국어</label></p>`
}

/** For the style sheet. */
export const LANGUAGE_STYLE = `
main span[lang=ko], #korean:checked ~ main span[lang=en] { display: none; }
#korean:checked ~ main span[lang=ko] { display: inline; }
`
