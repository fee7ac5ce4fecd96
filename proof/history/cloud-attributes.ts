/** The types of CloudEvents' attributes, as texts: what each of them must look like. */

const PCHAR = String.raw`(?:[\w.~!$&'()*+,;=:@-]|%[\da-f]{2})`
const SEGMENTS = `(?:/${PCHAR}*)*`
const AUTHORITY = String.raw`//(?:(?:[\w.~!$&'()*+,;=:-]|%[\da-f]{2})*@)?(?:\[[\da-f:.v]+\]|(?:[\w.~!$&'()*+,;=-]|%[\da-f]{2})*)(?::\d*)?`
const TAIL = String.raw`(?:\?(?:${PCHAR}|[/?])*)?(?:#(?:${PCHAR}|[/?])*)?`
const SCHEME = String.raw`[a-z][a-z\d+.-]*:`
/** RFC 3986: a scheme, then an authority with a path, or a path alone. */
const URI = new RegExp(`^${SCHEME}(?:${AUTHORITY}${SEGMENTS}|/?(?:${PCHAR}+${SEGMENTS})?)${TAIL}$`, 'i')
/** The first segment of a relative path has no colon: it would be a scheme. */
const FIRST = String.raw`(?:[\w.~!$&'()*+,;=@-]|%[\da-f]{2})+`
const RELATIVE = new RegExp(
  `^(?:${AUTHORITY}${SEGMENTS}|/(?:${PCHAR}+${SEGMENTS})?|(?:${FIRST}${SEGMENTS})?)${TAIL}$`,
  'i',
)

export const isUri = (text: string): boolean => URI.test(text)
export const isUriReference = (text: string): boolean => URI.test(text) || RELATIVE.test(text)

const TIME = /^(\d{4})-(\d\d)-(\d\d)t(\d\d):(\d\d):(\d\d)(?:\.\d+)?(?:z|[+-](\d\d):(\d\d))$/i

/** RFC 3339: a day of the calendar, a time of the day, an offset. */
export function isTimestamp(text: string): boolean {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, ...offset] = (TIME.exec(text) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0))
  const [hours = 0, minutes = 0] = offset
  const days = new Date(Date.UTC(year, month, 0)).getUTCDate()
  const onCalendar = month >= 1 && month <= 12 && day >= 1 && day <= days
  return onCalendar && hour <= 23 && minute <= 59 && second <= 60 && hours <= 23 && minutes <= 59
}

const TOKEN = String.raw`[\w!#$%&'*+.^\`|~-]+`
const MEDIA_TYPE = new RegExp(
  String.raw`^${TOKEN}/${TOKEN}(?:\s*;\s*${TOKEN}=(?:${TOKEN}|"(?:[^"\\]|\\.)*"))*\s*$`,
)

/** RFC 2046: `application/json; charset=utf-8`. */
export const isMediaType = (text: string): boolean => MEDIA_TYPE.test(text)

/** Media types whose data is JSON. */
export const isJson = (mediaType: string): boolean => /\/(?:json|[^;]*\+json)\s*(?:;|$)/i.test(mediaType)

/** Characters that no String of CloudEvents holds: controls, halves of surrogate pairs, and what Unicode leaves unassigned for ever. */
const FORBIDDEN = /[\p{Cc}\p{Cs}\u{FDD0}-\u{FDEF}\u{FFFE}\u{FFFF}]/u

export const isText = (text: string): boolean => !FORBIDDEN.test(text)

/** Names of all attributes, extensions too. */
export const isName = (name: string): boolean => /^[a-z\d]+$/.test(name)
