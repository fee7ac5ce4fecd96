export interface DoctorLine {
  readonly subject: string
  readonly state: 'ok' | 'warn' | 'missing'
  /** What was found. */
  readonly found: string
  /** What cannot be judged because of it. */
  readonly costs?: string
  /** Controls that can not be judged because of it, where it is not all. */
  readonly controls?: readonly string[]
  /** A command, or a change. */
  readonly fix?: string
}
